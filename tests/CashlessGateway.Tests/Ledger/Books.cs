using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Ledger;

/// <summary>A city's journal with the few words that these tests need.</summary>
internal sealed class Books(TestStore store)
{
    public Sealer Sealer { get; } = new(store.Database, store.Clock, SealedChain.OfJournal);
    public Anchors Anchors { get; } = new(Path.Combine(store.Directory, "anchors.log"));
    public Balances Balances { get; } = new(store.Database, store.Clock);
    public JournalList List { get; } = new(store.Database);

    public static BusinessDate Today { get; } = BusinessDate.Of(2026, 11, 21);

    /// <summary>Fees taken in cash at a counter, in an entry of two postings.</summary>
    public async Task<string> Book(long amount, BusinessDate? day = null, string place = "shimin-1", (string Id, string Words)? note = null, string city = TestStore.City)
    {
        var dimensions = new Dimensions("01", place, "市民課", FiscalYear.Of(day ?? Today), CarriedOver: false);
        var salt = Notes.NewSalt();
        var entry = new JournalEntry(store.Ids.Next(), city, EntryKind.CashDifference, day ?? Today, day ?? Today, store.Clock.Now(),
            [Posting.Dr(Account.Cash(place), new Yen(amount), dimensions), Posting.Cr(Account.Revenue("01-13-02", place), new Yen(amount), dimensions, line: 0)])
        { Note = note is { } chained ? new NoteReference(chained.Id, Notes.Hash(salt, chained.Words)) : null };
        await store.Database.WriteSurely(async unit =>
        {
            if (note is { } words) await Notes.Write(unit, city, words.Id, salt, words.Words, entry.RecordedAt);
            await Journal.Post(unit, entry);
            return 0;
        }, ReadBack.SafeToRepeat);
        return entry.Id;
    }

    public async Task<string[]> BookAndSeal(params long[] amounts)
    {
        var ids = new List<string>();
        foreach (var amount in amounts) ids.Add(await Book(amount));
        await Seal();
        return [.. ids];
    }

    public Task<int> Seal() => Sealer.Seal(TestStore.City);

    public Task<Verification> Verify() => new Verifier(store.Database, Anchors).Verify(TestStore.City);

    public async Task<Finding> FirstFinding()
    {
        var verification = await Verify();
        Assert.False(verification.Whole);
        return verification.Findings[0];
    }
}
