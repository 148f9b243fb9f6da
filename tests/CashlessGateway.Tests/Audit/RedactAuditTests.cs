using CashlessGateway.Audit;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Ledger;

namespace CashlessGateway.Tests.Audit;

public sealed class RedactAuditTests
{
    [Theory, EachEngine]
    public async Task Words_past_their_time_go_and_verify_counts_them_as_redacted(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store, keepDays: 30);
        await trail.WriteAndSeal(2);
        store.Time.Advance(TimeSpan.FromDays(30));
        var kept = await trail.Write();
        Assert.Equal(0, await Run(store, trail));
        store.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(2, await Run(store, trail));

        await trail.Sealer.Seal(Trail.City);
        var verification = await trail.Verify();
        Assert.Empty(verification.Findings);
        Assert.Equal((true, 2), (verification.Whole, verification.Redacted));
        Assert.Equal(kept, await store.Scalar<string>("select entry from audit_detail where body is not null"));
        Assert.Empty((await store.Scalar<byte[]>("select salt from audit_detail where body is null"))!);
    }

    [Fact]
    public async Task A_run_says_in_the_sealed_part_how_much_it_took_away_and_one_without_work_says_nothing()
    {
        await using var store = await TestStore.Open();
        var (trail, books) = (new Trail(store, keepDays: 30), new Books(store));
        await trail.WriteAndSeal(3);
        await books.Book(100, note: (store.Ids.Next(), "釣銭を数え直した"));
        await books.Seal();
        store.Time.Advance(TimeSpan.FromDays(366 * 10 + 1));

        Assert.Equal(4, await Run(store, trail));
        Assert.Equal(0, await Run(store, trail));

        Assert.Equal("details:3 notes:1", await store.Scalar<string>("select object from audit_entry where action = 'redacted' and actor = 'system:redact-audit' and outcome = 'done'"));
        Assert.Equal((true, 1), ((await books.Verify()).Whole, (await books.Verify()).Redacted));
    }

    [Theory, EachEngine]
    public async Task A_run_takes_no_more_than_its_limit_and_the_next_goes_on(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store, keepDays: 30);
        await trail.WriteAndSeal(5);
        store.Time.Advance(TimeSpan.FromDays(40));

        foreach (var expected in new[] { 3, 2, 0 }) Assert.Equal(expected, await Run(store, trail, 3));
        Assert.Equal(2, await store.Scalar<long>("select count(*) from audit_entry where action = 'redacted'"));
    }

    [Fact]
    public async Task One_city_never_redacts_anothers()
    {
        await using var store = await TestStore.Open();
        await store.AddCity("142018");
        var trail = new Trail(store, keepDays: 30);
        await trail.Write(Trail.Event(city: "142018"));
        store.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(0, await Run(store, trail));
    }

    private static Task<int> Run(TestStore store, Trail trail, int limit = 1_000) => new RedactAudit(store.Database, trail.Door).Run(Trail.City, limit, CancellationToken.None);
}
