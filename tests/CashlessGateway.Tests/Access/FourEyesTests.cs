using CashlessGateway.Access;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace CashlessGateway.Tests.Access;

public class FourEyesTests
{
    private static readonly Sql Touched = new("select rate_per_minute from api_client where municipality = @municipality and id = 'mark'");
    private static readonly Sql Mark = new("insert into api_client (municipality, id, name, rate_per_minute, created_at) values (@municipality, 'mark', 'x', 1, 0)");

    [Theory, EachEngine]
    public async Task What_two_agree_on_is_done_once_in_the_unit_of_the_decision(Engine engine)
    {
        await using var world = await World.Open(engine);
        var (maker, checker) = (world.Staff("m", Role.Clerk), world.Staff("c", Role.TreasuryApprover));
        var proposal = await world.Proposed(maker);
        Assert.Null(await world.Done());
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Proposals.Approve(checker, proposal.Id, 1)));
        Assert.Single(answers, answer => answer is null);
        Assert.Equal(1, await world.Done());
        Assert.Equal((ProposalState.Approved, "staff:c"), await world.State(proposal));
        Assert.NotNull(await world.Proposals.Reject(checker, proposal.Id, 2, "late"));
    }

    [Theory, EachEngine]
    public async Task Whoever_asks_never_decides_in_no_session_and_under_no_second_login(Engine engine)
    {
        await using var world = await World.Open(engine);
        var maker = world.Staff("m", Role.Clerk, Role.TreasuryApprover);
        await world.Person("m", "same@city.example");
        await world.Person("n", "SAME@city.example");
        var proposal = await world.Proposed(maker);
        Assert.Equal(Errors.SamePrincipal, (await world.Proposals.Approve(maker, proposal.Id, 1))!.Error);
        Assert.Equal(Errors.SamePrincipal, (await world.Proposals.Approve(maker with { Session = "another" }, proposal.Id, 1))!.Error);
        Assert.Equal(Errors.SamePrincipal, (await world.Proposals.Reject(maker, proposal.Id, 1, "x"))!.Error);
        Assert.Equal(Errors.SamePrincipal, (await world.Proposals.Approve(world.Staff("n", Role.TreasuryApprover), proposal.Id, 1))!.Error);
        Assert.Null(await world.Done());
    }

    [Theory, EachEngine]
    public async Task The_database_refuses_maker_and_checker_in_one_past_the_code_too(Engine engine)
    {
        await using var world = await World.Open(engine);
        var proposal = await world.Proposed(world.Staff("m", Role.Clerk));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Store.Execute("update proposal set state = 'approved', decided_by = proposed_by, decided_at = 1 where id = @id", new { id = proposal.Id }));
        Assert.Equal(ProposalState.Open, (await world.State(proposal)).State);
        Assert.Equal(1, await world.Store.Execute("update proposal set state = 'approved', decided_by = 'staff:other', decided_at = 1 where id = @id", new { id = proposal.Id }));
    }

    [Theory, EachEngine]
    public async Task There_is_one_open_proposal_about_one_thing(Engine engine)
    {
        await using var world = await World.Open(engine);
        var maker = world.Staff("m", Role.Clerk);
        var first = await world.Proposed(maker);
        Assert.Equal(StaffErrors.ProposalOpen, Refused(await world.Propose(maker)).Error);
        Assert.Null(await world.Proposals.Withdraw(maker, first.Id, 1));
        Assert.Equal(ProposalState.Withdrawn, (await world.State(first)).State);
        Assert.IsType<Result<Proposal>.Ok>(await world.Propose(maker));
    }

    [Fact]
    public async Task Only_the_maker_withdraws_and_a_reason_stands_behind_a_rejection()
    {
        await using var world = await World.Open();
        var (maker, checker) = (world.Staff("m", Role.Clerk), world.Staff("c", Role.TreasuryApprover));
        var proposal = await world.Proposed(maker);
        Assert.Equal(Errors.NotFound, (await world.Proposals.Withdraw(checker, proposal.Id, 1))!.Error);
        Assert.Null(await world.Proposals.Reject(checker, proposal.Id, 1, "領収書がない"));
        Assert.Equal("領収書がない", await world.Store.Scalar<string>("select n.body from note n join proposal p on p.decision_note = n.id where p.id = @id", new { id = proposal.Id }));
        Assert.Null(await world.Done());
    }

    [Fact]
    public async Task The_other_office_decides_where_the_kind_says_so()
    {
        await using var world = await World.Open();
        var maker = world.Staff("m", Role.Treasury);
        var proposal = Value(await world.Propose(maker, "apart"));
        Assert.Equal(StaffErrors.NotAllowed, (await world.Proposals.Approve(world.Staff("t", Role.Treasury), proposal.Id, 1))!.Error);
        Assert.Null(await world.Proposals.Approve(world.Staff("c", Role.CounterManager), proposal.Id, 1));
        Assert.Equal(StaffErrors.NotAllowed, Refused(await world.Propose(world.Staff("b", Role.Treasury, Role.CounterManager), "apart", "other")).Error);
    }

    [Fact]
    public async Task Below_the_citys_limit_one_is_enough_and_it_is_listed()
    {
        await using var world = await World.Open(from: 10_000);
        var maker = world.Staff("m", Role.Clerk);
        var done = Value(await world.Propose(maker, "sum", amount: 9_999));
        Assert.Equal((ProposalState.Alone, (string?)null), await world.State(done));
        Assert.Equal(1, await world.Done());
        Assert.Equal(ProposalState.Open, Value(await world.Propose(maker, "sum", "two", 10_000)).Status);
    }

    [Fact]
    public async Task Without_a_setting_every_yen_takes_two_and_a_wrong_setting_stops_the_start()
    {
        await using var world = await World.Open();
        Assert.Equal(ProposalState.Open, Value(await world.Propose(world.Staff("m", Role.Clerk), "sum", amount: 1)).Status);
        Assert.Contains("FourEyes:apiKey:From", (await Assert.ThrowsAsync<StartupException>(() => City.Open(Engine.Sqlite, "--FourEyes:apiKey:From=5"))).Message, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task Nobody_decides_on_what_is_older_than_thirty_days(Engine engine)
    {
        await using var world = await World.Open(engine);
        var (maker, checker) = (world.Staff("m", Role.Clerk), world.Staff("c", Role.TreasuryApprover));
        var old = await world.Proposed(maker);
        world.Store.Time.Advance(TimeSpan.FromDays(29));
        var young = Value(await world.Propose(maker, subject: "young"));
        Assert.Equal(0, await world.Proposals.Expire(TestStore.City, 10, CancellationToken.None));
        world.Store.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(StaffErrors.ProposalDecided, (await world.Proposals.Approve(checker, old.Id, 1))!.Error);
        Assert.Equal(1, await world.Proposals.Expire(TestStore.City, 10, CancellationToken.None));
        Assert.Equal(0, await world.Proposals.Expire(TestStore.City, 10, CancellationToken.None));
        Assert.Equal((ProposalState.Expired, ProposalState.Open), ((await world.State(old)).State, (await world.State(young)).State));
    }

    [Fact]
    public async Task What_is_refused_while_it_is_done_leaves_the_proposal_open()
    {
        await using var world = await World.Open();
        var (maker, checker) = (world.Staff("m", Role.Clerk), world.Staff("c", Role.TreasuryApprover));
        var proposal = Value(await world.Propose(maker, "fails"));
        Assert.Equal(Errors.Invalid, (await world.Proposals.Approve(checker, proposal.Id, 1))!.Error);
        Assert.Equal((ProposalState.Open, (string?)null), await world.State(proposal));
        Assert.Null(await world.Done());
    }

    private static T Value<T>(Result<T> result) => Assert.IsType<Result<T>.Ok>(result).Value;

    private static Problem Refused<T>(Result<T> result) => Assert.IsType<Result<T>.Refused>(result).Problem;

    /// <summary>Proposals over a database, with kinds of their own.</summary>
    private sealed class World(TestStore store, Proposals proposals) : IAsyncDisposable
    {
        public TestStore Store { get; } = store;
        public Proposals Proposals { get; } = proposals;

        public static async Task<World> Open(Engine engine = Engine.Sqlite, long from = 0)
        {
            var store = await TestStore.Open(engine);
            var settings = new Settings
            {
                Engine = engine,
                CallLog = "",
                Directory = "",
                ConnectionString = "",
                PublicUrl = new Uri("http://localhost"),
                SealEvery = TimeSpan.FromSeconds(5),
                AnchorFile = "",
                RequestsPerMinutePerClient = 1,
                BodyBytes = 1,
                Jobs = false,
                KeyEnvironment = "demo",
                Demo = true,
                KeepWebhookDeliveries = TimeSpan.FromDays(1),
                LocalWebhooks = true,
                FourEyesFrom = from == 0 ? new Dictionary<string, Yen>() : new Dictionary<string, Yen> { ["sum"] = new(from) },
            };
            ProposalKind[] kinds =
            [
                Kind("plain", Right.OrderRefunds, Right.ApproveMoney),
                Kind("sum", Right.OrderRefunds, Right.ApproveMoney) with { HasLimit = true },
                Kind("apart", Right.ResolvePayments, Right.ResolvePayments) with { OtherOffice = true },
                Kind("fails", Right.OrderRefunds, Right.ApproveMoney) with { Prepare = static (_, _) => async unit => { await unit.Execute(Mark, new { municipality = TestStore.City }); return new Problem(Errors.Invalid); } },
            ];
            return new World(store, new Proposals(store.Database, store.Clock, store.Ids, new CashlessGateway.Audit.AuditTrail(store.Database, store.Clock, store.Ids, settings, NullLogger<CashlessGateway.Audit.AuditTrail>.Instance), kinds, settings));
        }

        public StaffMember Staff(string person, params Role[] roles) =>
            new(TestStore.City, person, "s1", person, StaffRights.Of(roles.Select(role => new RoleGrant("g", person, role, null, BusinessDate.Of(2020, 1, 1), null)), Store.Clock.Today()));

        public Task<Result<Proposal>> Propose(StaffMember by, string kind = "plain", string subject = "thing", long? amount = null) =>
            Proposals.Propose(by, kind, new Proposing(subject, null, amount is { } sum ? new Yen(sum) : null, "{}", "理由"));

        public async Task<Proposal> Proposed(StaffMember by) => Value(await Propose(by));

        public async Task<(ProposalState State, string? By)> State(Proposal proposal)
        {
            var now = (await Proposals.Find(TestStore.City, proposal.Id))!;
            return (now.Status, now.DecidedBy);
        }

        public Task<long?> Done() => Store.Database.One<long?>(Touched, new { municipality = TestStore.City });

        public Task Person(string id, string mail) => Store.Execute("""
            insert into person (municipality, id, login, login_key, name, mail, language, security_stamp, two_factor, failed_count, created_at, created_by, version)
            values (@city, @id, @id, @key, @id, @mail, 'ja', 'x', 0, 0, 0, 'test', 1)
            """, new { city = TestStore.City, id, mail, key = System.Text.Encoding.ASCII.GetBytes(id) });

        public ValueTask DisposeAsync() => Store.DisposeAsync();

        private static ProposalKind Kind(string name, Right proposes, Right approves) => new(name, new Words(name, name), proposes, approves)
        {
            Describe = static _ => [],
            Prepare = static (_, _) => static async unit =>
            {
                await unit.Execute(Mark, new { municipality = TestStore.City });
                return null;
            },
        };
    }
}
