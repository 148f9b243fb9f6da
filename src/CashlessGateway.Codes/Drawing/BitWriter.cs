namespace CashlessGateway.Codes.Drawing;

/// <summary>Fills words with bits, the highest bit of each first. The words must be zero before.</summary>
internal ref struct BitWriter(Span<byte> words)
{
    private const int WordBits = 8;

    private readonly Span<byte> words = words;
    private int written;

    public readonly int Left => words.Length * WordBits - written;

    /// <summary>How many words hold at least one bit that was written or skipped.</summary>
    public readonly int BegunWords => (written + WordBits - 1) / WordBits;

    public void Write(int value, int width)
    {
        for (var bit = width - 1; bit >= 0; bit--, written++)
            if ((value >> bit & 1) != 0)
                words[written / WordBits] |= (byte)(0x80 >> written % WordBits);
    }

    public void Skip(int bits) => written += bits;
}
