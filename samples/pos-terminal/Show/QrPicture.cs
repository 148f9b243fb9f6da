using System.Text;
using QRCoder;

namespace PosTerminal.Show;

/// <summary>
/// A QR code in letters: two modules above each other in one half block. Black on white is said in colours 16 and 231, which no theme
/// changes, so that it scans on dark and on light terminals.
/// </summary>
public static class QrPicture
{
    private const string BlackOnWhite = "\u001b[38;5;16;48;5;231m";
    private const string Reset = "\u001b[0m";

    /// <param name="colours">Without them (a file, a terminal that has none) the light modules are drawn: right on a dark background.</param>
    public static IReadOnlyList<string> Lines(string payload, bool colours)
    {
        using var code = QRCodeGenerator.GenerateQrCode(payload, QRCodeGenerator.ECCLevel.M);
        // The matrix has the quiet zone of four modules on each side already.
        var rows = code.ModuleMatrix;
        var lines = new List<string>();
        for (var y = 0; y < rows.Count; y += 2)
        {
            var line = new StringBuilder();
            for (var x = 0; x < rows[y].Count; x++)
            {
                var (upper, lower) = (rows[y][x], y + 1 < rows.Count && rows[y + 1][x]);
                line.Append(Block(upper == colours, lower == colours));
            }

            lines.Add(colours ? BlackOnWhite + line + Reset : line.ToString());
        }

        return lines;
    }

    private static char Block(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
}
