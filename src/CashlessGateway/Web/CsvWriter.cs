using System.Text;

namespace CashlessGateway.Web;

/// <summary>
/// CSV for spreadsheets: RFC 4180 (CRLF, quotes where they are needed), UTF-8 with a byte order mark, without which Excel takes
/// Japanese for something else. A cell that a spreadsheet would calculate is defused.
/// </summary>
public sealed class CsvWriter(Stream stream)
{
    public const string MediaType = "text/csv";

    private bool _begun;

    public async Task Row(IReadOnlyList<string?> cells, CancellationToken cancellation = default)
    {
        var text = string.Join(',', cells.Select(Cell)) + "\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_begun ? text : "\uFEFF" + text), cancellation);
        _begun = true;
    }

    /// <summary>One cell as it is written. Pure.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // '=HYPERLINK(…)' in a reason must not run on the desk of whoever opens the file (OWASP: CSV injection).
        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
