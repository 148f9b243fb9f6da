namespace CashlessGateway.Printing;

/// <summary>A column: its heading, its width in millimetres, and on which side its cells stand.</summary>
public sealed record PdfColumn(string Heading, double Width, TextAlign Align = TextAlign.Left);

/// <summary>
/// A table that goes on over as many pages as it needs, with its headings on each. Long cells become several lines; the caller makes the
/// pages, so that they bear its own head and foot.
/// </summary>
/// <param name="newPage">A page, and the place (from the top) at which the table may begin on it.</param>
/// <param name="bottom">Where it must end, from the top of each page.</param>
public sealed class PdfTable(IReadOnlyList<PdfColumn> columns, double left, double size, double bottom, Func<(PdfPage Page, double Top)> newPage)
{
    private const double Padding = 1;

    private readonly PrintFont _font = PrintFont.Gothic;
    private readonly double _lineHeight = size * 1.35 / PrintFont.PointsPerMillimetre;

    private PdfPage? _page;

    /// <summary>Where the next row begins, from the top of the page.</summary>
    public double Top { get; private set; }

    public void Row(params IReadOnlyList<string> cells) => Write(cells, bold: false);

    /// <summary>Sums.</summary>
    public void BoldRow(params IReadOnlyList<string> cells) => Write(cells, bold: true);

    private void Write(IReadOnlyList<string> cells, bool bold)
    {
        if (cells.Count != columns.Count) throw new ArgumentException($"A row of {columns.Count} cells was expected, there are {cells.Count}.", nameof(cells));
        var lines = columns.Select((column, i) => _font.Wrap(cells[i], size, column.Width - 2 * Padding)).ToList();
        var height = lines.Max(static cell => cell.Count) * _lineHeight + Padding;
        if (_page is null || Top + height > bottom) Begin();
        Draw(lines, height, bold);
    }

    private void Begin()
    {
        (_page, Top) = newPage();
        _page.Line(left, Top, left + columns.Sum(static column => column.Width), Top, 1);
        var headings = columns.Select(column => _font.Wrap(column.Heading, size, column.Width - 2 * Padding)).ToList();
        Draw(headings, headings.Max(static cell => cell.Count) * _lineHeight + Padding, bold: true);
    }

    private void Draw(List<IReadOnlyList<string>> cells, double height, bool bold)
    {
        var x = left;
        foreach (var (column, lines) in columns.Zip(cells))
        {
            var at = column.Align switch { TextAlign.Left => x + Padding, TextAlign.Centre => x + column.Width / 2, TextAlign.Right => x + column.Width - Padding };
            foreach (var (i, line) in lines.Index()) _page!.Text(at, Top + (i + 1) * _lineHeight, size, line, column.Align, bold);
            x += column.Width;
        }

        Top += height;
        _page!.Line(left, Top, x, Top, 0.3);
    }
}
