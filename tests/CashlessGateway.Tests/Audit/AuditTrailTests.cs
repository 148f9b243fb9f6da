using System.Data.Common;
using CashlessGateway.Audit;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Audit;

public sealed class AuditTrailTests
{
    [Theory, EachEngine]
    public async Task An_entry_stays_with_its_change_and_goes_with_it(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);
        await trail.Write();
        var stamp = trail.Door.Stamp();

        await store.Database.WriteSurely(async unit =>
        {
            await AuditTrail.Write(unit, stamp, Trail.Event());
            return unit.Abandon(0);
        }, ReadBack.SafeToRepeat);

        Assert.Equal((1, 1, 1), (await trail.Count("audit_entry"), await trail.Count("audit_detail"), await trail.Count("unsealed")));
    }

    [Theory, EachEngine]
    public async Task A_refusal_is_noted_alone(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var trail = new Trail(store);

        await trail.Door.Note(Trail.Event() with { Outcome = AuditOutcome.Refused });

        Assert.Equal("refused", await store.Scalar<string>("select outcome from audit_entry"));
        Assert.Equal(1, await trail.Count("unsealed"));
    }

    [Fact]
    public async Task A_note_that_cannot_be_written_fails_nothing_and_is_an_error_in_the_log()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store);
        await store.Execute("drop table audit_detail");

        await trail.Door.Note(Trail.Event());

        Assert.Contains("refund-approved", Assert.Single(trail.Log.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("山田", trail.Log.Errors[0], StringComparison.Ordinal);
        Assert.Equal(0, await trail.Count("audit_entry"));
    }

    [Theory, EachEngine]
    public async Task What_is_sealed_holds_ids_and_a_hash_and_what_lies_beside_it_the_words(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var entry = await new Trail(store).Write();

        var columns = string.Join(engine == Engine.SqlServer ? " + '|' + " : " || '|' || ", "actor", "action", "outcome", "object", "place");
        var sealedPart = await store.Scalar<string>($"select {columns} from audit_entry");
        Assert.Equal("client:till|refund-approved|done|ref_1|shimin-1", sealedPart);
        Assert.Equal("""{"from":"192.0.2.7","facts":{"reason":"山田太郎さんの申し出"}}""", await store.Scalar<string>("select body from audit_detail where entry = @entry", new { entry }));
        Assert.Equal(32, (await store.Scalar<byte[]>("select detail_hash from audit_entry where id = @entry", new { entry }))!.Length);
    }

    [Fact]
    public async Task Two_entries_of_the_same_words_have_different_hashes()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store);
        await trail.WriteAndSeal(2);
        Assert.Equal(2, await store.Scalar<long>("select count(distinct detail_hash) from audit_entry"));
    }

    [Fact]
    public async Task An_entry_of_which_nothing_more_is_to_be_said_has_nothing_beside_it()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store);
        await trail.Write(new AuditEvent(Trail.City, Actors.System("expiry"), AuditActions.SettingChanged, AuditOutcome.Done));
        Assert.Equal((1, 0), (await trail.Count("audit_entry"), await trail.Count("audit_detail")));
        await trail.Sealer.Seal(Trail.City);
        Assert.True((await trail.Verify()).Whole);
    }

    [Theory, EachEngine]
    public async Task The_database_refuses_to_change_or_delete_an_entry(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        await new Trail(store).WriteAndSeal(1);
        string[] attempts = ["update audit_entry set actor = 'client:other'", "delete from audit_entry", .. engine switch
        {
            Engine.Sqlite => new[] { "insert or replace into audit_entry select * from audit_entry" },
            Engine.PostgreSql => ["truncate audit_entry"],
            Engine.SqlServer => [],
        }];
        foreach (var attempt in attempts)
        {
            var error = await Assert.ThrowsAnyAsync<DbException>(() => store.Execute(attempt));
            Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_value_with_the_name_of_a_secret_ends_the_call_while_developing()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store, strict: true);
        var said = Trail.Event() with { After = Pairs.Of(("newPassword", "hunter2")) };
        await Assert.ThrowsAsync<InvalidOperationException>(() => trail.Write(said));
        await Assert.ThrowsAsync<InvalidOperationException>(() => trail.Door.Note(said));
        Assert.Equal(0, await trail.Count("audit_entry"));
    }

    [Fact]
    public async Task And_is_masked_in_operation()
    {
        await using var store = await TestStore.Open();
        var trail = new Trail(store, strict: false);
        await trail.Write(Trail.Event() with { Before = Pairs.Of(("pin", "1234")), After = Pairs.Of(("apiKey", "abc"), ("name", "会計課")) });
        Assert.Equal("""{"from":"192.0.2.7","before":{"pin":"***"},"after":{"apiKey":"***","name":"会計課"},"facts":{"reason":"山田太郎さんの申し出"}}""", await store.Scalar<string>("select body from audit_detail"));
    }

    [Theory]
    [InlineData("yamada")]
    [InlineData("staff:")]
    [InlineData("staff:Taro Yamada")]
    [InlineData("user:1")]
    public async Task An_actor_is_an_id_and_nothing_else(string actor)
    {
        await using var store = await TestStore.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Trail(store).Write(Trail.Event() with { Actor = actor }));
    }

    [Fact]
    public async Task A_long_value_is_cut()
    {
        await using var store = await TestStore.Open();
        await new Trail(store).Write(Trail.Event() with { Facts = Pairs.Of(("reason", new string('x', 100_000))) });
        Assert.InRange((await store.Scalar<string>("select body from audit_detail"))!.Length, 1_000, 1_100);
    }
}
