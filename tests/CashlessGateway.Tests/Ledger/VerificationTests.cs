using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Ledger;

public class VerificationTests
{
    [Theory, EachEngine]
    public async Task An_edited_amount_is_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        var entries = await books.BookAndSeal(100, 200, 300);
        await books.BookAndSeal(400);
        await store.DropGuards("posting");
        await store.Execute("update posting set debit = 999 where entry = @entry and debit > 0", new { entry = entries[1] });
        await store.Execute("update posting set credit = 999 where entry = @entry and credit > 0", new { entry = entries[1] });

        var verification = await books.Verify();

        var finding = Assert.Single(verification.Findings);
        Assert.Equal((FindingCode.EntryTouched, entries[1], 1L), (finding.Code, finding.Entry, finding.Block));
        Assert.False(verification.Whole);
    }

    [Theory, EachEngine]
    public async Task A_deleted_entry_is_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        var entries = await books.BookAndSeal(100, 200);
        await store.DropGuards("posting");
        await store.DropGuards("journal_entry");
        await store.Execute("delete from posting where entry = @entry", new { entry = entries[0] });
        await store.Execute("delete from journal_entry where id = @entry", new { entry = entries[0] });

        var finding = await books.FirstFinding();

        Assert.Equal((FindingCode.EntryMissing, entries[0], 1L), (finding.Code, finding.Entry, finding.Block));
    }

    [Theory, EachEngine]
    public async Task An_entry_inserted_behind_the_back_is_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        await books.BookAndSeal(100);
        var entry = await books.Book(200);
        await store.Execute("delete from unsealed where item = @entry", new { entry });

        var finding = await books.FirstFinding();

        Assert.Equal((FindingCode.EntryOutsideChain, entry), (finding.Code, finding.Entry));
    }

    [Fact]
    public async Task An_added_posting_is_named_as_touched_and_as_unbalanced()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        var entries = await books.BookAndSeal(100);
        await store.Execute("""
            insert into posting (municipality, entry, line, account, kaikei, place, section, fiscal_year, carried_over, debit, credit, receipt_date, business_date, recorded_at)
            values (@city, @entry, 9, 'cash/mine', '01', 'mine', 'x', 2026, 0, 5, 0, '2026-11-21', '2026-11-21', 0)
            """, new { city = TestStore.City, entry = entries[0] });

        Assert.Equal([FindingCode.EntryTouched, FindingCode.EntryUnbalanced], (await books.Verify()).Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task An_entry_edited_together_with_its_stored_hash_breaks_its_block()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        var entries = await books.BookAndSeal(100, 200);
        await store.DropGuards("journal_entry");
        await store.DropGuards("sealed");
        await store.Execute("update journal_entry set business_date = '2026-11-22' where id = @entry", new { entry = entries[0] });
        var stored = (await store.Database.Read(reader => SealedChain.OfJournal.Load(reader, TestStore.City, [entries[0]])))[0];
        await store.Execute("update sealed set item_hash = @hash where item = @entry", new { hash = SealHash.OfItem(stored.Canonical), entry = entries[0] });

        var finding = await books.FirstFinding();

        Assert.Equal((FindingCode.BlockBroken, entries[0], 1L), (finding.Code, finding.Entry, finding.Block));
    }

    [Fact]
    public async Task A_block_taken_out_of_the_middle_is_named()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        for (var amount = 1; amount <= 3; amount++) await books.BookAndSeal(amount);
        await store.DropGuards("seal_block");
        await store.Execute("delete from seal_block where block = 2");

        var verification = await books.Verify();

        Assert.Equal((FindingCode.BlockMissing, 2L), (verification.Findings[0].Code, verification.Findings[0].Block));
        Assert.Contains(verification.Findings, finding => finding.Code == FindingCode.BlockUnknown);
    }

    [Fact]
    public async Task A_chain_rewritten_from_some_block_on_is_unlinked_there()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        await books.BookAndSeal(1);
        await books.BookAndSeal(2);
        await store.DropGuards("seal_block");
        await store.Execute("update seal_block set sealed_at = sealed_at + 1, hash = @hash where block = 1", new { hash = new byte[32] });

        Assert.Equal(
            [(FindingCode.BlockBroken, 1L), (FindingCode.BlockUnlinked, 2L)],
            (await books.Verify()).Findings.Select(finding => (finding.Code, finding.Block!.Value)));
    }

    [Fact]
    public async Task A_chain_cut_at_its_end_disagrees_with_the_anchor_of_the_day()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        await books.BookAndSeal(100);
        await books.BookAndSeal(200);
        var head = (await books.Sealer.Head(TestStore.City))!;
        books.Anchors.Append(new Anchor(store.Clock.Now(), TestStore.City, Books.Today, "shimin-1", head.Block, head.Hex));
        Assert.True((await books.Verify()).Whole);
        foreach (var table in new[] { "seal_block", "sealed", "posting", "journal_entry" }) await store.DropGuards(table);
        await store.Execute("delete from posting where entry in (select item from sealed where block = 2)");
        await store.Execute("delete from journal_entry where id in (select item from sealed where block = 2)");
        await store.Execute("delete from sealed where block = 2");
        await store.Execute("delete from seal_block where block = 2");

        var finding = await books.FirstFinding();

        Assert.Equal((FindingCode.AnchorDiffers, 2L), (finding.Code, finding.Block));
    }

    [Fact]
    public async Task A_whole_chain_rewritten_with_right_hashes_disagrees_with_the_anchor_of_the_day()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        var entries = await books.BookAndSeal(100);
        var head = (await books.Sealer.Head(TestStore.City))!;
        books.Anchors.Append(new Anchor(store.Clock.Now(), TestStore.City, Books.Today, "shimin-1", head.Block, head.Hex));
        foreach (var table in new[] { "seal_block", "sealed", "journal_entry" }) await store.DropGuards(table);
        await store.Execute("delete from sealed");
        await store.Execute("delete from seal_block");
        await store.Execute("update journal_entry set business_date = '2026-12-24'");
        await store.Execute("insert into unsealed (municipality, chain, item) values (@city, 'journal', @entry)", new { city = TestStore.City, entry = entries[0] });
        await books.Seal();

        Assert.Equal(FindingCode.AnchorDiffers, (await books.FirstFinding()).Code);
    }

    [Fact]
    public async Task An_edited_note_is_touched_and_a_redacted_one_is_redacted()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        var (kept, edited, redacted) = (NewNote("釣銭を数え直した"), NewNote("レシートを渡し忘れた"), NewNote("山田太郎さんの申し出"));
        await books.Book(100, note: kept);
        var entry = await books.Book(200, note: edited);
        await books.Book(300, note: redacted);
        await books.Seal();
        Assert.True((await books.Verify()).Whole);

        Assert.True(await store.Database.WriteSurely(unit => Notes.Redact(unit, TestStore.City, redacted.Id, store.Clock.Now()), ReadBack.SafeToRepeat));
        var whole = await books.Verify();
        Assert.Equal((true, 1L), (whole.Whole, whole.Redacted));

        await store.Execute("update note set body = 'x' where id = @id", new { id = edited.Id });
        var finding = await books.FirstFinding();
        Assert.Equal((FindingCode.NoteTouched, entry), (finding.Code, finding.Entry));

        (string Id, string Words) NewNote(string words) => (store.Ids.Next(), words);
    }

    [Theory, EachEngine]
    public async Task A_captured_payment_without_its_entry_is_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var books = new Books(store);
        var payment = store.Ids.Next();
        await store.Execute("""
            insert into payment (municipality, id, receivable, place, method, presentation, amount, refunded_amount, given_back, status, surplus, client, version, created_at)
            values (@city, @payment, 'r', 'shimin-1', 'cash', 'counter', 100, 0, 0, 'captured', 0, 'c', 1, 0)
            """, new { city = TestStore.City, payment });

        var finding = await books.FirstFinding();

        Assert.Equal(FindingCode.CaptureEntryMissing, finding.Code);
        Assert.Contains(payment, finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_findings_are_listed_and_more_are_only_counted_as_not_whole()
    {
        await using var store = await TestStore.Open();
        var books = new Books(store);
        await Task.WhenAll(Enumerable.Range(1, 150).Select(amount => books.Book(amount)));
        await books.Seal();
        await store.DropGuards("journal_entry");
        await store.Execute("update journal_entry set receivable = 'x'");

        var verification = await books.Verify();

        Assert.Equal((false, 100), (verification.Whole, verification.Findings.Count));
    }
}
