using System.Text;

namespace CashlessGateway.Printing;

/// <summary>Text in CP932, the Shift_JIS of Japanese receipt printers.</summary>
public static class PrinterText
{
    private static readonly Encoding Cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new InvalidOperationException("This .NET has no code page 932.");

    /// <summary>The same sign under another number, as Windows' CP932 has it; and ASCII signs that these printers draw as others (\ as ￥, ~ as an overline).</summary>
    private static readonly Dictionary<char, char> Twins = new()
    {
        ['\u301C'] = '\uFF5E',
        ['\u2212'] = '\uFF0D',
        ['\u00A5'] = '\uFFE5',
        ['\u2014'] = '\u2015',
        ['\u2016'] = '\u2225',
        ['\u00A2'] = '\uFFE0',
        ['\u00A3'] = '\uFFE1',
        ['\u00AC'] = '\uFFE2',
        ['\u00A0'] = ' ',
        ['\\'] = '\uFF3C',
        ['~'] = '\uFF5E',
    };

    /// <summary>As it is sent: composed, with twins in place. Widths are those of this text.</summary>
    public static string Clean(string text) => string.Concat(DrawnText.Of(text).Select(static letter => Twins.GetValueOrDefault(letter, letter)));

    /// <summary>False when the printer lacks one of its letters: the line has to be drawn.</summary>
    public static bool TryEncode(string text, out byte[] bytes)
    {
        bytes = [];
        var clean = Clean(text);
        // What a city made up for itself (外字) lies in another place on each printer.
        if (clean.Any(static letter => letter is >= '\uE000' and <= '\uF8FF')) return false;
        try
        {
            var encoded = Cp932.GetBytes(clean);
            // There and back: the code page has one-way entries that turn a letter into a similar one.
            if (Cp932.GetString(encoded) != clean) return false;
            bytes = encoded;
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Half-width columns: two for a full-width letter.</summary>
    public static int Columns(string text) => Clean(text).EnumerateRunes().Sum(static letter => IsHalf(letter) ? 1 : 2);

    private static bool IsHalf(Rune letter) => letter.Value is < 0x80 or (>= 0xFF61 and <= 0xFF9F);
}
