using System.Globalization;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>The ids that a refund's steps need, made before their unit.</summary>
public sealed record RefundIds(string Refund, string Note, byte[] Salt, string Entry, string SecondEntry, string ThirdEntry, string CreatedEvent, string EndEvent, string Session)
{
    public static RefundIds Next(Ids ids) => new(ids.Next(), ids.Next(), Notes.NewSalt(), ids.Next(), ids.Next(), ids.Next(), ids.Next(), ids.Next(), ids.Next());
}

/// <summary>Books refunds and lets go of what their payment held.</summary>
public static class GiveBack
{
    /// <summary>The refund's one entry (money rule 3).</summary>
    public static async Task Book(Unit unit, RefundIds ids, Payment payment, Refund refund, IReadOnlyList<RefundLine> lines, Account goesOutOf, BusinessDate paidOut, BusinessDate businessDate, NoteReference? note, Instant now)
    {
        var credits = await RefundStore.Credits(unit, payment.Municipality, payment.Id);
        var (_, owed) = await ReceivableStore.FindWithItsLines(unit, payment.Municipality, payment.Receivable)
            ?? throw new InvalidOperationException($"Payment {payment.Id} has no receivable.");
        await Journal.Post(unit, new JournalEntry(ids.Entry, payment.Municipality, EntryKind.Refund, paidOut, businessDate, now,
            RefundEntry.Postings(payment, credits, lines, owed, goesOutOf, refund.Place, paidOut))
        { Receivable = payment.Receivable, Payment = payment.Id, Refund = refund.Id, Note = note });
    }

    /// <summary>
    /// After the refund has succeeded: once nothing of the payment is left, it no longer holds its receivable, and the receivable
    /// is open again or closed, as the refund said.
    /// </summary>
    public static async Task<bool> LetGo(Unit unit, Payment payment, Refund refund, Instant now)
    {
        var gone = await RefundStore.Succeeded(unit, payment.Municipality, payment.Id);
        if (gone < payment.Amount) return true;
        if (!await PaymentStore.Update(unit, payment with { Slot = null, GivenBack = 1 })) return false;
        if (payment.Slot is null) return true;
        var receivable = await ReceivableStore.Find(unit, payment.Municipality, payment.Receivable)
            ?? throw new InvalidOperationException($"Payment {payment.Id} has no receivable.");
        await ReceivableStore.LetAlternativesGo(unit, receivable);
        if (refund.Reopen == 0) await ReceivableStore.CloseByRefund(unit, payment.Municipality, receivable.Id, now);
        return true;
    }

    /// <summary>For the audit trail; the reason lies in the refund's own note, once.</summary>
    public static AuditEvent Said(ApiCall call, AuditAction action, Refund refund) => call.Said(action, PublicId.Refund + refund.Id, refund.Place) with
    {
        Facts = Pairs.Of(("payment", PublicId.Payment + refund.Payment), ("amount", refund.Amount.Value.ToString(CultureInfo.InvariantCulture)), ("way", refund.Way), ("orderNumber", refund.OrderNumber), ("requestedBy", refund.RequestedBy)),
    };

    public static Task Tell(Unit unit, string type, string id, Refund refund, Cause cause, Instant now) =>
        EventLog.Write(unit, refund.Municipality, id, now, new Happened(type, refund.Id, refund.Version, refund.Receivable, refund.Payment, refund.Id, cause.Actor, cause.Source) { Note = type == EventTypes.RefundCreated ? refund.Note : null });
}
