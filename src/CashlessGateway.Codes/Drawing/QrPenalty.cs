using System.Numerics;

namespace CashlessGateway.Codes.Drawing;

/// <summary>How hard a masked symbol is to read, by the four rules of ISO/IEC 18004. The mask with the least is taken.</summary>
internal static class QrPenalty
{
    private const int Square = 3;
    private const int LooksLikeFinder = 40;
    private const int Imbalance = 10;

    public static int Of(ModuleGrid modules) =>
        LongRuns(modules.Rows, modules) + LongRuns(modules.Columns, modules)
        + FinderLikes(modules.Rows, modules) + FinderLikes(modules.Columns, modules)
        + Squares(modules)
        + Unbalanced(modules);

    /// <summary>
    /// Five alike in a line cost 3, and each further one costs 1: as many as there are fives in the run, and 2 once. A run goes
    /// from line to line here, so that all columns of a word are counted together.
    /// </summary>
    private static int LongRuns(ReadOnlySpan<ulong> lines, ModuleGrid modules)
    {
        var penalty = 0;
        for (var word = 0; word < modules.Stride; word++)
        {
            var within = ModuleGrid.Within(modules.Size, word);
            ulong oneBefore = 0, twoBefore = 0, threeBefore = 0, fivesBefore = 0;
            for (var i = modules.Stride + word; i < lines.Length; i += modules.Stride)
            {
                var alike = ~(lines[i] ^ lines[i - modules.Stride]) & within;
                var fives = alike & oneBefore & twoBefore & threeBefore;
                penalty += BitOperations.PopCount(fives) + 2 * BitOperations.PopCount(fives & ~fivesBefore);
                (threeBefore, twoBefore, oneBefore, fivesBefore) = (twoBefore, oneBefore, alike, fives);
            }
        }
        return penalty;
    }

    /// <summary>Dark 1, light 1, dark 3, light 1, dark 1, with four light ones before or behind.</summary>
    private static int FinderLikes(ReadOnlySpan<ulong> lines, ModuleGrid modules)
    {
        var found = 0;
        var step = modules.Stride;
        for (var i = 0; i + 6 * step < lines.Length; i++)
        {
            var like = lines[i] & ~lines[i + step] & lines[i + 2 * step] & lines[i + 3 * step] & lines[i + 4 * step] & ~lines[i + 5 * step] & lines[i + 6 * step];
            if (like == 0) continue;
            if (i >= 4 * step) found += BitOperations.PopCount(like & ~AnyOfFour(lines, i - 4 * step, step));
            if (i + 10 * step < lines.Length) found += BitOperations.PopCount(like & ~AnyOfFour(lines, i + 7 * step, step));
        }
        return found * LooksLikeFinder;
    }

    private static ulong AnyOfFour(ReadOnlySpan<ulong> lines, int first, int step) =>
        lines[first] | lines[first + step] | lines[first + 2 * step] | lines[first + 3 * step];

    /// <summary>Every two by two that are alike; they may overlap.</summary>
    private static int Squares(ModuleGrid modules)
    {
        var found = 0;
        for (var row = 0; row + 1 < modules.Size; row++)
            for (var word = 0; word < modules.Stride; word++)
            {
                var i = row * modules.Stride + word;
                var (above, below) = (modules.Rows[i], modules.Rows[i + modules.Stride]);
                var last = word == modules.Stride - 1;
                var besideAbove = above >> 1 | (last ? 0 : modules.Rows[i + 1] << 63);
                var besideBelow = below >> 1 | (last ? 0 : modules.Rows[i + modules.Stride + 1] << 63);
                var alike = ~(above ^ below) & ~(above ^ besideAbove) & ~(above ^ besideBelow);
                found += BitOperations.PopCount(alike & ModuleGrid.Within(modules.Size - 1, word));
            }
        return found * Square;
    }

    /// <summary>Each whole 5 % that the share of dark modules is away from one half.</summary>
    private static int Unbalanced(ModuleGrid modules)
    {
        var dark = 0;
        foreach (var word in modules.Rows) dark += BitOperations.PopCount(word);
        var all = modules.Size * modules.Size;
        return Math.Abs(dark * 20 - all * 10) / all * Imbalance;
    }
}
