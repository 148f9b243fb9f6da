using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>Ids for an unfinished payment that ends without money, and for the surplus that may take its place.</summary>
public sealed record EndIds(string EndEvent, string AcceptEntry, string AcceptEvent, string PaidEvent, string Session)
{
    public static EndIds Next(Ids ids) => new(ids.Next(), ids.Next(), ids.Next(), ids.Next(), ids.Next());
}

/// <summary>Declined, cancelled or expired: the slot is free, and the oldest surplus takes it in the same unit (mechanics 4).</summary>
public static class EndWithoutMoney
{
    /// <summary>False when the payment changed since it was read.</summary>
    public static async Task<bool> Finish(Unit unit, Payment payment, PaymentState to, EndIds ids, Cause cause, Instant now)
    {
        var edge = PaymentStates.Edge(payment.State, to) ?? throw new InvalidOperationException($"No step leads from {payment.State} to {to}.");
        if (PaymentStates.IsFinal(to) is false || to == PaymentState.Captured) throw new InvalidOperationException($"{to} does not end a payment without money.");
        var ended = payment with { Status = Names.Of(to), Slot = null, BusyTerminal = null, ActionPayload = null, Doubt = null, CancelFor = null, AskingUntil = null, NextAskAt = payment.WatchUntil is null ? null : payment.NextAskAt };
        if (!await PaymentStore.Update(unit, ended)) return false;
        await EventLog.Write(unit, payment.Municipality, ids.EndEvent, now, new Happened(edge.Event, payment.Id, payment.Version + 1, payment.Receivable, payment.Id, null, cause.Actor, cause.Source));
        if (payment.Slot is null) return true;

        var (receivable, lines) = await ReceivableStore.FindWithItsLines(unit, payment.Municipality, payment.Receivable) ?? throw new InvalidOperationException($"Payment {payment.Id} has no receivable.");
        await ReceivableStore.LetAlternativesGo(unit, receivable);
        return await AcceptOldestSurplus(unit, receivable, lines, ids, cause, now);
    }

    /// <summary>A second entry moves the oldest surplus from 過誤納 to revenue; its receipt date stays the day it was paid.</summary>
    private static async Task<bool> AcceptOldestSurplus(Unit unit, Receivable receivable, IReadOnlyList<ReceivableLine> lines, EndIds ids, Cause cause, Instant now)
    {
        if (receivable.CancelledAt is not null || await PaymentStore.OldestSurplus(unit, receivable.Municipality, receivable.Id) is not { } surplus) return true;
        if (surplus.Amount != receivable.Amount) return true;
        if (!await ReceivableStore.HoldAlternatives(unit, receivable)) return true;
        var place = await PlaceStore.Find(unit, surplus.Municipality, surplus.Place) ?? throw new InvalidOperationException($"Payment {surplus.Id} has no place.");
        var sheet = await DaySheet.FindAndOpen(unit, new SheetEntry(place, BusinessDate.Of(now), null, null, NeedsClerk: false, ids.Session, now));
        if (sheet is not SheetAnswer.Listed { Line: { Date: var businessDate } }) return false;
        if (!await PaymentStore.Update(unit, surplus with { Slot = receivable.Id, Surplus = 0 })) return false;
        await Journal.Post(unit, new JournalEntry(ids.AcceptEntry, surplus.Municipality, EntryKind.SurplusAccepted, surplus.ReceiptDate!.Value, businessDate, now,
            CaptureEntry.SurplusAccepted(place, receivable, lines, surplus.ReceiptDate.Value))
        { Receivable = receivable.Id, Payment = surplus.Id });
        await EventLog.Write(unit, surplus.Municipality, ids.AcceptEvent, now, new Happened(EventTypes.PaymentAccepted, surplus.Id, surplus.Version + 1, receivable.Id, surplus.Id, null, cause.Actor, cause.Source));
        await EventLog.Write(unit, surplus.Municipality, ids.PaidEvent, now, new Happened(EventTypes.ReceivablePaid, receivable.Id, receivable.Version + 1, receivable.Id, surplus.Id, null, cause.Actor, cause.Source));
        return true;
    }
}

/// <summary>A step that neither takes money nor ends the payment: pending, cancelling, in doubt.</summary>
public static class StepOn
{
    public static async Task<bool> Go(Unit unit, Payment payment, PaymentState to, string eventId, Cause cause, Instant now)
    {
        var edge = PaymentStates.Edge(payment.State, to) ?? throw new InvalidOperationException($"No step leads from {payment.State} to {to}.");
        if (PaymentStates.IsFinal(to)) throw new InvalidOperationException($"{to} is final; it has a door of its own.");
        if (!await PaymentStore.Update(unit, payment with { Status = Names.Of(to) })) return false;
        await EventLog.Write(unit, payment.Municipality, eventId, now, new Happened(edge.Event, payment.Id, payment.Version + 1, payment.Receivable, payment.Id, null, cause.Actor, cause.Source));
        return true;
    }
}
