using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Printing;

/// <summary>
/// A PDF of text, lines and filled boxes, for receipts, day sheets and statements. The same content gives the same bytes: there is no date
/// and no chance in it. Its text can be searched, copied and read aloud.
/// </summary>
public sealed class PdfDocument(string title)
{
    private const int Catalog = 1, PageTree = 2, Type0 = 3, CidFont = 4, Descriptor = 5, FontFile = 6, ToUnicode = 7, Info = 8, FirstPage = 9;

    /// <summary>Stem width of a regular weight; readers use it only when they replace the font.</summary>
    private const int StemWidth = 80;

    private readonly PrintFont _font = PrintFont.Gothic;
    private readonly List<PdfPage> _pages = [];

    public IReadOnlyList<PdfPage> Pages => _pages;

    /// <summary>Millimetres.</summary>
    public PdfPage AddPage(double width, double height)
    {
        var page = new PdfPage(_font, width, height);
        _pages.Add(page);
        return page;
    }

    public PdfPage AddA4Page(bool landscape = false) => landscape ? AddPage(297, 210) : AddPage(210, 297);

    public byte[] ToBytes()
    {
        var subset = new FontSubset(_font.File, _pages.SelectMany(static page => page.Letters));
        var file = new PdfFile();
        file.Add(Catalog, $"<< /Type /Catalog /Pages {PageTree} 0 R /Lang (ja-JP) /ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> >>");
        file.Add(PageTree, $"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select(static (_, i) => $"{FirstPage + 2 * i} 0 R"))}] >>");
        AddFont(file, subset);
        file.Add(Info, $"<< /Title {Utf16(title)} /Producer (CashlessGateway) >>");
        foreach (var (i, page) in _pages.Index())
        {
            file.Add(FirstPage + 2 * i, string.Create(CultureInfo.InvariantCulture, $"<< /Type /Page /Parent {PageTree} 0 R /MediaBox [0 0 {PdfPage.Points(page.Width)} {PdfPage.Points(page.Height)}] /Resources << /Font << /F {Type0} 0 R >> >> /Contents {FirstPage + 2 * i + 1} 0 R >>"));
            file.AddStream(FirstPage + 2 * i + 1, Encoding.ASCII.GetBytes(page.Content(subset)));
        }

        return file.Bytes(Catalog, Info);
    }

    private void AddFont(PdfFile file, FontSubset subset)
    {
        var font = _font.File;
        var bytes = subset.File();
        var name = $"{Tag(subset)}+IPAexGothic";
        int Thousandths(int units) => (int)Math.Round(units * 1000.0 / font.UnitsPerEm, MidpointRounding.AwayFromZero);
        file.Add(Type0, $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{CidFont} 0 R] /ToUnicode {ToUnicode} 0 R >>");
        file.Add(CidFont, $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {Descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [1 [{string.Join(' ', subset.Characters.Select(subset.WidthOf))}]] >>");
        file.Add(Descriptor, $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{Thousandths(font.Box.Left)} {Thousandths(font.Box.Bottom)} {Thousandths(font.Box.Right)} {Thousandths(font.Box.Top)}] /ItalicAngle 0 /Ascent {Thousandths(font.Ascent)} /Descent {Thousandths(font.Descent)} /CapHeight {Thousandths(font.Ascent)} /StemV {StemWidth} /FontFile2 {FontFile} 0 R >>");
        file.AddStream(FontFile, bytes, $"/Length1 {bytes.Length}");
        file.AddStream(ToUnicode, Encoding.ASCII.GetBytes(CharacterMap(subset)));
    }

    /// <summary>What each glyph number means, so that text can be copied and searched.</summary>
    private static string CharacterMap(FontSubset subset)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        // A hundred at a time is what the format allows.
        foreach (var hundred in subset.Characters.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{hundred.Length} beginbfchar\n");
            foreach (var letter in hundred) map.Append(CultureInfo.InvariantCulture, $"<{subset.NumberOf(letter):X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(letter.ToString()))}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    /// <summary>Six capital letters that differ between subsets, as the format asks for.</summary>
    private static string Tag(FontSubset subset) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(subset.Characters))).Take(6).Select(static value => (char)('A' + value % 26)));

    private static string Utf16(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}

/// <summary>Numbered objects, the table that finds them, and the file's two ends.</summary>
internal sealed class PdfFile
{
    private readonly SortedDictionary<int, byte[]> _objects = [];

    public void Add(int number, string value) => _objects.Add(number, Encoding.ASCII.GetBytes(value));

    public void AddStream(int number, byte[] content, string more = "")
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(content);
        using var value = new MemoryStream();
        value.Write(Encoding.ASCII.GetBytes($"<< /Length {packed.Length} /Filter /FlateDecode {more} >>\nstream\n"));
        packed.WriteTo(value);
        value.Write("\nendstream"u8);
        _objects.Add(number, value.ToArray());
    }

    public byte[] Bytes(int catalog, int info)
    {
        using var file = new MemoryStream();
        // Four bytes beyond ASCII say that it is not text.
        file.Write([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var offsets = new List<long>();
        foreach (var (number, value) in _objects)
        {
            offsets.Add(file.Length);
            file.Write(Encoding.ASCII.GetBytes($"{number} 0 obj\n"));
            file.Write(value);
            file.Write("\nendobj\n"u8);
        }

        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        var table = file.Length;
        var end = new StringBuilder();
        end.Append(CultureInfo.InvariantCulture, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) end.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        end.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {_objects.Count + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(end.ToString()));
        return file.ToArray();
    }
}
