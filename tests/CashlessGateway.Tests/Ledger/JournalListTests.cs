using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Ledger;

public class JournalListTests
{
    [Theory, EachEngine]
    public async Task Pages_are_newest_first_and_stable_while_entries_are_added(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        var ids = new List<string>();
        for (var amount = 1; amount <= 5; amount++)
        {
            ids.Add(await books.Book(amount));
            if (amount == 3) store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await books.List.Page(TestStore.City, new JournalQuestion(null, null, null, 2));
        await books.Book(99);
        var second = await books.List.Page(TestStore.City, new JournalQuestion(null, null, null, 2, first.Next));
        var third = await books.List.Page(TestStore.City, new JournalQuestion(null, null, null, 2, second.Next));

        Assert.Equal(Enumerable.Reverse(ids), first.Entries.Concat(second.Entries).Concat(third.Entries).Select(entry => entry.Id));
        Assert.Null(third.Next);
        Assert.Equal([new Yen(5), Yen.Zero], first.Entries[0].Postings.Select(posting => posting.Debit));
    }

    [Theory, EachEngine]
    public async Task Entries_are_found_by_account_by_prefix_and_by_day(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        var one = await books.Book(1, place: "shimin-1");
        var ten = await books.Book(2, place: "shimin-10");
        var later = await books.Book(3, Books.Today.AddDays(1), place: "shimin-1");

        Assert.Equal([later, one], await Found("cash/shimin-1"));
        Assert.Equal([later, ten, one], await Found("cash/"));
        Assert.Equal([later], await Found("cash/", from: Books.Today.AddDays(1)));
        Assert.Equal([ten, one], await Found(null, to: Books.Today));
        Assert.Empty(await Found("cash"));

        async Task<IEnumerable<string>> Found(string? account, BusinessDate? from = null, BusinessDate? to = null) =>
            (await books.List.Page(TestStore.City, new JournalQuestion(account, from, to, 200))).Entries.Select(entry => entry.Id);
    }
}
