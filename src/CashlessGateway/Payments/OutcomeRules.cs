using CashlessGateway.Money;
using CashlessGateway.Providers;

namespace CashlessGateway.Payments;

/// <summary>What was asked of the provider.</summary>
public enum Question
{
    Start,
    LookUp,
    Cancel,
}

/// <summary>An answer, and all that decides what it means.</summary>
public sealed record OutcomeQuestion(Payment Payment, Question Asked, ProviderAnswer Answer, ProviderAbilities Abilities, Instant Now)
{
    /// <summary>The time to pay is over by our clock, and money of its last moment would show by now.</summary>
    public bool IsPastItsTime => AskSchedule.IsPastItsTime(Payment, Abilities, Now);

    /// <summary>The provider has never told us that it knows this payment.</summary>
    public bool NeverAcknowledged => Payment.ProviderHandle is null && !Payment.WasShown;

    /// <summary>Nobody ever saw a code for it, so nobody can pay.</summary>
    public bool CannotBePaid => Abilities.UnshownCannotBePaid && !Payment.WasShown;
}

/// <summary>What an answer does to a payment. A closed set.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>As before; asked again by the schedule.</summary>
    public sealed record Stay : Outcome;

    /// <summary>The customer can pay now.</summary>
    public sealed record Show(ProviderAction Action, string? Handle) : Outcome;

    /// <summary>The cancel cannot be had from here: the clerk ends it at the terminal.</summary>
    public sealed record ShowEnd(ProviderAction.EndAtTerminal Action) : Outcome;

    /// <summary>As before, but it can be found by this now.</summary>
    public sealed record Remember(string Handle) : Outcome;

    public sealed record Capture(ProviderAnswer.Captured Money) : Outcome;

    /// <summary>Ended without money.</summary>
    /// <param name="Promised">An accepted cancel: what may still come goes back by itself.</param>
    /// <param name="Watch">It is looked at for another day.</param>
    public sealed record End(PaymentState To, string? DeclineCode = null, bool Promised = false, bool Watch = false) : Outcome;

    public sealed record Doubt(string Why) : Outcome;

    /// <summary>The money is there, but not what we asked for.</summary>
    public sealed record Differs(ProviderAnswer.Captured Money) : Outcome;

    /// <summary>It had ended without money, and money came.</summary>
    public sealed record Late(ProviderAnswer.Captured Money) : Outcome;

    /// <summary>A cancel was accepted a day ago and the money is still not on its way back.</summary>
    public sealed record PromiseBroken(ProviderAnswer.Captured Money) : Outcome;

    /// <summary>It was booked as captured, and the provider sent the money back on a cancel of which we never heard.</summary>
    public sealed record WentBack : Outcome;

    /// <summary>Nothing more is expected.</summary>
    public sealed record Unwatch : Outcome;
}

/// <summary>What a provider's answer means, for every state of a payment (mechanics 7 and 8). Pure.</summary>
public static class OutcomeRules
{
    public const string Yen = "JPY";

    /// <summary>A cancel that could not be asked for this often is a doubt that people should see.</summary>
    private const int MostSilentCancels = 6;

    public static Outcome Decide(OutcomeQuestion question) => question.Answer switch
    {
        ProviderAnswer.Captured captured => OfCaptured(question, captured),
        var answer when question.Payment.State == PaymentState.Captured => OfCapturedAfterCancel(question, answer),
        var answer when question.Payment.IsFinal => OfWatched(question, answer),
        ProviderAnswer.Pending pending => OfPending(question, pending),
        // A refused order was never there; one that was shown and then failed is looked at once more.
        ProviderAnswer.Declined declined => question.Payment.CancelFor is null ? new Outcome.End(PaymentState.Declined, declined.Code, Watch: question.Asked != Question.Start) : Ended(question, promised: false),
        ProviderAnswer.Cancelled cancelled => Ended(question, promised: question.Asked == Question.Cancel && question.Abilities.AcceptedCancelReturnsMoney && cancelled.By == CancelledBy.Merchant),
        ProviderAnswer.Expired => new Outcome.End(PaymentState.Expired),
        ProviderAnswer.Absent => OfAbsent(question),
        ProviderAnswer.Unknown unknown => OfUnknown(question, $"事業者に確かめられませんでした（{unknown.Why}）。"),
        _ => throw new InvalidOperationException("ProviderAnswer is a closed set."),
    };

    private static Outcome OfCaptured(OutcomeQuestion question, ProviderAnswer.Captured money)
    {
        var payment = question.Payment;
        if (payment.State == PaymentState.Captured) return OfCapturedAfterCancel(question, money);
        if (payment.IsFinal && payment.Promised == 1) return payment.WatchUntil <= question.Now ? new Outcome.PromiseBroken(money) : new Outcome.Stay();
        if (money.Currency != Yen || money.Amount != payment.Amount.Value) return payment.ArrivedAmount is null ? new Outcome.Differs(money) : new Outcome.Stay();
        return payment.IsFinal ? new Outcome.Late(money) : new Outcome.Capture(money);
    }

    /// <summary>
    /// A cancel had been asked for and its answer was lost before the payment showed as captured: the provider may have accepted
    /// it, and take the money back after all.
    /// </summary>
    private static Outcome OfCapturedAfterCancel(OutcomeQuestion question, ProviderAnswer answer) => question.Payment switch
    {
        { WatchUntil: null } => new Outcome.Stay(),
        { RefundedAmount.Value: 0 } when answer is ProviderAnswer.Declined or ProviderAnswer.Cancelled => new Outcome.WentBack(),
        { WatchUntil: { } until } when until <= question.Now => new Outcome.Unwatch(),
        _ => new Outcome.Stay(),
    };

    private static Outcome OfWatched(OutcomeQuestion question, ProviderAnswer answer) => answer switch
    {
        // A refusal or an end is evidence that no money will come.
        ProviderAnswer.Declined or ProviderAnswer.Cancelled or ProviderAnswer.Expired => new Outcome.Unwatch(),
        _ when question.Payment.WatchUntil <= question.Now => new Outcome.Unwatch(),
        _ => new Outcome.Stay(),
    };

    private static Outcome OfPending(OutcomeQuestion question, ProviderAnswer.Pending pending) => question.Payment.State switch
    {
        PaymentState.Cancelling or PaymentState.InDoubt when pending.Action is ProviderAction.EndAtTerminal end && question.Payment.ActionType != PaymentAction.EndAtTerminal => new Outcome.ShowEnd(end),
        PaymentState.Created when pending.Action is not null => new Outcome.Show(pending.Action, pending.Handle),
        PaymentState.Created => new Outcome.Doubt("事業者には届いていますが、その返事を受け取れませんでした。"),
        // The answer to its start was lost, and is found: it waits for the customer like any other.
        PaymentState.InDoubt when pending.Action is not null and not ProviderAction.EndAtTerminal && question.Payment is { CancelFor: null, ArrivedAmount: null, ProposedBy: null } && !question.Payment.WasShown => new Outcome.Show(pending.Action, pending.Handle),
        _ when pending.Handle is { } handle && handle != question.Payment.ProviderHandle => new Outcome.Remember(handle),
        _ => new Outcome.Stay(),
    };

    private static Outcome OfAbsent(OutcomeQuestion question)
    {
        var payment = question.Payment;
        if (question.Asked != Question.Start && question.NeverAcknowledged && question.Abilities.AbsentIsFinalAfter is { } after && (payment.CallUntil ?? payment.CreatedAt).Plus(after) <= question.Now)
            return new Outcome.End(PaymentState.Cancelled, Watch: true);
        return payment.State switch
        {
            // "Not found" a moment after our call means "not yet".
            PaymentState.Created => new Outcome.Doubt("事業者にまだ見つかりません。"),
            // It was acknowledged: then this is no evidence of anything.
            PaymentState.Pending when question.IsPastItsTime => new Outcome.Doubt("事業者が一度受け付けた決済を「ない」と答えています。"),
            PaymentState.Cancelling when payment.Asks >= MostSilentCancels => new Outcome.Doubt("事業者が一度受け付けた決済を「ない」と答えています。"),
            _ => new Outcome.Stay(),
        };
    }

    private static Outcome OfUnknown(OutcomeQuestion question, string why)
    {
        var payment = question.Payment;
        // The clerk wants to go on, and nobody was ever shown a code: it is given up here and watched for a day.
        if (payment.CancelFor == CancelReasons.Person && question.Asked == Question.Cancel && question.CannotBePaid) return new Outcome.End(PaymentState.Cancelled, Watch: true);
        return payment.State switch
        {
            PaymentState.Created => new Outcome.Doubt(why),
            PaymentState.Pending when question.IsPastItsTime => new Outcome.Doubt(why),
            PaymentState.Cancelling when payment.Asks >= MostSilentCancels => new Outcome.Doubt(why),
            _ => new Outcome.Stay(),
        };
    }

    /// <summary>Given up by a person, or because its time was over: the same answer, told apart for those who read it later.</summary>
    private static Outcome Ended(OutcomeQuestion question, bool promised) =>
        new Outcome.End(question.Payment.CancelFor is null && question.Payment.WasShown && question.IsPastItsTime ? PaymentState.Expired : PaymentState.Cancelled, Promised: promised, Watch: promised);
}

/// <summary>What a cancel is for.</summary>
public static class CancelReasons
{
    public const string Person = "person";
}
