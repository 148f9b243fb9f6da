using System.Globalization;

namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>
/// Reads parameters one by one and remembers the first thing that is wrong, as strictly as Stripe: what nobody asked for is unknown.
/// </summary>
internal sealed class Params(FormTree tree, string path, Problems problems)
{
    private const int MostMetadata = 50;
    private const int LongestMetadataName = 40;
    private const int LongestMetadataValue = 500;
    private const int LongestText = 5_000;

    private readonly HashSet<string> _known = [];
    private readonly List<Params> _parts = [];

    public StripeError? Problem => problems.First;

    public bool Has(string name) => Take(name) is not null;

    public string? Text(string name)
    {
        if (Take(name) is not { } node) return null;
        if (node.Value is not { } text || node.Children.Count > 0) return problems.Add<string>(StripeError.InvalidText(Path(name)));
        if (text.Length > LongestText) return problems.Add<string>(StripeError.InvalidText(Path(name)));
        return text.Length == 0 ? problems.Add<string>(StripeError.Empty(Path(name))) : text;
    }

    public string RequiredText(string name)
    {
        if (Take(name) is null) problems.Add<string>(StripeError.Missing(Path(name)));
        return Text(name) ?? "";
    }

    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text || words.Contains(text)) return Text(name);
        return problems.Add<string>(StripeError.Invalid(Path(name), $"Invalid {Path(name)}"));
    }

    public long? Whole(string name)
    {
        if (Text(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add<string>(StripeError.InvalidInteger(Path(name), text));
        return null;
    }

    public long RequiredWhole(string name)
    {
        if (Take(name) is null) problems.Add<string>(StripeError.Missing(Path(name)));
        return Whole(name) ?? 0;
    }

    /// <summary>Stripe.net writes True, the others true.</summary>
    public bool? Flag(string name)
    {
        if (Text(name) is not { } text) return null;
        if (bool.TryParse(text, out var flag)) return flag;
        problems.Add<string>(StripeError.Invalid(Path(name), $"Invalid boolean: {Path(name)}"));
        return null;
    }

    public DateTimeOffset? Moment(string name) => Whole(name) is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public Params? Part(string name)
    {
        if (Take(name) is not { } node) return null;
        if (node.Value is { Length: > 0 })
        {
            problems.Add<string>(StripeError.Invalid(Path(name), "Invalid object"));
            return null;
        }

        var part = new Params(node, Path(name), problems);
        _parts.Add(part);
        return part;
    }

    public IReadOnlyList<Params> Parts(string name)
    {
        if (Take(name) is not { } node) return [];
        var parts = node.Children.Select(child => new Params(child.Value, $"{Path(name)}[{child.Key}]", problems)).ToList();
        _parts.AddRange(parts);
        return parts;
    }

    public IReadOnlyList<string> Texts(string name) => Take(name) is { } node ? [.. node.Children.Values.Select(child => child.Value ?? "")] : [];

    public Dictionary<string, string> Metadata(string name = "metadata")
    {
        var all = Take(name)?.Children.Where(pair => pair.Value.Value is { Length: > 0 }).ToDictionary(pair => pair.Key, pair => pair.Value.Value!) ?? [];
        if (all.Count > MostMetadata || all.Any(pair => pair.Key.Length > LongestMetadataName || pair.Value.Length > LongestMetadataValue))
            problems.Add<string>(StripeError.Invalid(Path(name), "Metadata is limited to 50 keys of 40 characters with values of 500"));
        return all;
    }

    /// <summary>Real parameters that change nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) _known.Add(name);
    }

    public void Wrong(StripeError problem) => problems.Add<string>(problem);

    /// <summary>Called at the end: the first problem, or a parameter that nobody has read.</summary>
    public StripeError? Finish()
    {
        foreach (var name in tree.Children.Keys.Where(name => !_known.Contains(name))) problems.Add<string>(StripeError.Unknown(Path(name)));
        foreach (var part in _parts) part.Finish();
        return problems.First;
    }

    public string Path(string name) => path.Length == 0 ? name : $"{path}[{name}]";

    private FormTree? Take(string name)
    {
        _known.Add(name);
        return tree.Children.GetValueOrDefault(name);
    }
}

/// <summary>Only the first is told.</summary>
internal sealed class Problems
{
    public StripeError? First { get; private set; }

    public T? Add<T>(StripeError problem) where T : class
    {
        First ??= problem;
        return null;
    }
}
