using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>
/// The provider sent captured money back by itself: it had accepted a cancel whose answer never reached us. The books follow at
/// once, as a refund that the provider asked for; the receivable is owed again.
/// </summary>
internal static class SentBack
{
    /// <summary>False when somebody changed the payment or its sheet at the same moment.</summary>
    public static async Task<bool> Book(Unit unit, Payment payment, Place place, IReadOnlyList<ReceivableLine> owed, RefundIds ids, Cause cause, Instant now)
    {
        var today = Money.BusinessDate.Of(now);
        var sheet = await DaySheet.FindAndOpen(unit, new SheetEntry(place, today, payment.Terminal, payment.Operator, NeedsClerk: false, ids.Session, now));
        if (sheet is not SheetAnswer.Listed { Line: var line }) return false;
        var refund = new Refund
        {
            Municipality = payment.Municipality,
            Id = ids.Refund,
            Payment = payment.Id,
            Receivable = payment.Receivable,
            Amount = payment.Amount,
            Way = Names.Of(RefundWay.Void),
            Status = Names.Of(RefundStatus.Succeeded),
            Reopen = 1,
            Place = payment.Place,
            ReceiptDate = today,
            BusinessDate = line.Date,
            RequestedBy = cause.Actor,
            Version = 1,
            CreatedAt = now,
            SucceededAt = now,
        };
        List<RefundLine> lines = payment.IsSurplus
            ? [Line(refund, owed[0].Line, payment.Amount)]
            : [.. owed.Where(each => each.Amount > Yen.Zero).Select(each => Line(refund, each.Line, each.Amount))];
        var after = payment with { RefundedAmount = payment.Amount, NextAskAt = null, AskingUntil = null, WatchUntil = null };
        if (!await PaymentStore.Update(unit, after)) return false;
        await RefundStore.Insert(unit, refund, lines);
        await GiveBack.Tell(unit, EventTypes.RefundCreated, ids.CreatedEvent, refund, cause, now);
        await GiveBack.Book(unit, ids, payment, refund, lines, CaptureEntry.Source(payment), today, line.Date, note: null, now);
        await GiveBack.Tell(unit, EventTypes.RefundSucceeded, ids.EndEvent, refund with { Version = 2 }, cause, now);
        return await GiveBack.LetGo(unit, after with { Version = payment.Version + 1 }, refund, now);
    }

    private static RefundLine Line(Refund refund, int line, Yen amount) => new() { Municipality = refund.Municipality, Refund = refund.Id, Line = line, Amount = amount };
}
