using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Fees;

public sealed class FeeTimelineTests
{
    private static readonly BusinessDate Today = BusinessDate.Of(2026, 11, 21);
    private static readonly FeeContent Juminhyo = new("住民票の写し", "ジュウミンヒョウ", new Yen(300), 5, "01-13-02-01-03-00", "exempt", "qr|cash", "市民課", "*counter");

    [Fact]
    public void A_new_price_ends_the_running_one_on_the_day_before()
    {
        var after = Done([From("2022-04-01")], FeeChange.Of("juminhyo", Day("2027-04-01"), Juminhyo with { UnitAmount = new Yen(350) }));
        Assert.Equal(["2022-04-01–2027-03-31 300", "2027-04-01– 350"], Shown(after));
    }

    [Fact]
    public void No_change_reaches_today_or_back()
    {
        foreach (var day in new[] { Today, Today.AddDays(-1), Day("2022-04-01") })
            Assert.Equal("?validFrom out-of-range", Refused([From("2022-04-01")], FeeChange.Of("juminhyo", day, Juminhyo with { UnitAmount = new Yen(350) })));
        Assert.Equal("?lastDay out-of-range", Refused([From("2022-04-01")], FeeChange.End("juminhyo", Today.AddDays(-1))));
        Assert.Equal("?validFrom out-of-range", Refused([], FeeChange.Add("juminhyo", Today.AddDays(-1), Juminhyo)));
    }

    [Fact]
    public void What_nobody_has_sold_yet_may_begin_today_and_what_ends_may_end_today()
    {
        Assert.Equal(["2026-11-21– 300"], Shown(Done([], FeeChange.Add("juminhyo", Today, Juminhyo))));
        Assert.Equal(["2022-04-01–2026-11-21 300"], Shown(Done([From("2022-04-01")], FeeChange.End("juminhyo", Today))));
    }

    [Fact]
    public void A_name_that_changes_before_a_planned_price_stays_changed_after_it()
    {
        FeeItem[] planned = [From("2022-04-01") with { ValidTo = Day("2027-03-31") }, From("2027-04-01") with { UnitAmount = new Yen(350) }];
        var after = Done(planned, FeeChange.Of("juminhyo", Day("2027-01-01"), Juminhyo with { Name = "住民票" }));
        Assert.Equal(["住民票の写し 300", "住民票 300", "住民票 350"], after.Select(static version => $"{version.Name} {version.UnitAmount.Value}"));
    }

    [Fact]
    public void A_planned_price_stays_as_planned_when_another_price_comes_before_it()
    {
        FeeItem[] planned = [From("2022-04-01") with { ValidTo = Day("2027-03-31") }, From("2027-04-01") with { UnitAmount = new Yen(350), ValidTo = Day("2028-03-31") }, From("2028-04-01")];
        var after = Done(planned, FeeChange.Of("juminhyo", Day("2027-01-01"), Juminhyo with { UnitAmount = new Yen(320) }));
        // The last one goes back to 300 on purpose, and is not taken for one that nobody planned.
        Assert.Equal(["2022-04-01–2026-12-31 300", "2027-01-01–2027-03-31 320", "2027-04-01–2028-03-31 350", "2028-04-01– 300"], Shown(after));
    }

    [Fact]
    public void A_planned_change_may_be_planned_anew_before_it_has_begun()
    {
        FeeItem[] planned = [From("2022-04-01") with { ValidTo = Day("2027-03-31") }, From("2027-04-01") with { UnitAmount = new Yen(350) }];
        Assert.Equal(["2022-04-01–2027-03-31 300", "2027-04-01– 400"], Shown(Done(planned, FeeChange.Of("juminhyo", Day("2027-04-01"), Juminhyo with { UnitAmount = new Yen(400) }))));
    }

    [Fact]
    public void An_end_takes_what_was_planned_for_later_with_it_and_the_code_may_come_again_afterwards()
    {
        FeeItem[] planned = [From("2022-04-01") with { ValidTo = Day("2027-03-31") }, From("2027-04-01") with { UnitAmount = new Yen(350) }];
        var ended = Done(planned, FeeChange.End("juminhyo", Day("2026-12-31")));
        Assert.Equal(["2022-04-01–2026-12-31 300"], Shown(ended));
        Assert.Equal("?code in-use", Refused(ended, FeeChange.Add("juminhyo", Day("2026-12-31"), Juminhyo)));
        Assert.Equal(["2022-04-01–2026-12-31 300", "2027-06-01– 300"], Shown(Done(ended, FeeChange.Add("juminhyo", Day("2027-06-01"), Juminhyo))));
    }

    [Fact]
    public void What_changes_nothing_and_what_is_not_in_force_is_refused()
    {
        Assert.Equal("?validFrom same", Refused([From("2022-04-01")], FeeChange.Of("juminhyo", Day("2027-04-01"), Juminhyo)));
        Assert.Equal("?validFrom not-in-force", Refused([From("2022-04-01") with { ValidTo = Today }], FeeChange.Of("juminhyo", Day("2027-04-01"), Juminhyo with { Name = "x" })));
        Assert.Equal("?lastDay same", Refused([From("2022-04-01") with { ValidTo = Day("2027-03-31") }], FeeChange.End("juminhyo", Day("2027-03-31"))));
    }

    /// <summary>Whatever people ask for, in whatever order: the past stays, a day has one version, and the wanted content holds on its day.</summary>
    [Fact]
    public void No_row_of_changes_ever_touches_a_day_before_its_own()
    {
        var chance = new Random(20_261_121);
        for (var round = 0; round < 300; round++)
        {
            IReadOnlyList<FeeItem> versions = [From("2026-01-01")];
            for (var step = 0; step < 12; step++)
            {
                var day = Today.AddDays(chance.Next(-5, 60));
                var content = Juminhyo with { UnitAmount = new Yen(chance.Next(0, 4) * 100), Name = $"名{chance.Next(3)}", Places = chance.Next(2) == 0 ? "*counter" : "*" };
                FeeChange change = chance.Next(5) switch { 0 => FeeChange.End("juminhyo", day), 1 => FeeChange.Add("juminhyo", day, content), _ => FeeChange.Of("juminhyo", day, content) };
                if (!FeeTimeline.After(versions, change, 0, Today).IsOk(out var after, out _)) continue;
                for (var past = Today.AddDays(-30); past < (change.Action == FeeAction.End ? day.AddDays(1) : day); past = past.AddDays(1)) Assert.Equal(FeeTimeline.On(versions, past)?.Content, FeeTimeline.On(after, past)?.Content);
                for (var any = Today.AddDays(-30); any < Today.AddDays(90); any = any.AddDays(1)) Assert.InRange(after.Count(version => version.HoldsOn(any)), 0, 1);
                Assert.Equal(change.Content, change.Action == FeeAction.End ? null : FeeTimeline.On(after, day)?.Content);
                if (change.Action == FeeAction.End) Assert.Null(FeeTimeline.On(after, day.AddDays(1)));
                Assert.Equal(after.OrderBy(static version => version.ValidFrom), after);
                versions = after;
            }
        }
    }

    private static FeeItem From(string day) => FeeItem.Of("juminhyo", 0, Day(day), null, Juminhyo);

    private static BusinessDate Day(string text) => BusinessDate.Parse(text);

    private static IReadOnlyList<FeeItem> Done(IReadOnlyList<FeeItem> versions, FeeChange change) => Assert.IsType<Result<IReadOnlyList<FeeItem>>.Ok>(FeeTimeline.After(versions, change, 0, Today)).Value;

    private static string Refused(IReadOnlyList<FeeItem> versions, FeeChange change)
    {
        var violation = Assert.Single(Assert.IsType<Result<IReadOnlyList<FeeItem>>.Refused>(FeeTimeline.After(versions, change, 0, Today)).Problem.Violations!);
        return $"{violation.Pointer} {violation.Code}";
    }

    private static IEnumerable<string> Shown(IEnumerable<FeeItem> versions) => versions.Select(static version => $"{version.ValidFrom}–{version.ValidTo} {version.UnitAmount.Value}");
}
