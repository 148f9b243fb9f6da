using System.Globalization;

namespace CashlessGateway.Codes;

/// <summary>
/// A store's code: EMVCo merchant-presented, of which JPQR is the Japanese kind. Customers scan it; a counter that expects a bill or a
/// customer's code refuses it. Structure and checksum have been verified; which tags a scheme demands is for <see cref="JpqrRules"/> to say.
/// </summary>
public sealed record StoreCode : CodeReading
{
    /// <summary>The most characters that such a code has.</summary>
    public const int MaxLength = 512;

    internal const string Begin = "0002";

    private const string FormatTag = "00";
    private const string Format = "01";
    private const string CrcTag = "63";
    private const int CrcLength = 4;
    private const string CrcHead = "6304";

    private StoreCode(string text, IReadOnlyList<EmvElement> elements)
    {
        Text = text;
        Elements = elements;
    }

    /// <summary>The whole code.</summary>
    public string Text { get; }

    /// <summary>Its elements in their order, the checksum not among them.</summary>
    public IReadOnlyList<EmvElement> Elements { get; }

    /// <summary>True for a code of one sale, false for a printed one, null where the code does not say.</summary>
    public bool? IsDynamic => Value("01") switch { "12" => true, "11" => false, _ => null };

    /// <summary>Tag 52, what kind of store.</summary>
    public string? Category => Value("52");

    /// <summary>Tag 53, ISO 4217 in digits: 392 is the yen.</summary>
    public string? Currency => Value("53");

    /// <summary>Tag 54 as it is written; yen have no decimals.</summary>
    public string? Amount => Value("54");

    /// <summary>Tag 58.</summary>
    public string? Country => Value("58");

    /// <summary>Tag 59.</summary>
    public string? Name => Value("59");

    /// <summary>Tag 60.</summary>
    public string? City => Value("60");

    /// <summary>Tag 61.</summary>
    public string? PostalCode => Value("61");

    /// <summary>Tag 62, still as elements; null where it is not there.</summary>
    public IReadOnlyList<EmvElement>? AdditionalData => Template("62");

    /// <summary>Tag 64: the store's name in its own language; null where it is not there.</summary>
    public LocalStoreName? Local => Template("64") is { } local ? new LocalStoreName(Value(local, "00"), Value(local, "01"), Value(local, "02")) : null;

    /// <summary>Tags 02 to 51: the schemes whose apps may pay it.</summary>
    public IEnumerable<EmvElement> Accounts => Elements.Where(element => Number(element.Tag) is >= 2 and <= 51);

    /// <summary>The unified store code of JPQR; null where it is not one.</summary>
    public JpqrStore? Jpqr => Accounts.Where(account => IsTemplate(account.Tag)).Select(account => JpqrStore.Of(EmvElement.Parse(account.Value)!)).FirstOrDefault(store => store is not null);

    /// <inheritdoc/>
    public override string Masked => Mask.Of(Text);

    /// <summary>Two codes with the same text are the same code.</summary>
    public bool Equals(StoreCode? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Makes a code from its elements in the order given. The format (00) is put in front and the checksum (63) behind.</summary>
    public static Built<StoreCode> Build(IEnumerable<EmvElement> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        List<EmvElement> all = [new(FormatTag, Format), .. elements];
        if (all.Find(element => !element.IsWritable()) is { } misfit) return Malformed(misfit.Tag, $"A tag must be two digits and its value 1 to {EmvElement.LongestValue} whole characters; tag '{misfit.Tag}' is not so.");
        var covered = string.Concat(all.Select(element => element.Written())) + CrcHead;
        var text = covered + CrcOf(covered);
        if (text.Length > MaxLength) return Malformed("", $"It has {text.Length} characters; {MaxLength} is the most.");
        return TryRead(text, out var code) is null
            ? new Built<StoreCode>.Made(code!)
            : Malformed("", "Tag 00, 63 or another is there twice, or the value of a template (26 to 51, 62, 64, 80 to 99) is not made of elements.");
    }

    /// <summary>The first thing that is wrong: a broken structure before a broken checksum, since a wrong length moves everything behind it.</summary>
    internal static UnreadableReason? TryRead(string text, out StoreCode? code)
    {
        code = null;
        if (text.Length > MaxLength) return UnreadableReason.WrongLength;
        if (!EmvElement.IsWhole(text) || EmvElement.ParseAll(text) is not { } elements || !IsInPlace(elements)) return UnreadableReason.WrongStructure;
        var covered = text.AsSpan(0, text.Length - CrcLength);
        if (!text.EndsWith(CrcOf(covered), StringComparison.Ordinal)) return UnreadableReason.WrongCrc;
        code = new StoreCode(text, elements[..^1]);
        return null;
    }

    /// <summary>Four hexadecimal digits with capital letters; small ones would be another text.</summary>
    private static string CrcOf(ReadOnlySpan<char> covered) => Crc16.OfUtf8(covered).ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>The format first, the checksum last and nowhere else, no tag twice, and templates made of elements.</summary>
    private static bool IsInPlace(List<EmvElement> elements) =>
        elements.Count >= 2
        && elements[0] is { Tag: FormatTag, Value: Format }
        && elements[^1] is { Tag: CrcTag, Value.Length: CrcLength }
        && elements.DistinctBy(element => element.Tag, StringComparer.Ordinal).Count() == elements.Count
        && elements.Where(element => IsTemplate(element.Tag)).All(element => EmvElement.Parse(element.Value) is not null);

    /// <summary>Schemes from 26 on, additional data, the local language, and what is free for anybody.</summary>
    private static bool IsTemplate(string tag) => Number(tag) is (>= 26 and <= 51) or 62 or 64 or >= 80;

    private IReadOnlyList<EmvElement>? Template(string tag) => Value(tag) is { } value ? EmvElement.Parse(value) : null;

    private string? Value(string tag) => Value(Elements, tag);

    private static string? Value(IReadOnlyList<EmvElement> elements, string tag) => elements.FirstOrDefault(element => string.Equals(element.Tag, tag, StringComparison.Ordinal))?.Value;

    private static int Number(string tag) => (int)Digit.Number(tag);

    private static Built<StoreCode>.Refused Malformed(string field, string why) => new(field, BuildProblem.Malformed, why);
}

/// <summary>A store's name for readers of its own language.</summary>
/// <param name="Language">ISO 639, as JA.</param>
/// <param name="Name">The name.</param>
/// <param name="City">The city; JPQR has none.</param>
public sealed record LocalStoreName(string? Language, string? Name, string? City);
