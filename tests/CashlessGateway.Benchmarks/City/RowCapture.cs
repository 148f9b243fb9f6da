using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CashlessGateway.Benchmarks.Processes;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CashlessGateway.Benchmarks.City;

/// <summary>Lets the gateway take two cash payments in an empty city and looks which rows the second one added.</summary>
internal static partial class RowCapture
{
    public static async Task<CapturedRows> Run(Engine engine, string directory, string connection, string gatewayDll)
    {
        var keys = await BenchmarkCity.Found(engine, connection);
        await using var gateway = await GatewayProcess.Start(gatewayDll, engine, directory, connection, jobs: false);
        using var http = new HttpClient { BaseAddress = gateway.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", keys[0]);
        await Pay(http, await Owe(http));

        await using var database = Connect(engine, connection);
        var atFirst = await Rows.Read(database, engine);
        var receivable = await Owe(http);
        var owed = await Rows.Read(database, engine);
        using var payment = await Pay(http, receivable);
        var paid = await Rows.Read(database, engine);
        var known = Known.Of(receivable, payment.RootElement);
        return new CapturedRows(
            paid.Since(owed, atFirst, known, ["receivable", "receivable_line"]),
            paid.Since(owed, owed, known, null));
    }

    private static DbConnection Connect(Engine engine, string connection) =>
        engine == Engine.Sqlite ? new SqliteConnection(connection) : new NpgsqlConnection(connection);

    private static async Task<string> Owe(HttpClient http)
    {
        using var answer = await Post(http, "/v1/receivables", $$"""{"kind":"counterSale","place":"{{BenchmarkCity.Place(0)}}","lines":[{"fee":"{{BenchmarkCity.Fee}}"}]}""");
        return answer.RootElement.GetProperty("id").GetString()!;
    }

    private static Task<JsonDocument> Pay(HttpClient http, string receivable) => Post(http, "/v1/payments", Load.PaymentRequests.Body(receivable, BenchmarkCity.Place(0)));

    private static async Task<JsonDocument> Post(HttpClient http, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode == 201 ? JsonDocument.Parse(text) : throw new BenchmarkException($"POST {path} was answered {(int)response.StatusCode}: {text}");
    }

    /// <summary>What is known of the second payment, so that its values can be told apart in the rows.</summary>
    private sealed record Known(string Receivable, string Payment, string Session, string Date, long Now)
    {
        private readonly Dictionary<string, string> _others = new(StringComparer.Ordinal);

        public static Known Of(string receivable, JsonElement payment) => new(
            receivable[4..],
            payment.GetProperty("id").GetString()![4..],
            payment.GetProperty("session").GetString()![4..],
            payment.GetProperty("businessDate").GetString()!,
            payment.GetProperty("createdAt").GetDateTimeOffset().ToUnixTimeMilliseconds());

        public string WithHoles(string text)
        {
            var marked = UlidWord().Replace(text, match => Holes.Mark(HoleOf(match.Value)));
            marked = ReceiptWord().Replace(marked, $"\"receiptNumber\":{Holes.Mark(Holes.Receipt)}");
            return marked.Replace(BenchmarkCity.Place(0), Holes.Mark(Holes.Place), StringComparison.Ordinal).Replace(Date, Holes.Mark(Holes.Date), StringComparison.Ordinal);
        }

        private string HoleOf(string id)
        {
            if (id == Receivable) return Holes.Receivable;
            if (id == Payment) return Holes.Payment;
            if (id == Session) return Holes.Session;
            if (id == BenchmarkCity.Client(0)) return Holes.Client;
            if (!_others.TryGetValue(id, out var hole)) _others.Add(id, hole = Holes.Other(_others.Count));
            return hole;
        }

        public bool IsNow(long number) => Math.Abs(number - Now) < 60_000;
    }

    /// <summary>Everything in a (tiny) database.</summary>
    private sealed class Rows
    {
        private readonly Dictionary<string, Dictionary<string, IDictionary<string, object?>>> _tables = new(StringComparer.Ordinal);

        public static async Task<Rows> Read(DbConnection database, Engine engine)
        {
            var rows = new Rows();
            var tables = await database.QueryAsync<string>(engine == Engine.Sqlite
                ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                : "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
            foreach (var table in tables.Order(StringComparer.Ordinal))
                rows._tables[table] = (await database.QueryAsync($"select * from {table}")).Cast<IDictionary<string, object?>>().ToDictionary(Print, row => row, StringComparer.Ordinal);
            return rows;
        }

        /// <summary>The rows of each table that has grown since <paramref name="growth"/> and that were not there in <paramref name="before"/>.</summary>
        public List<CapturedRow> Since(Rows before, Rows growth, Known known, string[]? only)
        {
            var captured = new List<CapturedRow>();
            foreach (var (table, rows) in _tables)
            {
                if (only is not null && !only.Contains(table, StringComparer.Ordinal)) continue;
                var more = rows.Count - growth._tables[table].Count;
                if (more <= 0) continue;
                var added = rows.Where(row => only is null ? !before._tables[table].ContainsKey(row.Key) : row.Key.Contains(known.Receivable, StringComparison.Ordinal)).Select(row => row.Value).ToList();
                if (added.Count != more) throw new BenchmarkException($"Table {table} grew by {more} rows and {added.Count} are new.");
                captured.AddRange(added.Select(row => new CapturedRow(table, row.Select(column => CellOf(column.Key, column.Value, known)).ToList())));
            }

            return captured;
        }

        private static Cell CellOf(string column, object? value, Known known) => value switch
        {
            null => new Cell(column, CellKind.Null),
            byte[] { Length: 32 } => new Cell(column, CellKind.Hash),
            byte[] bytes => new Cell(column, CellKind.Document, known.WithHoles(Encoding.UTF8.GetString(bytes))),
            string text => new Cell(column, CellKind.Text, known.WithHoles(text)),
            long when column == "receipt_number" => new Cell(column, CellKind.Receipt),
            long number when known.IsNow(number) => new Cell(column, CellKind.Now),
            long number => new Cell(column, CellKind.Number, Number: number),
            _ => throw new BenchmarkException($"Column {column} holds a {value.GetType().Name}."),
        };

        private static string Print(IDictionary<string, object?> row) =>
            string.Join('|', row.Values.Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex("(?<![0-9A-Z])01[0-9A-HJKMNP-TV-Z]{24}(?![0-9A-Z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UlidWord();

    [GeneratedRegex("\"receiptNumber\":[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReceiptWord();
}
