using System.Globalization;
using System.Text;

namespace CashlessGateway.Codes.Drawing;

/// <summary>Black rectangles as one path of an SVG document. Coordinates are whole numbers: modules, or dots of a printer.</summary>
internal sealed class SvgBars
{
    private readonly StringBuilder path = new();
    private readonly StringBuilder rows = new();

    public void Add(int x, int y, int width, int height) =>
        path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{width}v{height}h-{width}z");

    /// <summary>A row of digits under the bars, forced into its place whatever font is there. Nothing in it may need escaping.</summary>
    public void AddRow(string text, int x, int baseline, int width, int fontSize) =>
        rows.Append(
            CultureInfo.InvariantCulture,
            $"""<text x="{x}" y="{baseline}" textLength="{width}" lengthAdjust="spacingAndGlyphs" font-size="{fontSize}" font-family="OCRB,monospace">{text}</text>""");

    public string Document(int width, int height, double? widthMillimetres, double? heightMillimetres)
    {
        var size = widthMillimetres is null ? "" : string.Create(CultureInfo.InvariantCulture, $"""width="{widthMillimetres:0.######}mm" height="{heightMillimetres:0.######}mm" """);
        return $"""<svg xmlns="http://www.w3.org/2000/svg" {size}viewBox="0 0 {width} {height}" shape-rendering="crispEdges"><rect width="{width}" height="{height}" fill="#fff"/><path d="{path}"/>{rows}</svg>""";
    }
}
