namespace CashlessGateway.Codes.Drawing;

/// <summary>A picture of black and white dots, white at first. Eight dots a byte, the leftmost highest; 1 is white, as in a PNG.</summary>
internal sealed class DotPicture
{
    private const int ByteDots = 8;
    private const byte White = 0xFF;

    private readonly byte[] dots;
    private readonly int stride;

    public DotPicture(int width, int height)
    {
        Width = width;
        Height = height;
        stride = (width + ByteDots - 1) / ByteDots;
        dots = new byte[stride * height];
        Array.Fill(dots, White);
    }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Line(int y) => dots.AsSpan(y * stride, stride);

    public void Blacken(int x, int y, int width, int height)
    {
        if (x < 0 || width < 1 || x + width > Width) throw new ArgumentOutOfRangeException(nameof(x), $"{width} dots from {x} do not lie within {Width}.");
        for (var line = y; line < y + height; line++) Blacken(dots.AsSpan(line * stride, stride), x, x + width);
    }

    /// <summary>Whole bytes at once, and the dots at both ends in their bytes.</summary>
    private static void Blacken(Span<byte> line, int begin, int end)
    {
        var (first, last) = (begin / ByteDots, end / ByteDots);
        var keepBefore = (byte)(White ^ White >> begin % ByteDots);
        var keepBehind = (byte)(White >> end % ByteDots);
        if (first == last)
        {
            line[first] &= (byte)(keepBefore | keepBehind);
            return;
        }
        line[first] &= keepBefore;
        line[(first + 1)..last].Clear();
        if (end % ByteDots != 0) line[last] &= keepBehind;
    }
}
