using System.Globalization;
using System.Text;

namespace CashlessGateway.Codes;

/// <summary>One tag of an EMVCo merchant-presented code with its value. Lengths count characters, so a kanji is one; the checksum counts its bytes.</summary>
/// <param name="Tag">Two digits.</param>
/// <param name="Value">1 to 99 characters.</param>
public sealed record EmvElement(string Tag, string Value)
{
    /// <summary>What two digits of length can say.</summary>
    internal const int LongestValue = 99;

    private const int TagLength = 2;
    private const int HeadLength = 4;

    /// <summary>The elements of a template's value (tags 26 to 51, 62, 64, 80 to 99); null when it is not made of elements from end to end.</summary>
    public static IReadOnlyList<EmvElement>? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ParseAll(text);
    }

    internal static List<EmvElement>? ParseAll(string text)
    {
        var elements = new List<EmvElement>();
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (rest.Length < HeadLength || !Digit.All(rest[..HeadLength])) return null;
            var length = (int)Digit.Number(rest[TagLength..HeadLength]);
            if (length == 0 || Take(rest[HeadLength..], length) is not { } taken) return null;
            elements.Add(new EmvElement(rest[..TagLength].ToString(), rest.Slice(HeadLength, taken).ToString()));
            rest = rest[(HeadLength + taken)..];
        }

        return elements;
    }

    /// <summary>Tag, length and value, as they stand in a code.</summary>
    internal string Written() => string.Create(CultureInfo.InvariantCulture, $"{Tag}{Characters(Value):D2}{Value}");

    /// <summary>Two digits before a value that its length can count.</summary>
    internal bool IsWritable() => Tag is { Length: TagLength } && Digit.All(Tag) && Value is { Length: > 0 } && IsWhole(Value) && Characters(Value) <= LongestValue;

    /// <summary>No half of a surrogate pair: such a text has no bytes to compute a checksum over.</summary>
    internal static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != System.Buffers.OperationStatus.Done) return false;
            text = text[consumed..];
        }

        return true;
    }

    private static int Characters(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    /// <summary>How many UTF-16 units so many characters take; null when the text is too short.</summary>
    private static int? Take(ReadOnlySpan<char> text, int characters)
    {
        var units = 0;
        for (var i = 0; i < characters; i++)
        {
            if (units == text.Length) return null;
            units += char.IsHighSurrogate(text[units]) && units + 1 < text.Length ? 2 : 1;
        }

        return units;
    }
}
