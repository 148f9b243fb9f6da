using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Providers;

namespace CashlessGateway.Tests.Payments;

/// <summary>What an answer means, state by state (mechanics 7 and 8).</summary>
public class OutcomeRulesTests
{
    private static readonly Instant Now = new(1_800_000_000_000);

    private static readonly ProviderAbilities Abilities = new()
    {
        Methods = [],
        Pace = TimeSpan.FromSeconds(5),
        StartLimit = TimeSpan.FromSeconds(30),
        CallLimit = TimeSpan.FromSeconds(15),
        AbsentIsFinalAfter = TimeSpan.FromSeconds(15),
        AcceptedCancelReturnsMoney = true,
        UnshownCannotBePaid = true,
    };

    private static Payment In(PaymentState state) => new() { Id = "P", Amount = new Yen(600), Status = Storage.Names.Of(state), CreatedAt = Now.Plus(TimeSpan.FromMinutes(-1)), CallUntil = Now.Plus(TimeSpan.FromSeconds(-20)) };

    private static Payment Shown(PaymentState state) => In(state) with { ActionType = "showCode", ProviderHandle = "h", ActionExpiresAt = Now.Plus(TimeSpan.FromMinutes(4)) };

    private static Outcome Decide(Payment payment, ProviderAnswer answer, Question asked = Question.LookUp, Instant? now = null) => OutcomeRules.Decide(new OutcomeQuestion(payment, asked, answer, Abilities, now ?? Now));

    private static readonly ProviderAnswer Ours = new ProviderAnswer.Captured(600, "JPY", Now.ToDateTimeOffset(), "R");

    [Theory]
    [InlineData(PaymentState.Created)]
    [InlineData(PaymentState.Pending)]
    [InlineData(PaymentState.Cancelling)]
    [InlineData(PaymentState.InDoubt)]
    public void Our_sum_in_yen_is_captured_from_every_unfinished_state(PaymentState state) => Assert.IsType<Outcome.Capture>(Decide(In(state), Ours));

    [Theory]
    [InlineData(599, "JPY")]
    [InlineData(600, "USD")]
    [InlineData(0, "JPY")]
    public void Another_sum_or_currency_is_never_captured(long amount, string currency) =>
        Assert.IsType<Outcome.Differs>(Decide(Shown(PaymentState.Pending), new ProviderAnswer.Captured(amount, currency, Now.ToDateTimeOffset(), "R")));

    [Fact]
    public void Could_not_ask_is_not_nothing_there()
    {
        Assert.IsType<Outcome.Doubt>(Decide(In(PaymentState.Created), new ProviderAnswer.Unknown("timeout"), Question.Start));
        Assert.IsType<Outcome.Stay>(Decide(In(PaymentState.InDoubt), new ProviderAnswer.Unknown("timeout")));
        Assert.IsType<Outcome.End>(Decide(In(PaymentState.InDoubt), new ProviderAnswer.Absent()));
    }

    [Fact]
    public void Not_found_a_moment_after_our_call_means_not_yet()
    {
        var just = In(PaymentState.InDoubt) with { CallUntil = Now.Plus(TimeSpan.FromSeconds(-14)) };
        Assert.IsType<Outcome.Stay>(Decide(just, new ProviderAnswer.Absent()));
        Assert.IsType<Outcome.Doubt>(Decide(just with { Status = "created" }, new ProviderAnswer.Absent()));
        Assert.IsType<Outcome.End>(Decide(just with { CallUntil = Now.Plus(TimeSpan.FromSeconds(-15)) }, new ProviderAnswer.Absent()));
    }

    [Fact]
    public void Not_found_never_ends_what_the_provider_had_acknowledged()
    {
        Assert.IsType<Outcome.Stay>(Decide(Shown(PaymentState.Pending), new ProviderAnswer.Absent()));
        Assert.IsType<Outcome.Doubt>(Decide(Shown(PaymentState.Pending), new ProviderAnswer.Absent(), now: Now.Plus(TimeSpan.FromHours(1))));
        Assert.IsType<Outcome.Stay>(Decide(Shown(PaymentState.InDoubt), new ProviderAnswer.Absent(), now: Now.Plus(TimeSpan.FromHours(1))));
    }

    [Fact]
    public void An_accepted_cancel_is_a_promise_that_is_watched_for_a_day()
    {
        Assert.Equal(new Outcome.End(PaymentState.Cancelled, Promised: true, Watch: true), Decide(Shown(PaymentState.Cancelling), new ProviderAnswer.Cancelled(CancelledBy.Merchant), Question.Cancel));
        var promised = Shown(PaymentState.Cancelled) with { Promised = 1, WatchUntil = Now.Plus(TimeSpan.FromHours(24)) };
        Assert.IsType<Outcome.Stay>(Decide(promised, Ours));
        Assert.IsType<Outcome.PromiseBroken>(Decide(promised, Ours, now: Now.Plus(TimeSpan.FromHours(24))));
        Assert.IsType<Outcome.Unwatch>(Decide(promised, new ProviderAnswer.Declined("failed", null)));
    }

    [Fact]
    public void A_refused_order_was_never_there_and_a_shown_one_that_failed_is_looked_at_once_more()
    {
        var failed = new ProviderAnswer.Declined("failed", null);
        Assert.Equal(new Outcome.End(PaymentState.Declined, "failed"), Decide(In(PaymentState.Created), failed, Question.Start));
        Assert.Equal(new Outcome.End(PaymentState.Declined, "failed", Watch: true), Decide(Shown(PaymentState.Pending), failed));
        Assert.IsType<Outcome.Late>(Decide(Shown(PaymentState.Declined) with { WatchUntil = Now.Plus(TimeSpan.FromHours(24)) }, Ours));
    }

    [Fact]
    public void Money_of_a_released_doubt_is_late_money()
    {
        var released = In(PaymentState.Cancelled) with { WatchUntil = Now.Plus(TimeSpan.FromDays(50)), InquiryState = "open" };
        Assert.IsType<Outcome.Late>(Decide(released, Ours));
        Assert.IsType<Outcome.Stay>(Decide(released, new ProviderAnswer.Absent()));
    }

    [Fact]
    public void Money_that_goes_back_on_a_cancel_we_never_heard_of_is_noticed()
    {
        var captured = Shown(PaymentState.Captured) with { WatchUntil = Now.Plus(TimeSpan.FromHours(24)) };
        Assert.IsType<Outcome.WentBack>(Decide(captured, new ProviderAnswer.Declined("failed", null)));
        Assert.IsType<Outcome.Stay>(Decide(captured, Ours));
        Assert.IsType<Outcome.Unwatch>(Decide(captured, Ours, now: Now.Plus(TimeSpan.FromHours(25))));
        // We sent it back ourselves, or nobody asked for a cancel.
        Assert.IsType<Outcome.Stay>(Decide(captured with { RefundedAmount = new Yen(600) }, new ProviderAnswer.Declined("failed", null)));
        Assert.IsType<Outcome.Stay>(Decide(captured with { WatchUntil = null }, new ProviderAnswer.Declined("failed", null)));
    }

    [Fact]
    public void A_clerk_goes_on_when_nobody_ever_saw_a_code_and_the_provider_cannot_be_asked()
    {
        var wanted = In(PaymentState.Cancelling) with { CancelFor = CancelReasons.Person };
        Assert.Equal(new Outcome.End(PaymentState.Cancelled, Watch: true), Decide(wanted, new ProviderAnswer.Unknown("down"), Question.Cancel));
        Assert.IsType<Outcome.Stay>(Decide(Shown(PaymentState.Cancelling) with { CancelFor = CancelReasons.Person }, new ProviderAnswer.Unknown("down"), Question.Cancel));
    }
}
