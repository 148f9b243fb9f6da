using CashlessGateway.Access.Roles;
using CashlessGateway.Money;

namespace CashlessGateway.Tests.Access;

public class RoleRuleTests
{
    private static readonly BusinessDate Today = BusinessDate.Of(2026, 11, 21);

    public static TheoryData<Role, Role> Pairs => new(from a in Enum.GetValues<Role>() from b in Enum.GetValues<Role>() where a != b select (a, b));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Nobody_manages_people_and_money_and_no_auditor_changes_anything(Role a, Role b)
    {
        var apart = (a == Role.Admin && b.MovesMoney()) || (b == Role.Admin && a.MovesMoney()) || (a == Role.Auditor && b.Changes()) || (b == Role.Auditor && a.Changes());
        Assert.Equal(apart, RoleRules.Together(a, b) is not null);
    }

    [Theory]
    [InlineData(Role.Clerk)]
    [InlineData(Role.CounterManager)]
    [InlineData(Role.FacilityManager)]
    [InlineData(Role.Collector)]
    [InlineData(Role.Treasury)]
    [InlineData(Role.TreasuryApprover)]
    public void Each_role_with_money_is_one(Role role) => Assert.Equal((true, true, true), (role.MovesMoney(), RoleRules.Together(Role.Admin, role) is not null, RoleRules.Together(Role.Auditor, role) is not null));

    [Fact]
    public void What_does_not_meet_in_time_may_follow_one_another()
    {
        var clerk = Grant(Role.Clerk, "2026-04-01", "2027-03-31");
        Assert.Null(RoleRules.Against(Grant(Role.Admin, "2027-04-01", null), [clerk]));
        Assert.NotNull(RoleRules.Against(Grant(Role.Admin, "2027-03-31", null), [clerk]));
        Assert.NotNull(RoleRules.Against(Grant(Role.Admin, "2026-01-01", "2026-04-01"), [clerk]));
        Assert.Null(RoleRules.Against(Grant(Role.Admin, "2026-01-01", "2026-03-31"), [clerk]));
    }

    [Fact]
    public void The_same_role_is_not_held_twice_but_at_two_places()
    {
        var here = Grant(Role.Clerk, "2026-04-01", null, "shimin-1");
        Assert.NotNull(RoleRules.Against(Grant(Role.Clerk, "2026-05-01", null, "shimin-1"), [here]));
        Assert.Null(RoleRules.Against(Grant(Role.Clerk, "2026-05-01", null, "shisanzei-1"), [here]));
        Assert.Null(RoleRules.Against(Grant(Role.Clerk, "2026-05-01", null, "shimin-1"), [here with { ValidTo = BusinessDate.Of(2026, 3, 31) }]));
    }

    [Fact]
    public void A_role_opens_from_its_first_day_to_its_last_and_only_at_its_place()
    {
        var grant = Grant(Role.Clerk, "2026-11-21", "2026-11-22", "shimin-1");
        bool May(string day, string? place) => StaffRights.Of([grant], BusinessDate.Parse(day)).May(Right.TakeMoney, place);
        Assert.Equal((false, true, true, false), (May("2026-11-20", "shimin-1"), May("2026-11-21", "shimin-1"), May("2026-11-22", "shimin-1"), May("2026-11-23", "shimin-1")));
        Assert.Equal((false, false), (May("2026-11-21", "shisanzei-1"), May("2026-11-21", null)));
    }

    [Fact]
    public void Several_roles_add_up()
    {
        var rights = StaffRights.Of([Grant(Role.Clerk, "2026-01-01", null, "a"), Grant(Role.CounterManager, "2026-01-01", null, "b"), Grant(Role.Treasury, "2026-01-01", null)], Today);
        Assert.True(rights.May(Right.TakeMoney, "a") && rights.May(Right.TakeMoney, "b") && !rights.May(Right.TakeMoney, "c"));
        Assert.Equal(["a", "b"], rights.PlacesOf(Right.TakeMoney)!.Order());
        Assert.Null(rights.PlacesOf(Right.SeeMoney));
        Assert.Equal([Office.Executive, Office.Treasury], rights.OfficesOf(Right.ResolvePayments, "b").Order());
    }

    [Fact]
    public void Who_has_no_role_may_nothing() => Assert.DoesNotContain(Enum.GetValues<Right>(), right => StaffRights.Of([], Today).May(right));

    [Fact]
    public void The_auditor_reads_all_and_every_right_belongs_to_somebody()
    {
        Assert.Equal(Enum.GetValues<Right>().Where(right => right.Kind() == RightKind.Reads), RoleRights.Of(Role.Auditor).Order());
        Assert.All(Enum.GetValues<Right>(), right => Assert.Contains(Enum.GetValues<Role>(), role => RoleRights.Of(role).Contains(right)));
    }

    private static RoleGrant Grant(Role role, string from, string? to, string? place = null) => new("1", "p", role, place, BusinessDate.Parse(from), to is null ? null : BusinessDate.Parse(to));
}
