using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Providers;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>
/// Asks a provider what became of a payment and writes down what that means. One question at a time per payment over all callers
/// and nodes, and never faster than the provider's pace (mechanics 10).
/// </summary>
public sealed class AskProvider(Database database, Clock clock, ProviderInstances instances, ApplyOutcome outcomes, CallsUnderWay underWay, FailPoints failPoints)
{
    /// <summary>A contract that is not configured may come back with the next start.</summary>
    private static readonly TimeSpan UntilConfigured = TimeSpan.FromMinutes(5);

    /// <summary>The answer is written within this after the call's own limit; then another may ask.</summary>
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(5);

    /// <summary>How long a read waits for the provider before it answers what is known.</summary>
    public static readonly TimeSpan ReadersPatience = TimeSpan.FromSeconds(1);

    /// <summary>Asks if it may be asked now. The payment as it is known afterwards; null when there is none.</summary>
    public async Task<Payment?> Ask(string municipality, string id, bool background = false)
    {
        if (await Find(municipality, id) is not { } payment) return null;
        var now = clock.Now();
        if (payment.NextAskAt is null || (payment.State == PaymentState.Created && payment.CallUntil > now)) return payment;
        if (instances.Find(payment.Provider) is not { } instance)
        {
            await database.WriteSurely(unit => PaymentStore.AskAgain(unit, payment, now.Plus(UntilConfigured)), ReadBack.SafeToRepeat);
            return payment;
        }

        var asked = AskSchedule.QuestionFor(payment, instance.Abilities, instance.Provider is ICanCancel, now);
        var limit = asked == Question.Cancel ? 2 * instance.Abilities.CallLimit : instance.Abilities.CallLimit;
        if (!await Claim(payment, instance.Abilities.Pace, limit, now)) return await Find(municipality, id);
        failPoints.Reach(FailPoints.AfterAskClaimed);
        var answer = await Put(instance, asked, Case(payment), limit, background);
        failPoints.Reach(FailPoints.AfterAsk);
        return await outcomes.Apply(municipality, id, asked, answer, instance.Abilities, new Cause($"provider:{instance.Name}", background ? Sources.Job : Sources.Provider));
    }

    /// <summary>For somebody who waits: not longer than they would.</summary>
    public async Task AskSoon(string municipality, string id)
    {
        try
        {
            await underWay.Run(() => Ask(municipality, id)).WaitAsync(ReadersPatience);
        }
        catch (TimeoutException)
        {
            // It goes on by itself, and whoever reads next sees it.
        }
    }

    /// <summary>True while there is something to ask and it may be asked.</summary>
    public bool IsDue(Payment payment, Instant now) =>
        payment is { NextAskAt: not null } && !payment.IsFinal && instances.Find(payment.Provider) is { } instance
        && (payment.AskedAt is not { } asked || asked.Plus(instance.Abilities.Pace) <= now) && (payment.AskingUntil is not { } busy || busy <= now);

    internal static Task<ProviderAnswer> Put(ProviderInstance instance, Question asked, PaymentCase about, TimeSpan limit, bool background) => asked switch
    {
        Question.Cancel when instance.Provider is ICanCancel canceller => instance.Ask(limit, token => canceller.Cancel(about, token), background),
        _ => instance.Ask(limit, token => instance.Provider.LookUp(about, token), background),
    };

    internal static PaymentCase Case(Payment payment) => new(PublicId.Payment + payment.Id, payment.Amount.Value, payment.Method, payment.Presentation)
    {
        Handle = payment.ProviderHandle,
        ProviderReference = payment.ProviderReference,
        Brand = payment.Brand,
        Terminal = payment.Terminal,
        Device = payment.Device,
        RequestedAt = payment.CreatedAt.ToDateTimeOffset(),
    };

    private Task<Payment?> Find(string municipality, string id) => database.Read(reader => PaymentStore.Find(reader, municipality, id));

    private Task<bool> Claim(Payment payment, TimeSpan pace, TimeSpan limit, Instant now) => database.WriteSurely(
        unit => PaymentStore.Claim(unit, payment.Municipality, payment.Id, now, now.Plus(-pace), now.Plus(limit + LeaseMargin)), ReadBack.SafeToRepeat);
}
