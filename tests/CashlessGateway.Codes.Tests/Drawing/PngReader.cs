using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CashlessGateway.Codes.Tests.Drawing;

/// <summary>Reads a PNG of one bit a dot, and insists on everything that a strict reader insists on.</summary>
internal sealed class PngReader
{
    private readonly byte[] lines;

    public PngReader(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = Chunks(file[8..]).ToArray();
        Assert.Equal("IEND", chunks[^1].Name);
        Names = [.. chunks.Select(chunk => chunk.Name)];

        var header = chunks[0].Content;
        Assert.Equal([1, 0, 0, 0, 0], header[8..]);
        Width = BinaryPrimitives.ReadInt32BigEndian(header);
        Height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));

        if (chunks.FirstOrDefault(chunk => chunk.Name == "pHYs").Content is { } dots)
        {
            DotsPerMetre = BinaryPrimitives.ReadInt32BigEndian(dots);
            Assert.Equal(DotsPerMetre, BinaryPrimitives.ReadInt32BigEndian(dots.AsSpan(4)));
            Assert.Equal(1, dots[8]);
        }

        using var plain = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(chunks.First(chunk => chunk.Name == "IDAT").Content), CompressionMode.Decompress);
        zlib.CopyTo(plain);
        lines = plain.ToArray();
        Assert.Equal((1 + Stride) * Height, lines.Length);
    }

    public string[] Names { get; }

    public int Width { get; }

    public int Height { get; }

    public int? DotsPerMetre { get; }

    private int Stride => (Width + 7) / 8;

    public bool IsBlack(int x, int y)
    {
        Assert.Equal(0, lines[y * (1 + Stride)]);
        return (lines[y * (1 + Stride) + 1 + x / 8] >> 7 - x % 8 & 1) == 0;
    }

    private static IEnumerable<(string Name, byte[] Content)> Chunks(byte[] rest)
    {
        while (rest.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            Assert.Equal(Crc(rest[4..(8 + length)]), BinaryPrimitives.ReadUInt32BigEndian(rest.AsSpan(8 + length)));
            yield return (Encoding.ASCII.GetString(rest, 4, 4), rest[8..(8 + length)]);
            rest = rest[(12 + length)..];
        }
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = crc % 2 == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
