namespace CashlessGateway.Codes;

/// <summary>Tells what a scan box received.</summary>
public static class CodeReader
{
    /// <summary>The longest code printed today has 255 digits and an EMV code has 512 characters; the rest is room for separators.</summary>
    public const int MaxLength = 4_096;

    /// <summary>Gives an answer for any text whatever, and never throws.</summary>
    public static CodeReading Read(string? scanned)
    {
        if (string.IsNullOrEmpty(scanned)) return Unreadable(UnreadableReason.Empty, "");
        if (scanned.Length > MaxLength) return Unreadable(UnreadableReason.TooLong, scanned);

        var text = ScannedText.SlipDigits(ScannedText.WithoutScannerMarks(scanned));
        if (text.Length == 0) return Unreadable(UnreadableReason.Empty, text);
        return ReadSlip(text);
    }

    private static CodeReading ReadSlip(string text)
    {
        if (!Digit.All(text)) return Unreadable(UnreadableReason.NotDigits, text);
        if (text.Length != SlipCode.Length) return Unreadable(UnreadableReason.WrongLength, text);
        if (!SlipCheckDigit.IsRight(text)) return Unreadable(UnreadableReason.WrongCheckDigit, text);
        if (!text.StartsWith(SlipCode.ApplicationIdentifier, StringComparison.Ordinal)) return Unreadable(UnreadableReason.WrongPrefix, text);
        if (!SlipDate.TryRead(text.AsSpan(30, 6), out var payBy)) return Unreadable(UnreadableReason.WrongDate, text);
        return new CodeReading.Slip(new SlipCode(text, payBy));
    }

    private static CodeReading.Unreadable Unreadable(UnreadableReason why, string text) => new(why, Mask.Of(text));
}
