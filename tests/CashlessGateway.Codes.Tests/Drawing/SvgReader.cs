using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CashlessGateway.Codes.Tests.Drawing;

/// <summary>What an SVG of ours shows: its black rectangles in whole units, and its texts.</summary>
internal sealed partial class SvgReader
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    private readonly (int X, int Y, int Width, int Height)[] rectangles;

    public SvgReader(string svg)
    {
        Root = XDocument.Parse(svg).Root!;
        Assert.Equal(Namespace + "svg", Root.Name);
        Assert.Equal("crispEdges", Root.Attribute("shape-rendering")?.Value);
        var box = Root.Attribute("viewBox")!.Value.Split(' ').Select(Number).ToArray();
        (Width, Height) = (box[2], box[3]);

        var background = Root.Element(Namespace + "rect")!;
        Assert.Equal(($"{Width}", $"{Height}", "#fff"), (background.Attribute("width")!.Value, background.Attribute("height")!.Value, background.Attribute("fill")!.Value));

        var path = Assert.Single(Root.Elements(Namespace + "path")).Attribute("d")!.Value;
        Assert.Equal("", Rectangle.Replace(path, ""));
        rectangles = [.. Rectangle.Matches(path).Select(m => (Part(m, "x"), Part(m, "y"), Part(m, "width"), Part(m, "height")))];
        Texts = [.. Root.Elements(Namespace + "text").Select(text => text.Value)];
    }

    public XElement Root { get; }

    public int Width { get; }

    public int Height { get; }

    public string[] Texts { get; }

    public double? Millimetres(string side) => Root.Attribute(side)?.Value is { } value && value.EndsWith("mm", StringComparison.Ordinal)
        ? double.Parse(value[..^2], CultureInfo.InvariantCulture)
        : null;

    public bool IsBlack(int x, int y) => Array.Exists(rectangles, r => x >= r.X && x < r.X + r.Width && y >= r.Y && y < r.Y + r.Height);

    private static int Part(Match match, string name) => Number(match.Groups[name].Value);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<width>\d+)v(?<height>\d+)h-\k<width>z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rectangle { get; }
}
