using System.Globalization;

namespace PosTerminal;

/// <summary>What stood on the command line: a command, its words, and --options.</summary>
public sealed class Options
{
    /// <summary>Options without a value.</summary>
    private static readonly string[] Switches = ["wait", "cancel-other", "reopen", "close-day", "help"];

    private static readonly string[] Valued =
        ["url", "key", "place", "terminal", "operator", "journal", "columns", "pay", "brand", "tendered", "reason", "amount", "line", "way", "order", "date"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Options(IReadOnlyList<string> words) => Words = words;

    /// <summary>The command and what it is about.</summary>
    public IReadOnlyList<string> Words { get; }

    public static Options Read(string[] args)
    {
        var words = new List<string>();
        var options = new Options(words);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }

            var (name, value) = args[i][2..].Split('=', 2) is [var left, var right] ? (left, right) : (args[i][2..], null);
            if (Switches.Contains(name, StringComparer.Ordinal)) options._values[name] = "true";
            else if (!Valued.Contains(name, StringComparer.Ordinal)) throw new PosException($"--{name} という指定はありません。--help で使い方を表示します。");
            else options._values[name] = value ?? (i + 1 < args.Length ? args[++i] : throw new PosException($"--{name} の値がありません。"));
        }

        return options;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whole yen, or a number of a line.</summary>
    public long? Number(string name) => this[name] is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new PosException($"--{name} は数字にしてください: {text}");

    public string Place => this["place"] ?? "shimin-1";
    public string Terminal => this["terminal"] ?? "pos-03";
    public string Operator => this["operator"] ?? "c102";

    public Uri Url => Uri.TryCreate(this["url"] ?? "http://localhost:5080", UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new PosException($"--url は http(s) のアドレスにしてください: {this["url"]}");

    public int Columns => Number("columns") switch
    {
        null or 32 => 32,
        48 => 48,
        var other => throw new PosException($"--columns は 32 か 48 です: {other}"),
    };

    public string Journal => this["journal"]
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "cashless-pos", $"{Terminal}.jsonl");

    /// <summary>--key, the environment variable CASHLESS_KEY, or the demo city's first key when the gateway was started in this folder.</summary>
    public string Key => this["key"] ?? Environment.GetEnvironmentVariable("CASHLESS_KEY") ?? DemoKey()
        ?? throw new PosException("APIキーがありません。--key か環境変数 CASHLESS_KEY で渡してください。");

    private static string? DemoKey() => Path.Combine("data", "demo-keys.txt") is var file && File.Exists(file) ? File.ReadLines(file).FirstOrDefault() : null;
}
