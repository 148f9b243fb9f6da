using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CashlessGateway.Benchmarks.Seed;

/// <summary>
/// Fills a founded city with payments of past days. Days are closed, entries are in blocks (whose hashes are made up), events
/// have gone out.
/// </summary>
internal sealed class Seeder(Engine engine, string connection, CapturedRows rows)
{
    private const int Days = 20;
    private const int BlockItems = 500;

    /// <summary>Working hours.</summary>
    private const long DayMilliseconds = 8 * 3_600_000;

    /// <summary>Half-used indexes and triggers cost more than they tell while nothing else is there; they come back before the first payment.</summary>
    private readonly List<string> _restore = [];

    private readonly SeedSql _sql = new(engine);

    public async Task Fill(long payments, long open)
    {
        await using DbConnection database = engine == Engine.Sqlite ? new SqliteConnection(connection) : new NpgsqlConnection(connection + ";Pooling=False;Command Timeout=0");
        await database.OpenAsync();
        var watch = Stopwatch.StartNew();
        await PutAside(database);
        foreach (var day in Stretches(payments)) await FillDay(database, day);
        if (payments > 0) await FillAnswers(database, payments);
        if (payments > 0) await FillBlocks(database, payments);
        await Owe(database, payments, open);
        await Restore(database);
        Console.Error.WriteLine(FormattableString.Invariant($"seeded {payments:N0} payments and {open:N0} open receivables in {watch.Elapsed.TotalSeconds:N0} s"));
    }

    /// <summary>The open receivables' ids, one a line.</summary>
    public static void WriteIds(string file, long payments, long open)
    {
        using var writer = new StreamWriter(file);
        for (var i = payments; i < payments + open; i++) writer.Write(string.Create(CultureInfo.InvariantCulture, $"rcv_01J0R{i:D21}\n"));
    }

    private static IEnumerable<SeedSql.Stretch> Stretches(long payments)
    {
        var today = new Clock(TimeProvider.System).Today();
        var each = (payments + Days - 1) / Days;
        for (var day = 0; day < Days && day * each < payments; day++)
        {
            var date = today.AddDays(day - Days);
            yield return new SeedSql.Stretch(day, date.ToString(), day * each, Math.Min((day + 1) * each, payments) - 1, date.Begins.Milliseconds + (9 * 3_600_000), Math.Max(1, DayMilliseconds / each));
        }
    }

    private async Task FillDay(DbConnection database, SeedSql.Stretch day)
    {
        await using var transaction = await database.BeginTransactionAsync();
        // Answers are written later in one go; entries are sealed and events are out, so these two have no rows.
        foreach (var row in rows.Receivable.Concat(rows.Payment.Where(row => row.Table is not ("unsealed" or "outbox" or "idempotency"))))
            await database.ExecuteAsync(_sql.Insert(row, day), transaction: transaction, commandTimeout: 0);
        await database.ExecuteAsync($"""
            insert into place_day (municipality, place, date, state, next_receipt, opened_at, closed_at, closed_by)
            select '{BenchmarkCity.Municipality}', {_sql.Place}, '{day.Date}', 'closed', {(day.To - day.From) / BenchmarkCity.Places + 2}, {day.Begins}, {day.Begins + DayMilliseconds}, 'automatic'
            from {SeedSql.RowNumber(0, BenchmarkCity.Places - 1, engine)}
            """, transaction: transaction);
        await database.ExecuteAsync($"""
            insert into session (municipality, place, date, number, id, drawer, state, sales, float_amount, opened_at, opened_by, closed_at, closed_by)
            select '{BenchmarkCity.Municipality}', {_sql.Place}, '{day.Date}', 1, {_sql.Session(day.Day)}, 'auto-{day.Date}', 'closed', {(day.To - day.From) / BenchmarkCity.Places + 1}, 0, {day.Begins}, 'automatic', {day.Begins + DayMilliseconds}, 'automatic'
            from {SeedSql.RowNumber(0, BenchmarkCity.Places - 1, engine)}
            """, transaction: transaction);
        await transaction.CommitAsync();
    }

    private async Task FillAnswers(DbConnection database, long payments)
    {
        var answer = rows.Payment.Single(row => row.Table == "idempotency");
        var all = Stretches(payments).Last() with { From = 0, To = payments - 1 };
        await database.ExecuteAsync(engine == Engine.Sqlite ? _sql.InsertSorted(answer, all) : _sql.Insert(answer, all), commandTimeout: 0);
    }

    private async Task FillBlocks(DbConnection database, long payments)
    {
        var entry = rows.Payment.Single(row => row.Table == "unsealed").Cells.Single(cell => cell.Column == "item");
        var last = Stretches(payments).Last();
        await database.ExecuteAsync($"""
            insert into sealed (municipality, chain, block, position, item, item_hash)
            select '{BenchmarkCity.Municipality}', 'journal', i / {BlockItems} + 1, i % {BlockItems}, {_sql.Value(entry, last)}, {_sql.Hash(1)}
            from {SeedSql.RowNumber(0, payments - 1, engine)}
            """, commandTimeout: 0);
        await database.ExecuteAsync($"""
            insert into seal_block (municipality, chain, block, items, previous_hash, hash, sealed_at)
            select '{BenchmarkCity.Municipality}', 'journal', i + 1, {BlockItems}, {_sql.Hash(2)}, {_sql.Hash(3)}, {last.Begins} + i
            from {SeedSql.RowNumber(0, (payments - 1) / BlockItems, engine)}
            """, commandTimeout: 0);
    }

    private async Task Owe(DbConnection database, long payments, long open)
    {
        var clock = new Clock(TimeProvider.System);
        var now = new SeedSql.Stretch(Days, clock.Today().ToString(), payments, payments + open - 1, clock.Now().Milliseconds, 0);
        foreach (var row in rows.Receivable) await database.ExecuteAsync(_sql.Insert(row, now), commandTimeout: 0);
    }

    private async Task PutAside(DbConnection database)
    {
        if (engine == Engine.Sqlite)
        {
            await database.ExecuteAsync("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000; pragma temp_store = file");
            foreach (var (name, text) in (await database.QueryAsync<(string, string)>("select name, sql from sqlite_master where type = 'trigger'")).ToList())
            {
                await database.ExecuteAsync($"drop trigger {name}");
                _restore.Add(text);
            }

            return;
        }

        foreach (var (name, text) in (await database.QueryAsync<(string, string)>("select indexname::text, indexdef from pg_indexes where schemaname = 'public' and indexname not in (select conname from pg_constraint)")).ToList())
        {
            await database.ExecuteAsync($"drop index {name}");
            _restore.Add(text);
        }

        string[] big = [.. rows.Receivable.Concat(rows.Payment).Select(row => row.Table).Distinct(StringComparer.Ordinal), "sealed"];
        var keys = await database.QueryAsync<(string Table, string Name, string Text)>(
            "select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) from pg_constraint where contype = 'p' and conrelid::regclass::text = any(@big)", new { big });
        foreach (var key in keys.ToList())
        {
            await database.ExecuteAsync($"alter table {key.Table} drop constraint {key.Name}");
            _restore.Insert(0, $"alter table {key.Table} add constraint {key.Name} {key.Text}");
        }

        await database.ExecuteAsync("set maintenance_work_mem = '1GB'");
    }

    private async Task Restore(DbConnection database)
    {
        foreach (var text in _restore) await database.ExecuteAsync(text, commandTimeout: 0);
        if (engine == Engine.Sqlite) await database.ExecuteAsync("pragma journal_mode = wal", commandTimeout: 0);
        else await database.ExecuteAsync("vacuum analyze", commandTimeout: 0);
        if (engine == Engine.PostgreSql) await database.ExecuteAsync("checkpoint;", commandTimeout: 0);
    }
}
