using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>
/// A refund that had succeeded did not reach the payer, and the money lies with the provider again (a card that was closed meanwhile).
/// Its first entry stays and is reversed on the day we learn of it; a person decides how the payer gets the money.
/// </summary>
internal static class RefundCameBack
{
    /// <summary>False when somebody changed the payment, the receivable or the sheet at the same moment.</summary>
    public static async Task<bool> Book(Unit unit, Refund refund, Payment payment, string code, RefundIds made, string exceptionId, string exceptionEvent, Cause cause, Instant now)
    {
        var today = BusinessDate.Of(now);
        var place = await PlaceStore.Find(unit, refund.Municipality, refund.Place) ?? throw new InvalidOperationException($"Refund {refund.Id} has no place.");
        var sheet = await DaySheet.FindAndOpen(unit, new SheetEntry(place, today, null, null, NeedsClerk: false, made.Session, now));
        if (sheet is not SheetAnswer.Listed { Line: var line }) return false;
        var (entry, booked) = await RefundStore.RefundEntry(unit, refund.Municipality, refund.Id) ?? throw new InvalidOperationException($"Refund {refund.Id} succeeded and was not booked.");
        var receivable = await ReceivableStore.Find(unit, refund.Municipality, refund.Receivable) ?? throw new InvalidOperationException($"Refund {refund.Id} has no receivable.");

        // It had let its receivable go; whoever paid since keeps it, and this money is one too many (過誤納).
        var hadLetGo = payment is { GivenBack: 1, IsSurplus: false };
        var oneTooMany = hadLetGo && (await PaymentStore.Holder(unit, refund.Municipality, receivable.Id) is not null || !await ReceivableStore.HoldAlternatives(unit, receivable));
        var returned = payment with
        {
            RefundedAmount = payment.RefundedAmount - refund.Amount,
            GivenBack = 0,
            Slot = hadLetGo ? oneTooMany ? null : receivable.Id : payment.Slot,
            Surplus = oneTooMany ? 1 : payment.Surplus,
        };
        var failed = refund with { Status = Names.Of(RefundStatus.Failed), Doubt = code, NextAskAt = null, AskingUntil = null };
        if (!await RefundStore.Update(unit, failed) || !await PaymentStore.Update(unit, returned)) return false;
        if (receivable.RefundedAt is not null) await ReceivableStore.ReopenAfterRefund(unit, refund.Municipality, receivable.Id);
        await Journal.Post(unit, new JournalEntry(made.Entry, refund.Municipality, EntryKind.Reversal, today, line.Date, now, Back(booked, refund.Place, oneTooMany)) { Receivable = refund.Receivable, Payment = refund.Payment, Refund = refund.Id, Reverses = entry });
        await GiveBack.Tell(unit, EventTypes.RefundFailed, made.EndEvent, failed with { Version = refund.Version + 1 }, cause, now);
        await Differences.Open(unit, new Difference
        {
            Municipality = refund.Municipality,
            Id = exceptionId,
            Kind = Difference.RefundCameBack,
            Object = refund.Id,
            Amount = refund.Amount,
            Place = refund.Place,
            Provider = payment.Provider,
            Receivable = refund.Receivable,
            Payment = refund.Payment,
            Refund = refund.Id,
            Detail = $"成功した返金がお客様に届かず、事業者に戻りました（{code}）。{(oneTooMany ? "請求は別の支払いで納付済みなので過誤納です。" : "")}口座振込など別の方法で返してください。",
            OpenedAt = now,
        }, exceptionEvent, cause);
        return true;
    }

    /// <summary>The opposite, line by line; where the receivable is paid by another by now, not into its revenue a second time.</summary>
    private static List<Posting> Back(IReadOnlyList<Posting> booked, string place, bool oneTooMany)
    {
        var opposite = booked.Select(static posting => posting.Opposite()).ToList();
        return oneTooMany
            ? opposite.ConvertAll(posting => posting.Credit > Yen.Zero ? posting with { Account = Account.Overpaid(place), ReceivableLine = null } : posting)
            : opposite;
    }
}
