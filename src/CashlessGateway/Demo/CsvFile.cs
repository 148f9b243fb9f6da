using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Demo;

/// <summary>
/// RFC 4180 with a header; columns are found by name, and each must be there. Strict on purpose: a file that is read
/// with a guess is a city with a wrong price. Whatever is wrong stops the start with file and line.
/// </summary>
public static class CsvFile
{
    public static List<CsvRow> Parse(string name, string text, params IReadOnlyList<string> columns)
    {
        var records = Records(name, text);
        if (records.Count == 0) throw Wrong(name, 1, "the header is missing.");
        var header = records[0].Fields;
        CheckHeader(name, header, columns);
        var rows = new List<CsvRow>();
        foreach (var (line, fields) in records.Skip(1))
        {
            if (fields.Count != header.Count) throw Wrong(name, line, $"it has {fields.Count} columns, the header has {header.Count}.");
            rows.Add(new CsvRow(name, line, header.Zip(fields).ToDictionary(field => field.First, field => field.Second, StringComparer.Ordinal)));
        }

        return rows;
    }

    /// <summary>The rows as they are; two of the same <paramref name="name"/> stop the start.</summary>
    public static List<CsvRow> Unique(List<CsvRow> rows, Func<CsvRow, string> name)
    {
        var first = new Dictionary<string, CsvRow>(StringComparer.Ordinal);
        foreach (var row in rows)
            if (!first.TryAdd(name(row), row)) throw row.Wrong($"'{name(row)}' stands at line {first[name(row)].Line} already.");
        return rows;
    }

    public static StartupException Wrong(string file, int line, string sentence) => new($"{file}, line {line}: {sentence}");

    private static List<CsvRecord> Records(string name, string text)
    {
        try
        {
            return CsvReader.Read(text);
        }
        catch (CsvFaultException fault)
        {
            throw Wrong(name, fault.Line, fault.Words.En);
        }
    }

    private static void CheckHeader(string name, IReadOnlyList<string> header, IReadOnlyList<string> columns)
    {
        if (header.Except(columns, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw Wrong(name, 1, $"the column '{unknown}' is unknown; the columns are {string.Join(", ", columns)}.");
        if (columns.Except(header, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            throw Wrong(name, 1, $"the column '{missing}' is missing.");
        if (header.CountBy(column => column, StringComparer.Ordinal).FirstOrDefault(column => column.Value > 1) is { Key: { } twice })
            throw Wrong(name, 1, $"the column '{twice}' is there twice.");
    }
}

/// <summary>One row, with the line it begins at.</summary>
public sealed class CsvRow(string file, int line, IReadOnlyDictionary<string, string> fields)
{
    public int Line => line;

    public StartupException Wrong(string sentence) => CsvFile.Wrong(file, line, sentence);

    /// <summary>As it stands, empty or not.</summary>
    public string Field(string column) => fields[column];

    public string? Optional(string column) => fields[column] is { Length: > 0 } text ? text : null;

    public string Text(string column) => Optional(column) ?? throw Wrong($"{column} is empty.");

    public BusinessDate Date(string column) =>
        BusinessDate.TryParse(Text(column), out var date) ? date : throw Wrong($"{column} is '{Text(column)}', not a day like 2026-04-01.");

    public BusinessDate? OptionalDate(string column) => Optional(column) is null ? null : Date(column);

    public long Whole(string column, long least, long most) =>
        long.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Wrong($"{column} is '{Text(column)}', not a whole number from {least} to {most}.");

    public bool Flag(string column) => Whole(column, 0, 1) == 1;

    public T Choice<T>(string column) where T : struct, Enum => Member<T>(column, Text(column));

    /// <summary>Joined by '|'.</summary>
    public List<string> List(string column) => [.. Text(column).Split('|')];

    public List<T> Choices<T>(string column) where T : struct, Enum => List(column).ConvertAll(name => Member<T>(column, name));

    /// <summary>The text, when it is one of <paramref name="known"/>, which <paramref name="definedIn"/> defines.</summary>
    public string Known(string column, IReadOnlySet<string> known, string definedIn) => Known(column, Text(column), known, definedIn);

    public List<string> KnownList(string column, IReadOnlySet<string> known, string definedIn) => List(column).ConvertAll(name => Known(column, name, known, definedIn));

    private string Known(string column, string name, IReadOnlySet<string> known, string definedIn) =>
        known.Contains(name) ? name : throw Wrong($"{column} '{name}' is not defined in {definedIn}.");

    public T Member<T>(string column, string name) where T : struct, Enum =>
        Names.TryParse<T>(name, out var member) ? member : throw Wrong($"{column} is '{name}', not one of {string.Join(", ", Names.All<T>())}.");
}
