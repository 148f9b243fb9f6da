using System.Collections.Immutable;

namespace CashlessGateway.Codes.Drawing;

/// <summary>The eight patterns of which one is laid over the words, so that no large area looks like something else.</summary>
internal static class QrMask
{
    public const int Count = 8;

    /// <summary>All eight repeat after twelve modules, across and down.</summary>
    private const int Period = 12;

    private const int WordBits = 64;

    /// <summary>Five times twelve bits, one after the other.</summary>
    private const ulong FiveTimes = 0x0001_0010_0100_1001;

    private static readonly ImmutableArray<ushort> RowUnits = Units((mask, line, along) => Turns(mask, column: along, row: line));
    private static readonly ImmutableArray<ushort> ColumnUnits = Units((mask, line, along) => Turns(mask, column: line, row: along));

    /// <summary>Turns the open modules that the pattern names, and copies all others.</summary>
    public static void Apply(int mask, ModuleGrid dark, ModuleGrid open, ModuleGrid masked)
    {
        Apply(mask, RowUnits, dark.Stride, dark.Rows, open.Rows, masked.Rows);
        Apply(mask, ColumnUnits, dark.Stride, dark.Columns, open.Columns, masked.Columns);
    }

    private static void Apply(int mask, ImmutableArray<ushort> units, int stride, ReadOnlySpan<ulong> dark, ReadOnlySpan<ulong> open, Span<ulong> masked)
    {
        for (var i = 0; i < dark.Length; i++)
        {
            var (line, word) = (i / stride, i % stride);
            masked[i] = dark[i] ^ Repeated(units[mask * Period + line % Period], word * WordBits % Period) & open[i];
        }
    }

    /// <summary>Twelve bits over and over, beginning with the one at the offset.</summary>
    private static ulong Repeated(ushort unit, int offset)
    {
        var turned = (ulong)((unit >> offset | unit << Period - offset) & 0xFFF);
        return turned * FiveTimes | turned << 60;
    }

    private static ImmutableArray<ushort> Units(Func<int, int, int, bool> turns)
    {
        var units = ImmutableArray.CreateBuilder<ushort>(Count * Period);
        for (var i = 0; i < Count * Period; i++)
        {
            var unit = 0;
            for (var along = 0; along < Period; along++)
                if (turns(i / Period, i % Period, along))
                    unit |= 1 << along;
            units.Add((ushort)unit);
        }
        return units.MoveToImmutable();
    }

    private static bool Turns(int mask, int column, int row) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => (row / 2 + column / 3) % 2 == 0,
        5 => row * column % 2 + row * column % 3 == 0,
        6 => (row * column % 2 + row * column % 3) % 2 == 0,
        7 => ((row + column) % 2 + row * column % 3) % 2 == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(mask), mask, $"There are {Count} masks, from 0."),
    };
}
