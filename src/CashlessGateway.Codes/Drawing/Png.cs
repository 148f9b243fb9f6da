using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace CashlessGateway.Codes.Drawing;

/// <summary>Writes a PNG of one bit a dot.</summary>
internal static class Png
{
    /// <summary>No printer or display has more dots to the inch.</summary>
    public const int MaxDpi = 9_600;

    private const double MetresPerInch = 0.0254;
    private const uint CrcPolynomial = 0xEDB8_8320;

    private static readonly ImmutableArray<uint> CrcOfByte = AllCrcs();

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static byte[] Of(DotPicture picture, int? dpi)
    {
        if (dpi is < 1 or > MaxDpi) throw new ArgumentOutOfRangeException(nameof(dpi), dpi, $"The resolution must be 1 to {MaxDpi} dpi.");

        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, Header(picture));
        if (dpi is { } resolution) WriteChunk(file, "pHYs"u8, Resolution(resolution));
        WriteChunk(file, "IDAT"u8, Compressed(picture));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>One bit a dot, grey, and the only methods there are of compressing, filtering; not interlaced.</summary>
    private static byte[] Header(DotPicture picture)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 1;
        return header;
    }

    /// <summary>Dots per metre, across and down.</summary>
    private static byte[] Resolution(int dpi)
    {
        const byte perMetre = 1;
        var resolution = new byte[9];
        var dots = (int)Math.Round(dpi / MetresPerInch);
        BinaryPrimitives.WriteInt32BigEndian(resolution, dots);
        BinaryPrimitives.WriteInt32BigEndian(resolution.AsSpan(4), dots);
        resolution[8] = perMetre;
        return resolution;
    }

    private static ReadOnlySpan<byte> Compressed(DotPicture picture)
    {
        const byte unfiltered = 0;
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < picture.Height; y++)
            {
                zlib.WriteByte(unfiltered);
                zlib.Write(picture.Line(y));
            }
        }
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    /// <summary>Length, name, content, and a check over the latter two.</summary>
    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(name);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), content));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes) crc = CrcOfByte[(int)((crc ^ one) & 0xFF)] ^ crc >> 8;
        return crc;
    }

    private static ImmutableArray<uint> AllCrcs()
    {
        var crcs = ImmutableArray.CreateBuilder<uint>(256);
        for (var one = 0u; one < 256; one++)
        {
            var crc = one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ CrcPolynomial : crc >> 1;
            crcs.Add(crc);
        }
        return crcs.MoveToImmutable();
    }
}
