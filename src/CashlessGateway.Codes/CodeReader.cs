namespace CashlessGateway.Codes;

/// <summary>Tells what a scan box received.</summary>
public static class CodeReader
{
    /// <summary>The longest code has 512 characters; the rest is room for separators.</summary>
    public const int MaxLength = 4_096;

    /// <summary>The longest text that is worked on without asking for memory: an EMV code, or an eL-QR in groups.</summary>
    private const int OnStack = 520;

    private const int ShortestCustomerNumber = 16;
    private const int LongestCustomerNumber = 24;

    /// <summary>Gives an answer for any text whatever, and never throws.</summary>
    /// <param name="scanned">What came from a scanner or a keyboard, with whatever they add around it.</param>
    /// <param name="customerCodes">How customers' codes begin; without one, <see cref="CustomerCodeTable.Default"/>.</param>
    /// <param name="on">The day, for the dated rows of the table; without one, only rows without an end count.</param>
    public static CodeReading Read(string? scanned, CustomerCodeTable? customerCodes = null, DateOnly? on = null)
    {
        if (string.IsNullOrEmpty(scanned)) return new Unreadable(UnreadableReason.Empty, "");
        if (scanned.Length > MaxLength) return new Unreadable(UnreadableReason.TooLong, Mask.Of(scanned));
        // What a well set scanner sends needs no work at all.
        if (scanned.Length == SlipCode.Length && Digit.All(scanned)) return Slip(scanned);
        if (scanned.Length == ElQr.Length && Digit.All(scanned)) return ElQrOrOther(scanned);

        var text = ScannedText.WithoutScannerMarks(scanned);
        Span<char> bare = text.Length <= OnStack ? stackalloc char[OnStack] : new char[text.Length];
        bare = bare[..ScannedText.Bare(text, bare)];
        if (bare.IsEmpty) return new Unreadable(UnreadableReason.Empty, Mask.Of(text));

        var known = new Known(customerCodes ?? CustomerCodeTable.Default, on);
        if (bare.StartsWith(CustomerQr.Begin)) return OfCustomerQr(text, known);
        if (Digit.All(bare)) return OfDigits(text, bare, scanned, known);
        if (bare.StartsWith(StoreCode.Begin)) return OfStore(text);
        return new Unreadable(UnreadableReason.NotDigits, Mask.Of(bare));
    }

    /// <summary>What decides the brand of a customer's code.</summary>
    private readonly record struct Known(CustomerCodeTable Table, DateOnly? On);

    private static CodeReading OfDigits(ReadOnlySpan<char> text, ReadOnlySpan<char> bare, string scanned, Known known)
    {
        // The same text is not made twice: most scans are digits and nothing else.
        var digits = bare.SequenceEqual(scanned) ? scanned : null;
        if (bare.Length == SlipCode.Length && Slip(digits ?? bare.ToString()) is SlipCode slip) return slip;
        if (bare.Length == ElQr.Length) return ElQrOrOther(digits ?? bare.ToString());
        if (bare.StartsWith(ElQrLayout.Begin)) return Wrong(UnreadableReason.WrongLength, bare, CodeKind.ElQr);
        if (bare.Length == ElNumber.Length && bare.StartsWith(ElNumber.Cooperative)) return new ElNumber(digits ?? bare.ToString());
        if (TypedGroups.Read(text) is { } typed) return typed.Institution == ElNumber.Cooperative ? Wrong(UnreadableReason.WrongLength, bare, CodeKind.ElNumber) : typed;
        if (bare.Length == SlipCode.Length) return Slip(digits ?? bare.ToString());
        if (bare.Length is >= ShortestCustomerNumber and <= LongestCustomerNumber) return OfCustomerNumber(digits ?? bare.ToString(), known);
        return Wrong(UnreadableReason.WrongLength, bare, bare.StartsWith(SlipCode.ApplicationIdentifier) ? CodeKind.Slip : CodeKind.Unknown);
    }

    private static CodeReading Slip(string digits) =>
        SlipCode.TryRead(digits, out var slip) is { } why ? Wrong(why, digits, why == UnreadableReason.WrongPrefix ? CodeKind.Unknown : CodeKind.Slip) : slip!;

    private static CodeReading ElQrOrOther(string digits)
    {
        if (ElQr.TryRead(digits, out var elQr) is not { } why) return elQr!;
        // 255 digits are nothing else, whatever they begin with.
        return Wrong(why, digits, CodeKind.ElQr);
    }

    private static CodeReading OfCustomerNumber(string digits, Known known)
    {
        var brand = known.Table.BrandOf(digits, known.On);
        return brand is null && CardNumber.Is(digits)
            ? new Unreadable(UnreadableReason.CardNumber, Mask.Of(digits))
            : new CustomerCode(digits, CustomerCodeForm.Barcode, brand, []);
    }

    private static CodeReading OfCustomerQr(ReadOnlySpan<char> text, Known known)
    {
        var code = HalfWidth(text);
        if (CustomerQr.Read(code) is not { } read) return Wrong(UnreadableReason.WrongStructure, code, CodeKind.CustomerCode);
        // Several applications may be offered; only when all that the table knows are of one brand is it that brand's code.
        var brands = read.Applications.Select(name => known.Table.BrandOfApplication(name, known.On)).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList();
        return new CustomerCode(code, read.Form, brands is [var brand] ? brand : null, read.Applications);
    }

    /// <summary>Spaces and wide letters may belong to a store's name: the text is taken as it is, and made half-width only if its very beginning is wide.</summary>
    private static CodeReading OfStore(ReadOnlySpan<char> text)
    {
        var code = text[0] == StoreCode.Begin[0] ? text.ToString() : HalfWidth(text);
        return StoreCode.TryRead(code, out var store) is { } why ? Wrong(why, code, CodeKind.StoreCode) : store!;
    }

    private static string HalfWidth(ReadOnlySpan<char> text) => string.Create(text.Length, text, static (wide, source) =>
    {
        for (var i = 0; i < source.Length; i++) wide[i] = ScannedText.HalfWidth(source[i]);
    });

    private static Unreadable Wrong(UnreadableReason why, ReadOnlySpan<char> text, CodeKind resembles) => new(why, Mask.Of(text), resembles);
}
