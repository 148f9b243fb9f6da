using System.Text;

namespace CashlessGateway.Web;

/// <summary>
/// CSV for spreadsheets: RFC 4180 (CRLF, quotes where they are needed), UTF-8 with a byte order mark, without which Excel takes
/// Japanese for something else. A cell that a spreadsheet would calculate is defused.
/// </summary>
public sealed class CsvWriter(Stream stream)
{
    public const string MediaType = "text/csv";

    private const char Guard = '\'';

    private bool _begun;

    public async Task Row(IReadOnlyList<string?> cells, CancellationToken cancellation = default)
    {
        var text = string.Join(',', cells.Select(Cell)) + "\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_begun ? text : "\uFEFF" + text), cancellation);
        _begun = true;
    }

    /// <summary>A whole file in memory, without a mark: for files of a few hundred lines.</summary>
    public static string Text(IEnumerable<IReadOnlyList<string?>> rows) => string.Concat(rows.Select(static row => string.Join(',', row.Select(Cell)) + "\r\n"));

    /// <summary>What a cell was before <see cref="Cell"/> defused it.</summary>
    public static string Unguarded(string cell) => cell.Length > 1 && cell[0] == Guard && IsGuarded(cell[1]) ? cell[1..] : cell;

    /// <summary>One cell as it is written. Pure.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // '=HYPERLINK(…)' in a reason must not run on the desk of whoever opens the file (OWASP: CSV injection).
        var safe = IsGuarded(text[0]) ? Guard + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The guard itself is guarded too, so that it can be taken off again.</summary>
    private static bool IsGuarded(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or Guard;
}
