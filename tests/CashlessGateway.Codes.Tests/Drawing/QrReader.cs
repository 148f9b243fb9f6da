using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Codes.Tests.Drawing;

/// <summary>
/// Reads a symbol back module by module, as a scanner does, for the versions in its table. Everything in it is written from the
/// reader's side and plainly, so that it shares no mistake with what draws.
/// </summary>
internal sealed class QrReader
{
    private const int FormatMask = 0b101_0100_0001_0010;

    private readonly QrSymbol symbol;
    private readonly int[] alignments;
    private readonly int blocks;
    private readonly int checkWords;

    public QrReader(QrSymbol symbol)
    {
        this.symbol = symbol;
        (alignments, blocks, checkWords) = (symbol.Version, symbol.Level) switch
        {
            (1, QrLevel.M) => (Array.Empty<int>(), 1, 10),
            (1, QrLevel.Q) => ([], 1, 13),
            (2, QrLevel.L) => ([6, 18], 1, 10),
            (3, QrLevel.Q) => ([6, 22], 2, 18),
            (5, QrLevel.L) => ([6, 30], 1, 26),
            (5, QrLevel.Q) => ([6, 30], 4, 18),
            (5, QrLevel.H) => ([6, 30], 4, 22),
            (6, QrLevel.L) => ([6, 34], 2, 18),
            (6, QrLevel.M) => ([6, 34], 4, 16),
            (7, QrLevel.H) => ([6, 22, 38], 5, 26),
            (8, QrLevel.Q) => ([6, 24, 42], 6, 22),
            (10, QrLevel.H) => ([6, 28, 50], 8, 28),
            _ => throw new ArgumentOutOfRangeException(nameof(symbol), $"{symbol.Version}-{symbol.Level} is not in the reader's table."),
        };
    }

    /// <summary>The 15 bits around the finder in the corner, the highest first.</summary>
    public int Format => Bits(
        [.. Along(0, 5).Select(x => (x, 8)), (7, 8), (8, 8), (8, 7), .. Along(0, 5).Select(y => (8, 5 - y))]);

    /// <summary>The same 15 bits, from below the corner and from its right.</summary>
    public int SecondFormat => Bits([.. Along(1, 7).Select(y => (8, symbol.Size - y)), .. Along(0, 7).Select(x => (symbol.Size - 8 + x, 8))]);

    /// <summary>18 bits left of the finder at the upper right.</summary>
    public int Version => Bits([.. Along(0, 17).Select(i => (symbol.Size - 9 - i % 3, 5 - i / 3))]);

    public int Mask => (Format ^ FormatMask) >> 10 & 0b111;

    /// <summary>Each block with its words of data and its words of correction.</summary>
    public (byte[] Data, byte[] Check)[] Blocks()
    {
        var words = Words();
        var dataWords = words.Length - blocks * checkWords;
        var read = new List<byte>[blocks];
        for (var block = 0; block < blocks; block++) read[block] = [];

        var shortest = dataWords / blocks;
        var next = 0;
        for (var place = 0; place <= shortest; place++)
            for (var block = 0; block < blocks; block++)
                if (place < shortest || block >= blocks - dataWords % blocks)
                    read[block].Add(words[next++]);
        var data = Array.ConvertAll(read, block => block.ToArray());

        for (var block = 0; block < blocks; block++) read[block].Clear();
        while (next < words.Length) read[(next - dataWords) % blocks].Add(words[next++]);
        return [.. data.Zip(read, (words, check) => (words, check.ToArray()))];
    }

    /// <summary>All digits of a symbol in numeric mode of version 1 to 9.</summary>
    public string Digits()
    {
        var bits = string.Concat(Blocks().SelectMany(block => block.Data).Select(word => Convert.ToString(word, 2).PadLeft(8, '0')));
        Assert.Equal("0001", bits[..4]);
        var left = Convert.ToInt32(bits[4..14], 2);
        var text = "";
        for (var at = 14; left > 0; at += 10, left -= 3)
        {
            var digits = Math.Min(3, left);
            text += Convert.ToInt32(bits.Substring(at, digits * 3 + 1), 2).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits, '0');
        }
        return text;
    }

    /// <summary>Whether words may lie here.</summary>
    public bool IsData(int column, int row)
    {
        var last = symbol.Size - 1;
        if (column == 6 || row == 6) return false;
        if (column <= 8 && row <= 8 || column <= 8 && row >= last - 7 || column >= last - 7 && row <= 8) return false;
        if (symbol.Version >= 7 && (column <= 5 && row >= last - 10 || row <= 5 && column >= last - 10)) return false;
        foreach (var x in alignments)
            foreach (var y in alignments)
                if (!InFinder(x, y) && Math.Abs(column - x) <= 2 && Math.Abs(row - y) <= 2)
                    return false;
        return true;
    }

    public static bool Turns(int mask, int j, int i) => mask switch
    {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => (i / 2 + j / 3) % 2 == 0,
        5 => i * j % 2 + i * j % 3 == 0,
        6 => (i * j % 2 + i * j % 3) % 2 == 0,
        _ => ((i + j) % 2 + i * j % 3) % 2 == 0,
    };

    private bool InFinder(int x, int y) => (x == 6 && y == 6) || (x == 6 && y == symbol.Size - 7) || (x == symbol.Size - 7 && y == 6);

    /// <summary>Two columns at a time, up and down, from the right.</summary>
    private byte[] Words()
    {
        var bits = new List<bool>();
        var up = true;
        foreach (var right in Enumerable.Range(1, symbol.Size - 1).Reverse().Where(column => column > 6 ? column % 2 == 0 : column % 2 == 1))
        {
            foreach (var row in up ? Along(0, symbol.Size - 1).Reverse() : Along(0, symbol.Size - 1))
                foreach (var column in new[] { right, right - 1 })
                    if (IsData(column, row))
                        bits.Add(symbol.IsDark(column, row) ^ Turns(Mask, column, row));
            up = !up;
        }
        return [.. bits.Chunk(8).Where(word => word.Length == 8).Select(word => (byte)word.Aggregate(0, (value, bit) => value * 2 + (bit ? 1 : 0)))];
    }

    private int Bits((int Column, int Row)[] places) =>
        places.Aggregate(0, (value, place) => value * 2 + (symbol.IsDark(place.Column, place.Row) ? 1 : 0));

    private static IEnumerable<int> Along(int first, int last) => Enumerable.Range(first, last - first + 1);
}
