using System.Globalization;

namespace CashlessGateway.Benchmarks;

/// <summary>--name value pairs of a command line.</summary>
internal sealed class Options
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "engine", "payments", "open", "seconds", "warm-up", "connections", "rounds", "data", "gateway", "url", "key", "receivables", "pid", "rows", "directory", "connection", "port",
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public static Options Read(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || !Known.Contains(args[i][2..])) throw new BenchmarkException($"There is no option '{args[i]}'.");
            if (i + 1 == args.Length) throw new BenchmarkException($"Option '{args[i]}' has no value.");
            options._values[args[i][2..]] = args[i + 1];
        }

        return options;
    }

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public string Text(string name) => Find(name) ?? throw new BenchmarkException($"Option --{name} is missing.");

    public string Text(string name, string otherwise) => Find(name) ?? otherwise;

    public int Number(string name) => Parse(name, Text(name));

    public int Number(string name, int otherwise) => Find(name) is { } text ? Parse(name, text) : otherwise;

    private static int Parse(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new BenchmarkException($"--{name} is '{text}'; it must be a whole number.");
}
