namespace CashlessGateway.Codes.Drawing;

/// <summary>Divides the words of data into blocks, adds the correction of each, and shuffles them so that a stain hurts every block a little.</summary>
internal static class QrBlocks
{
    public static byte[] Interleave(ReadOnlySpan<byte> data, QrShape shape)
    {
        var all = new byte[shape.Words];
        var divisor = ReedSolomon.Divisor(shape.CheckWords);
        Span<byte> check = stackalloc byte[shape.CheckWords];
        var begin = 0;
        for (var number = 0; number < shape.Blocks; number++)
        {
            var block = data.Slice(begin, LengthOf(number, shape));
            begin += block.Length;
            ReedSolomon.Remainder(block, divisor, check);
            PlaceData(block, number, shape, all);
            for (var i = 0; i < check.Length; i++) all[shape.DataWords + i * shape.Blocks + number] = check[i];
        }
        return all;
    }

    /// <summary>The first words of all blocks, then the second ones. Only long blocks have a last one.</summary>
    private static void PlaceData(ReadOnlySpan<byte> block, int number, QrShape shape, Span<byte> all)
    {
        for (var i = 0; i < shape.ShortBlock; i++) all[i * shape.Blocks + number] = block[i];
        if (block.Length > shape.ShortBlock) all[shape.ShortBlock * shape.Blocks + number - ShortBlocks(shape)] = block[^1];
    }

    private static int LengthOf(int number, QrShape shape) => number < ShortBlocks(shape) ? shape.ShortBlock : shape.ShortBlock + 1;

    private static int ShortBlocks(QrShape shape) => shape.Blocks - shape.LongBlocks;
}
