using System.Globalization;
using System.Text;

namespace CashlessGateway.Codes.Drawing;

/// <summary>The frame of a PDF: numbered objects, the table that says at which byte each begins, and the trailer.</summary>
internal sealed class PdfFile
{
    /// <summary>A comment of bytes over 127, as the standard asks for: programs that move files must not take it for text.</summary>
    private static readonly byte[] Head = [.. "%PDF-1.4\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n'];

    private readonly List<byte> _bytes = [.. Head];
    private readonly List<int> _offsets = [];

    /// <summary>Objects are numbered from 1 in the order in which they are added.</summary>
    public int Add(string content)
    {
        _offsets.Add(_bytes.Count);
        Write(string.Create(CultureInfo.InvariantCulture, $"{_offsets.Count} 0 obj\n{content}\nendobj\n"));
        return _offsets.Count;
    }

    public int AddStream(string content) => Add(string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream"));

    /// <summary>Text of an information field: UTF-16 with its byte order mark.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public byte[] End(int catalog, int information)
    {
        var table = _bytes.Count;
        // Each entry has exactly 20 bytes, the line end included.
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in _offsets) Write(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {_offsets.Count + 1} /Root {catalog} 0 R /Info {information} 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return [.. _bytes];
    }

    private void Write(string ascii) => _bytes.AddRange(Encoding.ASCII.GetBytes(ascii));
}
