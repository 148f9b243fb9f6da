namespace CashlessGateway.Codes.Drawing;

/// <summary>The modules of one symbol on their way: the patterns every symbol has, then the words, then the best mask.</summary>
internal sealed class QrGrid
{
    private const int FinderSize = 7;
    private const int TimingLine = 6;
    private const int FormatLine = 8;
    private const int FirstVersionWithInformation = 7;

    private readonly QrShape shape;
    private readonly int size;
    private readonly ModuleGrid dark;

    /// <summary>Modules that words may take, and so the mask.</summary>
    private readonly ModuleGrid open;

    private QrGrid(QrShape shape)
    {
        this.shape = shape;
        size = shape.Size;
        dark = new ModuleGrid(size);
        open = new ModuleGrid(size);
        open.SetAll();
    }

    public static (ModuleGrid Modules, int Mask) Draw(ReadOnlySpan<byte> words, QrShape shape)
    {
        var grid = new QrGrid(shape);
        grid.PlaceTiming();
        grid.PlaceFinders();
        grid.PlaceAlignments();
        grid.PlaceVersion();
        grid.PlaceFormat(mask: 0);
        grid.PlaceWords(words);
        return grid.WithBestMask();
    }

    private (ModuleGrid Modules, int Mask) WithBestMask()
    {
        var tried = new ModuleGrid(size);
        var best = new ModuleGrid(size);
        var (bestMask, least) = (0, int.MaxValue);
        for (var mask = 0; mask < QrMask.Count; mask++)
        {
            PlaceFormat(mask);
            QrMask.Apply(mask, dark, open, tried);
            var penalty = QrPenalty.Of(tried);
            if (penalty >= least) continue;
            (bestMask, least) = (mask, penalty);
            (tried, best) = (best, tried);
        }
        return (best, bestMask);
    }

    private void PlaceTiming()
    {
        for (var i = 0; i < size; i++)
        {
            Fix(i, TimingLine, i % 2 == 0);
            Fix(TimingLine, i, i % 2 == 0);
        }
    }

    /// <summary>Each with the light line around it, which lies outside the symbol on two sides.</summary>
    private void PlaceFinders()
    {
        var far = size - FinderSize / 2 - 1;
        PlaceRings(FinderSize / 2, FinderSize / 2, reach: 4);
        PlaceRings(far, FinderSize / 2, reach: 4);
        PlaceRings(FinderSize / 2, far, reach: 4);
    }

    private void PlaceAlignments()
    {
        var centres = shape.AlignmentCentres();
        for (var i = 0; i < centres.Length; i++)
            for (var j = 0; j < centres.Length; j++)
            {
                var last = centres.Length - 1;
                var onFinder = (i, j) == (0, 0) || (i, j) == (0, last) || (i, j) == (last, 0);
                if (!onFinder) PlaceRings(centres[i], centres[j], reach: 2);
            }
    }

    /// <summary>Squares around one module. A finder is dark at 0, 1 and 3 and light at 2 and 4; an alignment is dark at 0 and 2.</summary>
    private void PlaceRings(int column, int row, int reach)
    {
        for (var down = -reach; down <= reach; down++)
            for (var right = -reach; right <= reach; right++)
            {
                var (x, y) = (column + right, row + down);
                if (x < 0 || x >= size || y < 0 || y >= size) continue;
                var ring = Math.Max(Math.Abs(right), Math.Abs(down));
                Fix(x, y, reach == 2 ? ring != 1 : ring is not (2 or 4));
            }
    }

    /// <summary>18 bits twice: left of the finder above, and above the finder below.</summary>
    private void PlaceVersion()
    {
        if (shape.Version < FirstVersionWithInformation) return;
        var bits = QrInformation.OfVersion(shape.Version);
        for (var i = 0; i < QrInformation.VersionBits; i++)
        {
            var (along, across) = (i / 3, size - 11 + i % 3);
            Fix(across, along, Bit(bits, i));
            Fix(along, across, Bit(bits, i));
        }
    }

    /// <summary>15 bits twice: around the finder in the corner, and shared between the two others; and the module that is always dark.</summary>
    private void PlaceFormat(int mask)
    {
        var bits = QrInformation.OfFormat(shape.Level, mask);
        for (var i = 0; i < QrInformation.FormatBits; i++)
        {
            // The line of the timing pattern is stepped over.
            var fromTop = i < 6 ? i : i + 1;
            if (i < 8) Fix(FormatLine, fromTop, Bit(bits, i));
            else Fix(i == 8 ? 7 : 14 - i, FormatLine, Bit(bits, i));

            if (i < 8) Fix(size - 1 - i, FormatLine, Bit(bits, i));
            else Fix(FormatLine, size - 15 + i, Bit(bits, i));
        }
        Fix(FormatLine, size - 8, dark: true);
    }

    /// <summary>In pairs of columns from the right, upwards and downwards by turns, stepping over the column of the timing pattern.</summary>
    private void PlaceWords(ReadOnlySpan<byte> words)
    {
        var placed = 0;
        var upwards = true;
        for (var right = size - 1; right > 0; right -= 2, upwards = !upwards)
        {
            if (right == TimingLine) right--;
            for (var step = 0; step < size; step++)
            {
                var row = upwards ? size - 1 - step : step;
                for (var column = right; column >= right - 1; column--)
                {
                    if (!open[column, row] || placed == words.Length * 8) continue;
                    if ((words[placed / 8] << placed % 8 & 0x80) != 0) dark[column, row] = true;
                    placed++;
                }
            }
        }
    }

    private void Fix(int column, int row, bool dark)
    {
        this.dark[column, row] = dark;
        open[column, row] = false;
    }

    private static bool Bit(int bits, int number) => (bits >> number & 1) != 0;
}
