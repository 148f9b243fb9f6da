namespace CashlessGateway.Commands;

/// <summary>A command cannot do what it was asked. The message is one sentence for the operator, printed as it is.</summary>
public sealed class CommandException(string message) : Exception(message);

/// <summary>
/// A command's own words, told apart from the settings that every start takes. They are read here and not as configuration, where a word
/// without a value would swallow the next one.
/// </summary>
public sealed class CommandLine
{
    private readonly Dictionary<string, string> _values;

    private CommandLine(string name, Dictionary<string, string> values, string[] settings) => (Name, _values, Settings) = (name, values, settings);

    public string Name { get; }

    /// <summary>Everything that is not this command's: --Storage:Directory=… and the like.</summary>
    public string[] Settings { get; }

    public static CommandLine Read(string[] args, IReadOnlyList<string> valued, IReadOnlyList<string> plain)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new List<string>();
        for (var i = 1; i < args.Length; i++)
        {
            var (word, joined) = Split(args[i]);
            if (plain.Contains(word)) values[word] = "";
            else if (!valued.Contains(word)) settings.Add(args[i]);
            else if (joined is not null) values[word] = joined;
            else if (++i < args.Length) values[word] = args[i];
            else throw new CommandException($"{word} needs a value.");
        }

        return new CommandLine(args[0], values, [.. settings]);
    }

    public bool Has(string word) => _values.ContainsKey(word);

    public string? Optional(string word) => _values.GetValueOrDefault(word) is { Length: > 0 } value ? value : null;

    public string Required(string word) => Optional(word) ?? throw new CommandException($"{Name} needs {word}.");

    private static (string Word, string? Value) Split(string arg) => arg.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (arg[..at], arg[(at + 1)..]) : (arg, null);
}
