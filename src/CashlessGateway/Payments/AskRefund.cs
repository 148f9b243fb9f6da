using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Instances;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Providers;
using CashlessGateway.Recovery;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>What a contract can do for one payment at this moment.</summary>
public static class ProviderRefundFacts
{
    public static ProviderRefunds? Of(ProviderInstance? instance, Payment payment, long soFar, Instant now)
    {
        if (instance is null || payment.CapturedAt is not { } captured) return null;
        var at = captured.ToDateTimeOffset();
        var voids = instance.Provider is ICanVoid voider && voider.VoidableUntil(at) >= now.ToDateTimeOffset();
        return instance.Provider is ICanRefund refunder && refunder.RefundsOf(new PaidWith(payment.Method, payment.Brand)) is { } refunds
            ? new ProviderRefunds(voids, refunds.Until(at) >= now.ToDateTimeOffset(), refunds.Partial, refunds.MostPerPayment - soFar)
            : new ProviderRefunds(voids, CanRefund: false, Partial: false, Left: 0);
    }
}

/// <summary>
/// Money that goes back through a provider: ordered under the refund's own id as often as needed, since the provider counts
/// equal orders as one; booked when the provider says that it is on its way.
/// </summary>
public sealed class AskRefund(Database database, Clock clock, Ids ids, ProviderInstances instances, CallsUnderWay underWay, FailPoints failPoints, CallLog calls)
{
    /// <summary>Whoever committed the order makes the first call; if it died, the job does.</summary>
    public static readonly TimeSpan FirstAsk = TimeSpan.FromSeconds(45);

    /// <summary>A refund that hangs is asked for this often: nobody waits at the counter for it.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    private const int EagerAsks = 12;

    /// <summary>The caller waits, but no longer than a caller may.</summary>
    public async Task AskWaiting(string municipality, string id)
    {
        try
        {
            await underWay.Run(() => Ask(municipality, id)).WaitAsync(ProviderAttempt.Patience);
        }
        catch (TimeoutException)
        {
            // It is pending, which everybody sees, and the job goes on asking.
        }
    }

    public async Task Ask(string municipality, string id, bool background = false)
    {
        var (refund, payment) = await database.Read(async reader =>
        {
            var found = await RefundStore.Find(reader, municipality, id);
            return (found, found is null ? null : await PaymentStore.Find(reader, municipality, found.Payment));
        });
        if (refund is not { NextAskAt: not null, State: RefundStatus.Pending or RefundStatus.InDoubt or RefundStatus.Succeeded } || payment is null) return;
        var now = clock.Now();
        if (instances.Find(payment.Provider) is not { } instance)
        {
            await Apply(municipality, id, refund.State, new RefundAnswer.Unknown("the contract is not configured"), "gateway", Sources.Job);
            return;
        }

        var (pace, limit) = (instance.Abilities.Pace, instance.Abilities.StartLimit);
        if (!await database.WriteSurely(unit => RefundStore.Claim(unit, municipality, id, now, now.Plus(-pace), now.Plus(limit + limit)), ReadBack.SafeToRepeat)) return;
        var answer = await Question(instance, refund, payment, limit, background);
        failPoints.Reach(FailPoints.AfterRefund);
        await Apply(municipality, id, refund.State, answer, $"provider:{instance.Name}", background ? Sources.Job : Sources.Provider);
        failPoints.Reach(FailPoints.AfterRefundWritten);
    }

    /// <summary>The first time it is ordered; afterwards it is looked up first, and ordered again only where the provider does not have it.</summary>
    private async Task<RefundAnswer> Question(ProviderInstance instance, Refund refund, Payment payment, TimeSpan limit, bool background)
    {
        var order = new RefundOrder(PublicId.Refund + refund.Id, PublicId.Payment + payment.Id, payment.ProviderReference ?? "", refund.Amount.Value, payment.Amount.Value, refund.Way)
        {
            PaidWith = new PaidWith(payment.Method, payment.Brand),
            CapturedAt = payment.CapturedAt!.Value.ToDateTimeOffset(),
            RequestedAt = (refund.DecidedAt ?? refund.CreatedAt).ToDateTimeOffset(),
        };
        // A notice said that something happened to it after it had succeeded: nothing is ordered any more.
        if (refund.State == RefundStatus.Succeeded)
            return instance.Provider is ICanRefund looker ? await instance.AskRefund(limit, token => looker.LookUpRefund(order, token), background) : new RefundAnswer.Unknown("the contract cannot refund any more");
        if (refund.How == RefundWay.Void)
            return instance.Provider is ICanVoid voider ? !await Note(refund, payment, instance) ? NotSent : await instance.AskRefund(limit, token => voider.Void(order, token), background) : new RefundAnswer.Unknown("the contract cannot void any more");
        if (instance.Provider is not ICanRefund refunder) return new RefundAnswer.Unknown("the contract cannot refund any more");
        if (refund.AskedAt is not null && await instance.AskRefund(limit, token => refunder.LookUpRefund(order, token), background) is not RefundAnswer.Absent and var known) return known;
        return await Note(refund, payment, instance) ? await instance.AskRefund(limit, token => refunder.Refund(order, token), background) : NotSent;
    }

    private static RefundAnswer NotSent => new RefundAnswer.Unknown("the order could not be written to the call log and was not sent");

    /// <summary>An order that a restored database could not find again is not sent; it is tried again with the next question.</summary>
    private async Task<bool> Note(Refund refund, Payment payment, ProviderInstance instance)
    {
        try
        {
            await calls.Append(CalledLine.Of(refund, payment, instance.Name, clock.Now()));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Why stands on /health/ready.
            return false;
        }
    }

    /// <summary>Writes down what an answer means.</summary>
    /// <param name="asked">As the refund was when the question was put: an answer that comes after it has succeeded tells of the order, not of what became of it later.</param>
    public async Task Apply(string municipality, string id, RefundStatus asked, RefundAnswer answer, string actor, string source)
    {
        var (made, exceptionId, exceptionEvent, now) = (RefundIds.Next(ids), ids.Next(), ids.Next(), clock.Now());
        var cause = new Cause(actor, source);
        for (var attempt = 1; ; attempt++)
        {
            var written = await database.Write(async unit =>
            {
                if (await RefundStore.Find(unit, municipality, id) is not { State: RefundStatus.Pending or RefundStatus.InDoubt or RefundStatus.Succeeded } refund) return true;
                if (refund.State == RefundStatus.Succeeded && asked != RefundStatus.Succeeded) return true;
                var payment = await PaymentStore.Find(unit, municipality, refund.Payment) ?? throw new InvalidOperationException($"Refund {id} has no payment.");
                var done = answer switch
                {
                    RefundAnswer.Failed failed when refund.State == RefundStatus.Succeeded => await RefundCameBack.Book(unit, refund, payment, failed.Code, made, exceptionId, exceptionEvent, cause, now),
                    _ when refund.State == RefundStatus.Succeeded => await RefundStore.Update(unit, StillGood(refund, answer, now)),
                    RefundAnswer.Succeeded succeeded => await Succeed(unit, refund, payment, succeeded, made, cause, now),
                    RefundAnswer.Failed failed => await Fail(unit, refund, payment, failed, made, exceptionId, exceptionEvent, cause, now),
                    RefundAnswer.Pending => await RefundStore.Update(unit, Later(refund, null, now)),
                    RefundAnswer.Absent => await RefundStore.Update(unit, Later(refund, null, now)),
                    RefundAnswer.Unknown unknown => await Doubt(unit, refund, unknown.Why, made, cause, now),
                    _ => throw new InvalidOperationException("RefundAnswer is a closed set."),
                };
                return done || unit.Abandon(false);
            }, ReadBack.SafeToRepeat);
            if (written is Written<bool>.Done { Value: true }) return;
            if (attempt >= SheetRaces.MostTries) throw new InvalidOperationException($"What became of refund {id} could not be written down: {written}.");
        }
    }

    /// <summary>What could not be asked is asked again for an hour; then the settlement shows it.</summary>
    private Refund StillGood(Refund refund, RefundAnswer answer, Instant now)
    {
        if (answer is not RefundAnswer.Unknown) return refund with { NextAskAt = null, AskingUntil = null, Asks = 0 };
        var later = Later(refund, refund.Doubt, now);
        return later.Asks > 2 * EagerAsks ? later with { NextAskAt = null } : later;
    }

    private Refund Later(Refund refund, string? doubt, Instant now)
    {
        var asks = (refund.Asks ?? 0) + 1;
        return refund with { Doubt = doubt, Asks = asks, AskingUntil = null, NextAskAt = now.Plus(asks < EagerAsks ? TimeSpan.FromSeconds(5) : Calm) };
    }

    private async Task<bool> Doubt(Unit unit, Refund refund, string why, RefundIds made, Cause cause, Instant now)
    {
        var doubted = Later(refund, why.Length > 300 ? why[..300] : why, now) with { Status = Names.Of(RefundStatus.InDoubt) };
        if (!await RefundStore.Update(unit, doubted)) return false;
        if (refund.State != RefundStatus.InDoubt) await GiveBack.Tell(unit, EventTypes.RefundInDoubt, made.EndEvent, doubted with { Version = refund.Version + 1 }, cause, now);
        return true;
    }

    /// <summary>Its day is the provider's, and decides between 戻出 and expenditure of the new year.</summary>
    private static async Task<bool> Succeed(Unit unit, Refund refund, Payment payment, RefundAnswer.Succeeded succeeded, RefundIds made, Cause cause, Instant now)
    {
        var at = succeeded.At is { } said ? Instant.From(said) : now;
        var paidOut = BusinessDate.Of(at < refund.CreatedAt ? refund.CreatedAt : at > now ? now : at);
        var place = await PlaceStore.Find(unit, refund.Municipality, refund.Place) ?? throw new InvalidOperationException($"Refund {refund.Id} has no place.");
        // Money that a provider sent back is listed in any case, as money that it took is.
        var sheet = await DaySheet.FindAndOpen(unit, new SheetEntry(place, paidOut, refund.Terminal, refund.Operator, NeedsClerk: false, made.Session, now));
        if (sheet is not SheetAnswer.Listed { Line: var line }) return false;
        var after = refund with
        {
            Status = Names.Of(RefundStatus.Succeeded),
            ReceiptDate = paidOut,
            BusinessDate = line.Date,
            ProviderReference = succeeded.Reference,
            SucceededAt = now,
            Doubt = null,
            NextAskAt = null,
            AskingUntil = null,
        };
        if (!await RefundStore.Update(unit, after)) return false;
        var lines = await RefundStore.Lines(unit, refund.Municipality, refund.Id);
        var note = await Notes.Reference(unit, refund.Municipality, refund.Note);
        await GiveBack.Book(unit, made, payment, after, lines, CaptureEntry.Source(payment), paidOut, line.Date, note, now);
        await GiveBack.Tell(unit, EventTypes.RefundSucceeded, made.EndEvent, after with { Version = refund.Version + 1 }, cause, now);
        // A session that was closed meanwhile has counted its drawer without this; no cash was in it.
        if (refund.Session is { } session && await SessionStore.FindOpen(unit, refund.Municipality, session) is not null && !await DaySheet.Count(unit, refund.Municipality, session)) return false;
        return await GiveBack.LetGo(unit, payment, after, now);
    }

    private static async Task<bool> Fail(Unit unit, Refund refund, Payment payment, RefundAnswer.Failed failed, RefundIds made, string exceptionId, string exceptionEvent, Cause cause, Instant now)
    {
        var after = refund with { Status = Names.Of(RefundStatus.Failed), Doubt = failed.Code, NextAskAt = null, AskingUntil = null };
        if (!await RefundStore.Update(unit, after)) return false;
        if (!await PaymentStore.Update(unit, payment with { RefundedAmount = payment.RefundedAmount - refund.Amount })) return false;
        await GiveBack.Tell(unit, EventTypes.RefundFailed, made.EndEvent, after with { Version = refund.Version + 1 }, cause, now);
        if (refund.How != RefundWay.Refund) return true;
        await Differences.Open(unit, new Difference
        {
            Municipality = refund.Municipality,
            Id = exceptionId,
            Kind = Difference.RefundRefused,
            Object = refund.Id,
            Amount = refund.Amount,
            Place = refund.Place,
            Provider = payment.Provider,
            Receivable = refund.Receivable,
            Payment = refund.Payment,
            Refund = refund.Id,
            Detail = $"事業者が承認済みの返金を断りました（{failed.Code}）。口座振込など別の方法で返してください。",
            OpenedAt = now,
        }, exceptionEvent, cause);
        return true;
    }

    /// <summary>Keeps what is known now as the answer of the call's key.</summary>
    public Task<Reply> Keep(ApiCall call, string id, int status) => database.WriteSurely(async unit =>
    {
        var refund = await RefundStore.Find(unit, call.Municipality, id) ?? throw new InvalidOperationException($"Refund {id} was written and is not there.");
        return await call.Key.Keep(unit, PublicId.Refund + id, status, status == 201 ? $"/v1/refunds/{PublicId.Refund}{id}" : null, RefundView.Of(refund, await RefundStore.Lines(unit, call.Municipality, id)));
    }, ReadBack.SafeToRepeat);
}
