using System.Text;
using CashlessGateway.Audit;
using CashlessGateway.Jobs;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Ledger;

namespace CashlessGateway.Tests.Audit;

public sealed class AuditChainTests
{
    [Theory, EachEngine]
    public async Task What_was_written_is_sealed_in_a_chain_of_its_own_and_verifies(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);
        await trail.WriteAndSeal(3);
        await trail.Write();

        var verification = await trail.Verify();

        Assert.Empty(verification.Findings);
        Assert.Equal((true, 1, 3, 1), (verification.Whole, verification.Blocks, verification.Entries, verification.Unsealed));
        Assert.Equal((await trail.Sealer.Head(Trail.City))!.Hex, verification.HeadHash);
    }

    /// <summary>Whoever checks the chain without us rests on these very bytes: they never change, another form would be audit/2.</summary>
    [Fact]
    public void The_canonical_form_of_an_entry_is_as_it_is_written_down()
    {
        var row = new AuditRow { Id = "E", At = new Instant(1_000), Actor = "client:till", Action = "refund-approved", Outcome = "done", Object = "ref_市", Place = null, DetailHash = [0xAB, 1] };
        Assert.Equal("7:audit/1,6:131016,1:E,4:1000,11:client:till,15:refund-approved,4:done,7:ref_市,-,4:ab01,", Encoding.UTF8.GetString(AuditChain.Bytes("131016", row)));
    }

    [Theory, EachEngine]
    public async Task The_journal_and_the_trail_know_nothing_of_each_others_chain(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var (trail, books) = (new Trail(store), new Books(store));
        await books.Book(100);
        await trail.Write();

        Assert.Equal(2, await new SealingWork(store.Database, store.Clock, [SealedChain.OfJournal, AuditChain.Chain]).Run(Trail.City, 1_000, CancellationToken.None));

        Assert.Equal((true, 1, 0), ((await books.Verify()).Whole, (await books.Verify()).Entries, (await books.Verify()).Unsealed));
        Assert.Equal((true, 1, 0), ((await trail.Verify()).Whole, (await trail.Verify()).Entries, (await trail.Verify()).Unsealed));
        Assert.NotEqual((await books.Verify()).HeadHash, (await trail.Verify()).HeadHash);
    }

    [Theory, EachEngine]
    public async Task An_entry_edited_with_the_guards_off_is_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);
        var entries = await trail.WriteAndSeal(3);
        await store.DropGuards("audit_entry");
        await store.Execute("update audit_entry set actor = 'client:other' where id = @entry", new { entry = entries[1] });

        var finding = await trail.OnlyFinding();

        Assert.Equal((FindingCode.EntryTouched, entries[1], 1L), (finding.Code, finding.Entry, finding.Block));
    }

    [Theory, EachEngine]
    public async Task A_deleted_entry_is_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);
        var entries = await trail.WriteAndSeal(2);
        await store.DropGuards("audit_entry");
        await store.Execute("delete from audit_entry where id = @entry", new { entry = entries[0] });

        Assert.Equal((FindingCode.EntryMissing, entries[0]), await trail.OnlyFinding() is { Code: var code, Entry: var entry } ? (code, entry!) : default);
    }

    [Theory, EachEngine]
    public async Task An_entry_inserted_behind_the_back_is_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);
        await trail.WriteAndSeal(1);
        var entry = await trail.Write();
        await store.Execute("delete from unsealed where item = @entry", new { entry });

        var finding = await trail.OnlyFinding();

        Assert.Equal((FindingCode.EntryOutsideChain, entry), (finding.Code, finding.Entry));
    }

    [Fact]
    public async Task A_waiting_row_whose_entry_is_gone_is_named()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store);
        var entry = await trail.Write();
        await store.DropGuards("audit_entry");
        await store.Execute("delete from audit_entry");

        Assert.Equal((FindingCode.UnsealedWithoutEntry, entry), ((await trail.OnlyFinding()).Code, (await trail.OnlyFinding()).Entry));
    }

    [Theory, EachEngine]
    public async Task Words_edited_or_gone_without_redaction_are_named(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);
        var entries = await trail.WriteAndSeal(3);
        await store.Execute("""update audit_detail set body = '{"from":"198.51.100.1"}' where entry = @entry""", new { entry = entries[0] });
        await store.Execute("delete from audit_detail where entry = @entry", new { entry = entries[1] });
        await store.Execute("update audit_detail set body = null where entry = @entry", new { entry = entries[2] });

        var verification = await trail.Verify();

        Assert.All(verification.Findings, finding => Assert.Equal(FindingCode.DetailTouched, finding.Code));
        Assert.Equal(entries.Order(StringComparer.Ordinal), verification.Findings.Select(finding => finding.Entry).Order(StringComparer.Ordinal));
    }

    /// <summary>The hash of the words is part of what is sealed: who edits both the words and their hash edits the entry.</summary>
    [Fact]
    public async Task Words_edited_together_with_their_hash_are_an_edited_entry()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store);
        var entry = (await trail.WriteAndSeal(1))[0];
        await store.DropGuards("audit_entry");
        var salt = await store.Scalar<byte[]>("select salt from audit_detail");
        const string Body = """{"from":"198.51.100.1"}""";
        await store.Execute("update audit_detail set body = @body", new { body = Body });
        await store.Execute("update audit_entry set detail_hash = @hash", new { hash = Notes.Hash(salt!, Body) });

        var finding = await trail.OnlyFinding();

        Assert.Equal((FindingCode.EntryTouched, entry), (finding.Code, finding.Entry));
    }

    [Fact]
    public async Task Words_put_beside_an_entry_that_had_none_are_named()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store);
        var entry = await trail.Write(new AuditEvent(Trail.City, Actors.Anonymous, AuditActions.AccessRefused, AuditOutcome.Refused));
        await trail.Sealer.Seal(Trail.City);
        await store.Execute("insert into audit_detail (municipality, entry, salt, body, keep_until) values (@city, @entry, @salt, '{}', '2030-01-01')", new { city = Trail.City, entry, salt = new byte[32] });

        Assert.Equal(FindingCode.DetailTouched, (await trail.OnlyFinding()).Code);
    }

    [Theory, EachEngine]
    public async Task A_chain_cut_at_its_end_disagrees_with_the_anchor_of_the_night(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);
        await trail.Write();
        var job = new AnchorAudit(store.Database, store.Clock, trail.Anchors);
        Assert.Equal(1, await job.Run(Trail.City, 1, CancellationToken.None));
        Assert.True((await trail.Verify()).Whole);
        foreach (var table in new[] { "seal_block", "sealed", "audit_entry" }) await store.DropGuards(table);
        foreach (var table in new[] { "seal_block", "sealed", "audit_entry", "audit_detail" }) await store.Execute($"delete from {table}");

        var finding = await trail.OnlyFinding();

        Assert.Equal((FindingCode.AnchorDiffers, 1L), (finding.Code, finding.Block));
    }

    [Fact]
    public async Task A_city_without_a_trail_leaves_no_anchor()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store);
        Assert.Equal(0, await new AnchorAudit(store.Database, store.Clock, trail.Anchors).Run(Trail.City, 1, CancellationToken.None));
        Assert.False(File.Exists(trail.Anchors.Anchors.File));
        Assert.True((await trail.Verify()).Whole);
    }
}
