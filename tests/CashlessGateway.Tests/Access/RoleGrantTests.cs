using CashlessGateway.Access;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Access;

public class RoleGrantTests
{
    private static readonly BusinessDate Today = BusinessDate.Of(2026, 11, 21);

    [Theory, EachEngine]
    public async Task A_transfer_is_entered_ahead_and_a_role_is_over_after_its_last_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        var desk = new Desk(city);
        var (admin, clerk) = (await desk.Member(await desk.Person(Role.Admin)), await desk.Person());
        Assert.IsType<Result<Granted>.Ok>(await city.Of<ManageRoles>().Grant(admin, new RoleOrder(clerk, Role.Auditor, null, Today.AddDays(1), Today.AddDays(2))));

        using var before = desk.As(clerk);
        Assert.Equal(403, (await Desk.Get(before, "/admin/people")).Status);
        city.Time.Set(Today.AddDays(1).Begins.ToDateTimeOffset());
        Assert.Equal(200, (await Desk.Get(before, "/admin/people")).Status);
        city.Time.Set(Today.AddDays(3).Begins.ToDateTimeOffset().AddMilliseconds(-1));
        Assert.Equal(200, (await Desk.Get(before, "/admin/people")).Status);
        city.Time.Set(Today.AddDays(3).Begins.ToDateTimeOffset());
        Assert.Equal(403, (await Desk.Get(before, "/admin/people")).Status);
    }

    [Theory, EachEngine]
    public async Task An_end_is_written_and_the_row_stays(Engine engine)
    {
        await using var city = await City.Open(engine);
        var desk = new Desk(city);
        var (admin, clerk) = (await desk.Member(await desk.Person(Role.Admin)), await desk.Person());
        var grant = Assert.IsType<Granted.AtOnce>(Value(await city.Of<ManageRoles>().Grant(admin, new RoleOrder(clerk, Role.Clerk, "shimin-1", Today, null)))).Grant;
        Assert.True((await desk.Member(clerk)).May(Right.TakeMoney, "shimin-1"));

        Assert.Null(await city.Of<ManageRoles>().End(admin, clerk, grant.Id, Today.AddDays(-1)));
        Assert.False((await desk.Member(clerk)).May(Right.TakeMoney));
        var kept = Assert.Single(await city.Gateway.Database.Read(reader => RoleStore.OfPerson(reader, City.Code, clerk)));
        Assert.Equal((admin.Principal, Today.AddDays(-1)), (kept.EndedBy, kept.ValidTo));
        Assert.NotNull(await city.Of<ManageRoles>().End(admin, clerk, grant.Id, Today.AddDays(5)));
    }

    /// <summary>A new city has one administrator and nobody who could approve the second.</summary>
    [Theory, EachEngine]
    public async Task The_first_administrator_makes_the_second_alone_and_from_then_on_it_takes_two(Engine engine)
    {
        await using var city = await City.Open(engine);
        const string New = "131016";
        await city.Gateway.Database.WriteSurely(async unit => { await CashlessGateway.Places.PlaceImport.AddMunicipality(unit, New, "新しい市", city.Of<Clock>().Now()); return true; }, ReadBack.SafeToRepeat);
        var people = new List<string>();
        foreach (var login in new[] { "first", "second", "third", "fourth" }) people.Add((await Newcomer.Add(city.Gateway.App.Services, New, login, login)).Person.Id);
        await city.Gateway.Database.WriteSurely(async unit => { await RoleStore.Add(unit, New, new RoleGrant("00000000000000000000000001", people[0], Role.Admin, null, Today, null), "system:setup", city.Of<Clock>().Now()); return true; }, ReadBack.SafeToRepeat);
        var first = new StaffMember(New, people[0], "s", "first", StaffRights.Of(await city.Gateway.Database.Read(reader => RoleStore.OfPerson(reader, New, people[0])), Today));

        Assert.IsType<Granted.Proposed>(Value(await city.Of<ManageRoles>().Grant(first, new RoleOrder(people[1], Role.TreasuryApprover, null, Today, null))));
        // Two at one moment: one of them comes second, and takes two people.
        var answers = await Task.WhenAll(people[2..].Select(person => city.Of<ManageRoles>().Grant(first, new RoleOrder(person, Role.Admin, null, Today, null))));
        Assert.Single(answers, static answer => answer is Result<Granted>.Ok { Value: Granted.AtOnce });
        Assert.IsNotType<Granted.AtOnce>((await city.Of<ManageRoles>().Grant(first, new RoleOrder(people[1], Role.Admin, null, Today, null)) as Result<Granted>.Ok)?.Value);
    }

    [Theory, EachEngine]
    public async Task Roles_that_exclude_each_other_cannot_both_come_in_at_one_moment(Engine engine)
    {
        await using var city = await City.Open(engine);
        var desk = new Desk(city);
        var (admin, clerk) = (await desk.Member(await desk.Person(Role.Admin)), await desk.Person());
        var answers = await Task.WhenAll(new[] { Role.Auditor, Role.Clerk, Role.Auditor, Role.Collector, Role.Clerk }.Select(role => city.Of<ManageRoles>().Grant(admin, new RoleOrder(clerk, role, null, Today, null))));
        var held = await city.Gateway.Database.Read(reader => RoleStore.OfPerson(reader, City.Code, clerk));
        Assert.Equal(answers.Count(answer => answer is Result<Granted>.Ok), held.Count);
        Assert.All(held, grant => Assert.Null(RoleRules.Against(grant, held.Where(other => other.Id != grant.Id))));
    }

    [Fact]
    public async Task A_role_that_approves_is_given_by_two_and_not_by_the_one_who_gets_it()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        var (one, two) = (await desk.Member(await desk.Person(Role.Admin)), await desk.Member(await desk.Person(Role.Admin)));
        var chosen = await desk.Person(Role.Treasury);
        var proposal = Assert.IsType<Granted.Proposed>(Value(await city.Of<ManageRoles>().Grant(one, new RoleOrder(chosen, Role.TreasuryApprover, null, Today, null)))).Proposal;
        Assert.False((await desk.Member(chosen)).May(Right.ApproveMoney));

        var proposals = city.Of<Proposals>();
        Assert.Equal(Errors.SamePrincipal, (await proposals.Approve(one, proposal, 1))!.Error);
        await desk.Grant(chosen, Role.TreasuryApprover, "shimin-1");
        Assert.NotNull(await proposals.Approve(await desk.Member(chosen), proposal, 1));
        Assert.Null(await proposals.Approve(two, proposal, 1));
        Assert.True((await desk.Member(chosen)).May(Right.ApproveMoney, null));
    }

    [Fact]
    public async Task Nobody_gives_roles_to_themselves_elsewhere_or_to_a_stranger()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        await desk.AddOtherCity();
        var (admin, local) = (await desk.Member(await desk.Person(Role.Admin)), await desk.Member(await desk.Person(Role.Admin, "shimin-1")));
        var (clerk, stranger) = (await desk.Person(), await desk.Person(municipality: Desk.Other));
        async Task<ErrorCode> Refused(StaffMember by, string person, string? place) => Assert.IsType<Result<Granted>.Refused>(await city.Of<ManageRoles>().Grant(by, new RoleOrder(person, Role.Clerk, place, Today, null))).Problem.Error;
        Assert.Equal(Errors.SamePrincipal, await Refused(admin, admin.Person, null));
        Assert.Equal(Errors.NotFound, await Refused(admin, stranger, null));
        Assert.Equal(Errors.UnknownPlace, await Refused(admin, clerk, "yoso-1"));
        Assert.Equal(Errors.PlaceNotAllowed, await Refused(local, clerk, null));
        Assert.Equal(Errors.PlaceNotAllowed, await Refused(local, clerk, "shisanzei-1"));
        Assert.IsType<Result<Granted>.Ok>(await city.Of<ManageRoles>().Grant(local, new RoleOrder(clerk, Role.Clerk, "shimin-1", Today, null)));
    }

    [Theory, EachEngine]
    public async Task Disabling_somebody_ends_every_session_and_the_next_request_is_nobodys(Engine engine)
    {
        await using var city = await City.Open(engine);
        var desk = new Desk(city);
        var (admin, leaver) = (await desk.Member(await desk.Person(Role.Admin)), await desk.Person(Role.Auditor));
        await desk.Session(leaver);
        await desk.Session(leaver);
        using var browser = desk.As(leaver);
        Assert.Equal(200, (await Desk.Get(browser, "/admin/people")).Status);
        Assert.Null(await city.Of<People>().Disable(admin, leaver));
        Assert.Equal(302, (await Desk.Get(browser, "/admin/people")).Status);
        Assert.Equal(0, await city.Gateway.Database.One<long>(Desk.OpenSessions, new { municipality = City.Code, person = leaver }));
    }

    private static T Value<T>(Result<T> result) => Assert.IsType<Result<T>.Ok>(result).Value;
}
