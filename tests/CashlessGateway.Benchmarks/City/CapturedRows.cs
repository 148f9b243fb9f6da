using System.Text.Json;

namespace CashlessGateway.Benchmarks.City;

internal enum CellKind
{
    Null,
    Number,

    /// <summary>Text with holes.</summary>
    Text,

    /// <summary>Bytes that are UTF-8 text with holes: a kept answer.</summary>
    Document,

    /// <summary>Random bytes: a hash.</summary>
    Hash,

    /// <summary>The instant of the payment.</summary>
    Now,

    /// <summary>The place's running number of the day.</summary>
    Receipt,
}

internal sealed record Cell(string Column, CellKind Kind, string? Text = null, long Number = 0);

internal sealed record CapturedRow(string Table, IReadOnlyList<Cell> Cells);

/// <summary>
/// The rows that the gateway itself wrote for one receivable and one cash payment, with holes where the next one has other
/// values. The floor and the seed are made of them, so that a new column or row of the gateway is theirs too from that day on.
/// </summary>
internal sealed record CapturedRows(IReadOnlyList<CapturedRow> Receivable, IReadOnlyList<CapturedRow> Payment)
{
    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this));

    public static CapturedRows Load(string file) => JsonSerializer.Deserialize<CapturedRows>(File.ReadAllText(file)) ?? throw new BenchmarkException($"{file} holds no rows.");

    /// <summary>The answer of the payment, as it is kept under its idempotency key.</summary>
    public string Answer => Payment.SelectMany(row => row.Cells).Single(cell => cell.Kind == CellKind.Document).Text!;

    public string CountOfPayment => $"{Payment.Count} rows ({string.Join(", ", Payment.GroupBy(row => row.Table).Select(table => table.Count() == 1 ? table.Key : $"{table.Key} ×{table.Count()}"))})";
}

/// <summary>Names of the holes, and the marks around them.</summary>
internal static class Holes
{
    public const string Receivable = "receivable";
    public const string Payment = "payment";
    public const string Session = "session";
    public const string Place = "place";
    public const string Client = "client";
    public const string Date = "date";
    public const string Receipt = "receipt";

    /// <summary>The entry, the events: each id that only this payment has.</summary>
    public static string Other(int number) => $"id{number}";

    public static string Mark(string hole) => $"⟦{hole}⟧";

    /// <summary>Literal, hole, literal, hole, …, literal.</summary>
    public static string[] Split(string text) => text.Split('⟦', '⟧');
}
