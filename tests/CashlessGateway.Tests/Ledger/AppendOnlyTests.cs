using System.Data.Common;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Ledger;

public class AppendOnlyTests
{
    [Theory, EachEngine]
    public async Task The_database_refuses_to_change_what_was_written(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        await new Books(store).BookAndSeal(100);
        foreach (var table in new[] { "journal_entry", "posting", "sealed", "seal_block" })
        {
            await Refused(store, $"update {table} set municipality = municipality");
            await Refused(store, $"delete from {table}");
        }

        Assert.True((await new Books(store).Verify()).Whole);
    }

    [Theory]
    [InlineData("journal_entry")]
    [InlineData("posting")]
    [InlineData("sealed")]
    [InlineData("seal_block")]
    public async Task SQLite_refuses_insert_or_replace_too(string table)
    {
        await using var store = await TestStore.Open();
        await new Books(store).BookAndSeal(100);
        await Refused(store, $"insert or replace into {table} select * from {table}");
    }

    [Fact]
    public async Task PostgreSQL_refuses_truncate_too()
    {
        Assert.SkipWhen(Engines.WhyMissing(Engine.PostgreSql) is not null, $"{Engines.PostgreSqlVariable} is not set");
        await using var store = await TestStore.Open(Engine.PostgreSql);
        foreach (var table in new[] { "journal_entry", "posting", "sealed", "seal_block" }) await Refused(store, $"truncate {table}");
    }

    [Fact]
    public void An_entry_whose_debits_are_not_its_credits_cannot_be_made()
    {
        var dimensions = new Dimensions("01", "shimin-1", "市民課", new FiscalYear(2026), CarriedOver: false);
        Assert.Throws<InvalidOperationException>(() => new JournalEntry("1", TestStore.City, EntryKind.Capture, Books.Today, Books.Today, new Instant(0),
            [Posting.Dr(Account.Cash("shimin-1"), new Yen(100), dimensions), Posting.Cr(Account.Revenue("01", "shimin-1"), new Yen(99), dimensions)]));
    }

    private static async Task Refused(TestStore store, string text)
    {
        var error = await Assert.ThrowsAnyAsync<DbException>(() => store.Execute(text));
        Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
    }
}
