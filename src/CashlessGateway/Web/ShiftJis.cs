using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CashlessGateway.Web;

/// <summary>Shift_JIS as Windows has it (CP932): what the spreadsheets and ledgers of city halls write and read. Strict both ways: a '?' in a name is nobody's name.</summary>
public static class ShiftJis
{
    private const int CodePage = 932;

    private static readonly Encoding Strict = With(EncoderFallback.ExceptionFallback);

    /// <summary>Letters that CP932 has under another number: the same on paper, and read back as the other one.</summary>
    private static readonly Dictionary<char, char> Twins = new() { ['〜'] = '～', ['−'] = '－', ['¥'] = '￥', ['‖'] = '∥', ['—'] = '―' };

    /// <summary>For a writer that says itself what becomes of a letter that it lacks.</summary>
    internal static Encoding With(EncoderFallback lacking) => CodePagesEncodingProvider.Instance.GetEncoding(CodePage, lacking, DecoderFallback.ExceptionFallback)
        ?? throw new InvalidOperationException("The code pages have no 932.");

    public static string Fold(string text) => string.Concat(text.Select(static letter => Twins.GetValueOrDefault(letter, letter)));

    /// <summary>False with the first letter that it lacks.</summary>
    public static bool TryEncode(string text, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? missing)
    {
        (bytes, missing) = (null, null);
        try
        {
            bytes = Strict.GetBytes(Fold(text));
            return true;
        }
        catch (EncoderFallbackException fault)
        {
            missing = fault.CharUnknown != '\0' ? fault.CharUnknown.ToString() : $"{fault.CharUnknownHigh}{fault.CharUnknownLow}";
            return false;
        }
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

/// <summary>A file that somebody sent, as text: UTF-8 with or without its mark, else Shift_JIS.</summary>
public static class SentText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for what is neither.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes) => Decoded(bytes) is { } text && !text.Any(IsNoText) ? text : null;

    private static string? Decoded(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return ShiftJis.TryDecode(bytes, out var text) ? text : null;
        }
    }

    /// <summary>Of UTF-16 or of a picture: CP932 as the runtime has it takes every byte, these among them for letters of its own.</summary>
    private static bool IsNoText(char letter) => letter == '\0' || letter is >= '\uF8F0' and <= '\uF8FF';
}
