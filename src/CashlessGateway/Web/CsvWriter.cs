using System.Text;

namespace CashlessGateway.Web;

/// <summary>
/// CSV for spreadsheets: RFC 4180 (CRLF, quotes where they are needed), UTF-8 with a byte order mark, without which Excel takes
/// Japanese for something else; or Shift_JIS, which older systems of cities read. A cell that a spreadsheet would calculate is defused.
/// </summary>
public sealed class CsvWriter(Stream stream, CsvCharset charset = CsvCharset.Utf8)
{
    public const string MediaType = "text/csv";

    private const char Guard = '\'';

    private readonly Encoding _encoding = CsvCharsets.Encoding(charset);
    private bool _begun;

    public async Task Row(IReadOnlyList<string?> cells, CancellationToken cancellation = default)
    {
        var text = string.Join(',', cells.Select(Cell)) + "\r\n";
        if (charset == CsvCharset.ShiftJis) text = ShiftJis.Fold(text);
        await stream.WriteAsync(_encoding.GetBytes(_begun || charset != CsvCharset.Utf8 ? text : "\uFEFF" + text), cancellation);
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
        // '=HYPERLINK(…)' in a reason must not run on the desk of whoever opens the file (OWASP: CSV injection). A number below zero is a number.
        var safe = IsGuarded(text[0]) && !IsNegative(text) ? Guard + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The guard itself is guarded too, so that it can be taken off again.</summary>
    private static bool IsGuarded(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or Guard;

    private static bool IsNegative(string text) => text[0] == '-' && text.Length > 1 && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}

public enum CsvCharset
{
    Utf8,
    ShiftJis,
}

public static class CsvCharsets
{
    /// <summary>〓, the printer's mark for a character that is not in the case: what Shift_JIS lacks is seen to be missing.</summary>
    private const string Missing = "〓";

    /// <summary>UTF-8 where nothing is said.</summary>
    public static bool TryParse(string? text, out CsvCharset charset)
    {
        charset = string.Equals(text, "shift_jis", StringComparison.OrdinalIgnoreCase) ? CsvCharset.ShiftJis : CsvCharset.Utf8;
        return text is null || charset == CsvCharset.ShiftJis || string.Equals(text, "utf-8", StringComparison.OrdinalIgnoreCase);
    }

    public static string MediaType(CsvCharset charset) => charset switch
    {
        CsvCharset.Utf8 => $"{CsvWriter.MediaType}; charset=utf-8",
        CsvCharset.ShiftJis => $"{CsvWriter.MediaType}; charset=shift_jis",
    };

    internal static Encoding Encoding(CsvCharset charset) => charset switch
    {
        CsvCharset.Utf8 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CsvCharset.ShiftJis => ShiftJis.With(new EncoderReplacementFallback(Missing)),
    };
}
