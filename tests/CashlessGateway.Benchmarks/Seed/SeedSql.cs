using System.Globalization;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Storage;

namespace CashlessGateway.Benchmarks.Seed;

/// <summary>
/// Captured rows as SQL over a row number i. The server makes the rows itself (insert … select), which is faster than sending
/// them, by COPY too.
/// </summary>
internal sealed class SeedSql(Engine engine)
{
    /// <summary>The rows i from From to To of one business date, spread over its opening hours from Begins on.</summary>
    public sealed record Stretch(int Day, string Date, long From, long To, long Begins, long StepMilliseconds);

    public static string RowNumber(long from, long to, Engine engine) => engine == Engine.Sqlite
        ? string.Create(CultureInfo.InvariantCulture, $"(with recursive n(i) as (select {from} union all select i + 1 from n where i < {to}) select i from n) n")
        : string.Create(CultureInfo.InvariantCulture, $"generate_series({from}::bigint, {to}::bigint) n(i)");

    public string Insert(CapturedRow row, Stretch stretch)
    {
        var cells = row.Cells.Where(cell => cell.Kind != CellKind.Null).ToList();
        return $"""
            insert into {row.Table} ({string.Join(", ", cells.Select(cell => cell.Column))})
            select {string.Join(", ", cells.Select(cell => Value(cell, stretch)))}
            from {RowNumber(stretch.From, stretch.To, engine)}
            """;
    }

    /// <summary>SQLite keeps the answers in the order of their random keys: written in that order they take minutes less.</summary>
    public string InsertSorted(CapturedRow row, Stretch stretch)
    {
        var cells = row.Cells.Where(cell => cell.Kind != CellKind.Null).ToList();
        return $"""
            insert into {row.Table} ({string.Join(", ", cells.Select(cell => cell.Column))})
            select {string.Join(", ", cells.Select(cell => cell.Column == "key_hash" ? "k" : Value(cell, stretch)))}
            from (select i, {Hash(0)} as k from {RowNumber(stretch.From, stretch.To, engine)} order by i % {BenchmarkCity.Clients}, k)
            """;
    }

    public string Value(Cell cell, Stretch stretch) => cell.Kind switch
    {
        CellKind.Number => cell.Number.ToString(CultureInfo.InvariantCulture),
        CellKind.Text => Text(cell.Text!, stretch),
        CellKind.Document => engine == Engine.Sqlite ? $"cast({Text(cell.Text!, stretch)} as blob)" : $"convert_to({Text(cell.Text!, stretch)}, 'UTF8')",
        CellKind.Hash => Hash(cell.Column.Length),
        CellKind.Now => string.Create(CultureInfo.InvariantCulture, $"{stretch.Begins} + (i - {stretch.From}) * {stretch.StepMilliseconds}"),
        CellKind.Receipt => Receipt(stretch),
        CellKind.Null => "null",
    };

    public string Hash(int salt) => engine == Engine.Sqlite ? "randomblob(32)" : string.Create(CultureInfo.InvariantCulture, $"sha256(convert_to('{salt}-' || i, 'UTF8'))");

    /// <summary>Digits are letters of an id too.</summary>
    public string Id(char kind, string number) => engine == Engine.Sqlite
        ? $"'01J0{kind}' || printf('%021d', {number})"
        : $"'01J0{kind}' || lpad(({number})::text, 21, '0')";

    public string Place => engine == Engine.Sqlite
        ? $"'madoguchi-' || printf('%02d', i % {BenchmarkCity.Places} + 1)"
        : $"'madoguchi-' || lpad((i % {BenchmarkCity.Places} + 1)::text, 2, '0')";

    public string Session(int day) => Id('S', string.Create(CultureInfo.InvariantCulture, $"{day} * {BenchmarkCity.Places} + i % {BenchmarkCity.Places}"));

    private static string Receipt(Stretch stretch) => string.Create(CultureInfo.InvariantCulture, $"(i - {stretch.From}) / {BenchmarkCity.Places} + 1");

    private string Text(string text, Stretch stretch)
    {
        var parts = Holes.Split(text);
        var pieces = parts.Select((part, position) => position % 2 == 0 ? Literal(part) : Hole(part, stretch)).Where(piece => piece != "''").ToList();
        return pieces.Count == 0 ? "''" : $"({string.Join(" || ", pieces)})";
    }

    private string Hole(string hole, Stretch stretch) => hole switch
    {
        Holes.Receivable => Id('R', "i"),
        Holes.Payment => Id('P', "i"),
        Holes.Client => Id('K', $"i % {BenchmarkCity.Clients}"),
        Holes.Session => Session(stretch.Day),
        Holes.Place => Place,
        Holes.Date => Literal(stretch.Date),
        Holes.Receipt => $"({Receipt(stretch)})",
        _ => Id("ABCDEFGH"[int.Parse(hole["id".Length..], CultureInfo.InvariantCulture)], "i"),
    };

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
