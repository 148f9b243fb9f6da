using System.Globalization;
using System.Security;
using System.Text;

namespace CashlessGateway.Codes.Drawing;

/// <summary>Writes a sheet as an SVG document whose user unit is one printer dot.</summary>
internal static class SheetSvg
{
    private const string Fonts = "'Noto Sans JP','Noto Sans CJK JP','BIZ UDPGothic','Yu Gothic UI',Meiryo,sans-serif";

    public static string Write(Sheet sheet, string title)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.Millimetres(sheet.Width):0.###}mm" height="{sheet.Millimetres(sheet.Height):0.###}mm" viewBox="0 0 {sheet.Width} {sheet.Height}" role="img" xml:lang="ja" font-family="{Fonts}">""").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"<title>{Escaped(title)}</title>\n");
        svg.Append(CultureInfo.InvariantCulture, $"""<rect width="{sheet.Width}" height="{sheet.Height}" fill="{Colour(Ink.White)}"/>""").Append('\n');
        foreach (var mark in sheet.Marks) Write(svg, mark);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Write(StringBuilder svg, Mark mark)
    {
        switch (mark)
        {
            case Mark.Fill fill:
                svg.Append(CultureInfo.InvariantCulture, $"<path fill='{Colour(fill.Ink)}' shape-rendering='crispEdges' d='");
                foreach (var area in fill.Areas) svg.Append(CultureInfo.InvariantCulture, $"M{area.X} {area.Y}h{area.Width}v{area.Height}h{-area.Width}z");
                svg.Append("'/>\n");
                break;
            case Mark.Line line:
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{line.X}" y="{line.Y}" font-size="{line.Size}" fill="{Colour(line.Ink)}" text-anchor="{Name(line.Anchor)}" """);
                if (line.Rise != 0) svg.Append(CultureInfo.InvariantCulture, $"""transform="rotate({-line.Rise} {line.X} {line.Y})" """);
                svg.Append(CultureInfo.InvariantCulture, $"xml:space=\"preserve\">{Escaped(line.Text)}</text>\n");
                break;
        }
    }

    private static string Escaped(string text) => SecurityElement.Escape(PlainText.Of(text));

    private static string Name(Anchor anchor) => anchor switch
    {
        Anchor.Start => "start",
        Anchor.Middle => "middle",
        Anchor.End => "end",
    };

    private static string Colour(Ink ink) => ink switch
    {
        Ink.Black => "#000000",
        Ink.Grey => "#4d4d4d",
        Ink.Red => "#ce0000",
        Ink.PaleRed => "#ffd9d9",
        Ink.White => "#ffffff",
    };
}
