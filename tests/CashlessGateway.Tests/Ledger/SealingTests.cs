using System.Globalization;
using CashlessGateway.Ledger;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Ledger;

public class SealingTests
{
    [Theory, EachEngine]
    public async Task What_was_booked_is_sealed_in_blocks_and_verifies(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        await books.BookAndSeal(100, 200, 300);
        store.Time.Advance(TimeSpan.FromSeconds(5));
        await books.BookAndSeal(400);
        await books.Book(500);

        var verification = await books.Verify();

        Assert.Empty(verification.Findings);
        Assert.Equal((true, 2, 4, 1), (verification.Whole, verification.Blocks, verification.Entries, verification.Unsealed));
        Assert.Equal((await books.Sealer.Head(TestStore.City))!.Hex, verification.HeadHash);
    }

    [Fact]
    public async Task An_empty_journal_has_no_head_and_is_whole()
    {
        await using var store = await TestStore.Open();
        var verification = await new Books(store).Verify();
        Assert.True(verification.Whole);
        Assert.Null(verification.HeadHash);
    }

    [Fact]
    public async Task More_entries_than_a_block_holds_are_sealed_in_several()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        await Task.WhenAll(Enumerable.Range(1, Sealer.MostItems + 11).Select(amount => books.Book(amount)));

        Assert.Equal(Sealer.MostItems + 11, await books.Seal());

        var verification = await books.Verify();
        Assert.Empty(verification.Findings);
        Assert.Equal((2, Sealer.MostItems + 11), (verification.Blocks, verification.Entries));
    }

    [Theory, EachEngine]
    public async Task Two_sealers_at_once_seal_each_entry_exactly_once(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        for (var amount = 1; amount <= 120; amount++)
        {
            await books.Book(amount);
            if (amount % 10 == 0) await Task.WhenAll(books.Seal(), new Sealer(store.Database, store.Clock, SealedChain.OfJournal).Seal(TestStore.City), books.Seal());
        }

        await books.Seal();

        var verification = await books.Verify();
        Assert.Empty(verification.Findings);
        Assert.Equal((120, 0), (verification.Entries, verification.Unsealed));
        Assert.Equal(120, await store.Scalar<long>("select count(distinct item) from sealed"));
    }

    [Fact]
    public async Task A_block_is_never_as_old_as_the_one_before_it_even_when_this_clock_is_behind()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        await books.BookAndSeal(1);
        var first = await books.Sealer.Head(TestStore.City);
        var behind = new FakeTime();
        behind.Advance(TimeSpan.FromHours(-1));
        await books.Book(2);

        await new Sealer(store.Database, new CashlessGateway.Money.Clock(behind), SealedChain.OfJournal).Seal(TestStore.City);

        Assert.True((await books.Sealer.Head(TestStore.City))!.SealedAt > first!.SealedAt);
        Assert.True((await books.Verify()).Whole);
    }

    [Fact]
    public async Task Cities_have_chains_of_their_own()
    {
        await using var store = await TestStore.Open();
        await store.AddCity("142018");
        var books = new Books(store);
        await books.BookAndSeal(100);
        await books.Book(100, city: "142018");

        Assert.Equal(1, await books.Sealer.Seal("142018"));

        Assert.NotEqual((await books.Sealer.Head(TestStore.City))!.Hex, (await books.Sealer.Head("142018"))!.Hex);
        Assert.Equal(1, (await books.Verify()).Entries);
    }

    [Fact]
    public async Task A_waiting_row_that_points_to_nothing_does_not_hold_up_those_behind_it()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        for (var row = 0; row < Sealer.MostItems; row++)
            await store.Execute("insert into unsealed (municipality, chain, item) values (@city, 'journal', @item)", new { city = TestStore.City, item = row.ToString("D26", CultureInfo.InvariantCulture) });
        await books.Book(100);

        Assert.Equal(1, await books.Seal());
        Assert.Equal(FindingCode.UnsealedWithoutEntry, (await books.FirstFinding()).Code);
    }
}
