using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Ledger;

public class BalancesTests
{
    [Theory, EachEngine]
    public async Task Balances_count_the_days_up_to_the_one_asked_for(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        await books.Book(100, Books.Today);
        await books.Book(20, Books.Today.AddDays(1));
        await books.Book(3, Books.Today.AddDays(2));
        await books.Seal();

        var balances = await books.Balances.At(TestStore.City, Books.Today.AddDays(1), knownAt: null);

        Assert.Equal([("cash/shimin-1", new Yen(120)), ("revenue/01-13-02/shimin-1", new Yen(-120))], balances.Accounts.Select(row => (row.Account, row.Balance)));
        Assert.True(balances.Agrees);
        Assert.False(balances.Provisional);
    }

    [Theory, EachEngine]
    public async Task What_was_known_at_a_sealed_moment_never_changes_again(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        await books.BookAndSeal(100);
        var then = (await books.Sealer.Head(TestStore.City))!.SealedAt;
        store.Time.Advance(TimeSpan.FromMinutes(1));
        await books.BookAndSeal(20);
        await books.Book(3);

        var balances = await books.Balances.At(TestStore.City, Books.Today, then);

        Assert.Equal((new Yen(100), false, then), (balances.Debit, balances.Provisional, balances.KnownAt));
    }

    [Theory, EachEngine]
    public async Task Beyond_the_last_block_the_answer_is_provisional_and_counts_what_waits(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        await books.BookAndSeal(100);
        store.Time.Advance(TimeSpan.FromSeconds(2));
        await books.Book(20);
        var then = store.Clock.Now();
        store.Time.Advance(TimeSpan.FromSeconds(2));
        await books.Book(3);

        var balances = await books.Balances.At(TestStore.City, Books.Today, then);

        Assert.Equal((new Yen(120), true), (balances.Debit, balances.Provisional));
    }

    [Fact]
    public async Task Without_a_moment_everything_counts_and_waiting_entries_make_it_provisional()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        await books.BookAndSeal(100);
        await books.Book(20);

        var balances = await books.Balances.At(TestStore.City, Books.Today, knownAt: null);

        Assert.Equal((new Yen(120), true, store.Clock.Now()), (balances.Debit, balances.Provisional, balances.KnownAt));
    }

    [Fact]
    public async Task A_prefix_picks_its_accounts_and_no_city_sees_anothers()
    {
        await using var store = await TestStore.Open();
        await store.AddCity("142018");
        var books = new Books(store);
        await books.Book(100);
        await books.Book(7, place: "shimin-2");
        await books.Book(5_000, city: "142018");

        var balances = await books.Balances.At(TestStore.City, Books.Today, knownAt: null, "cash/");

        Assert.Equal([("cash/shimin-1", new Yen(100)), ("cash/shimin-2", new Yen(7))], balances.Accounts.Select(row => (row.Account, row.Balance)));
    }
}
