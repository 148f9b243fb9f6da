using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace CashlessGateway.Tests.Printing;

/// <summary>Reads the text of a PDF as a reader program does: each glyph number through the document's own table of characters.</summary>
internal static partial class PdfReader
{
    /// <summary>One line per piece of text, in the order in which they are drawn.</summary>
    public static IReadOnlyList<string> Lines(byte[] pdf)
    {
        var streams = Streams(pdf).Select(Latin).ToList();
        var letters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var map in streams.Where(stream => stream.Contains("beginbfchar", StringComparison.Ordinal)))
            foreach (Match pair in Pair().Matches(map[map.IndexOf("beginbfchar", StringComparison.Ordinal)..]))
                letters[pair.Groups["code"].Value] = Encoding.BigEndianUnicode.GetString(Convert.FromHexString(pair.Groups["text"].Value));
        return [.. streams.SelectMany(stream => Shown().Matches(stream)).Select(shown => string.Concat(shown.Groups["codes"].Value.Chunk(4).Select(code => letters[new string(code)])))];
    }

    /// <summary>Width and height of each page in points.</summary>
    public static IReadOnlyList<(double Width, double Height)> Pages(byte[] pdf) =>
        [.. Box().Matches(Latin(pdf)).Select(box => (double.Parse(box.Groups["width"].Value, CultureInfo.InvariantCulture), double.Parse(box.Groups["height"].Value, CultureInfo.InvariantCulture)))];

    /// <summary>The font that is embedded.</summary>
    public static byte[] Font(byte[] pdf) => Streams(pdf).Single(stream => stream.AsSpan().StartsWith((ReadOnlySpan<byte>)[0, 1, 0, 0]));

    /// <summary>Every object lies where the table says.</summary>
    public static void CheckTable(byte[] pdf)
    {
        var text = Latin(pdf);
        var table = int.Parse(Start().Match(text).Groups["at"].Value, CultureInfo.InvariantCulture);
        Assert.StartsWith("xref\n", text[table..], StringComparison.Ordinal);
        foreach (var (number, entry) in Entry().Matches(text[table..]).Index())
            Assert.StartsWith($"{number + 1} 0 obj\n", text[int.Parse(entry.Groups["at"].Value, CultureInfo.InvariantCulture)..], StringComparison.Ordinal);
    }

    private static IEnumerable<byte[]> Streams(byte[] pdf)
    {
        foreach (Match stream in Stream().Matches(Latin(pdf)))
        {
            using var packed = new MemoryStream(pdf, stream.Index + stream.Length, int.Parse(stream.Groups["length"].Value, CultureInfo.InvariantCulture));
            using var unpacked = new MemoryStream();
            using (var zip = new ZLibStream(packed, CompressionMode.Decompress)) zip.CopyTo(unpacked);
            yield return unpacked.ToArray();
        }
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    [GeneratedRegex(@"<< /Length (?<length>\d+) /Filter /FlateDecode[^>]*>>\nstream\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stream();

    [GeneratedRegex("<(?<code>[0-9A-F]{4})> <(?<text>[0-9A-F]+)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex("<(?<codes>[0-9A-F]*)> Tj", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shown();

    [GeneratedRegex(@"/MediaBox \[0 0 (?<width>[\d.]+) (?<height>[\d.]+)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Box();

    [GeneratedRegex(@"startxref\n(?<at>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"(?<at>\d{10}) 00000 n ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entry();
}
