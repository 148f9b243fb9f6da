using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Providers;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>Writes down what a provider's answer means: the only way in which a provider changes a payment.</summary>
public sealed class ApplyOutcome(Database database, Clock clock, Ids ids)
{
    /// <summary>A provider that accepted a cancel sends the money back within a day (mechanics 8); after it a person has to know.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromHours(24);

    private sealed record Made(CaptureIds Capture, EndIds End, RefundIds Refund, string Event, string Exception, string ExceptionEvent, string Entry)
    {
        public static Made Next(Ids ids) => new(CaptureIds.Next(ids), EndIds.Next(ids), RefundIds.Next(ids), ids.Next(), ids.Next(), ids.Next(), ids.Next());
    }

    /// <returns>The payment as it is now; null when there is none.</returns>
    public async Task<Payment?> Apply(string municipality, string id, Question asked, ProviderAnswer answer, ProviderAbilities abilities, Cause cause)
    {
        var (made, now) = (Made.Next(ids), clock.Now());
        var surplus = false;
        for (var attempt = 1; ; attempt++)
        {
            var asSurplus = surplus;
            var written = await database.Write(unit => InUnit(unit, municipality, id, asked, answer, abilities, made, asSurplus, cause, now), ReadBack.SafeToRepeat);
            switch (written)
            {
                case Written<bool>.Done { Value: true }:
                    return await database.Read(reader => PaymentStore.Find(reader, municipality, id));
                case Written<bool>.Taken { Index: PaymentStore.SlotIndex }:
                    // Late money, and somebody else has paid meanwhile.
                    surplus = true;
                    break;
            }

            if (attempt >= SheetRaces.MostTries) throw new InvalidOperationException($"What became of payment {id} could not be written down: {written}.");
        }
    }

    /// <summary>False: somebody changed it at the same moment, run it again.</summary>
    private static async Task<bool> InUnit(Unit unit, string municipality, string id, Question asked, ProviderAnswer answer, ProviderAbilities abilities, Made made, bool surplus, Cause cause, Instant now)
    {
        if (await PaymentStore.Find(unit, municipality, id) is not { } payment) return true;
        // A start that has answered has ended: from now on "not found" counts.
        if (asked == Question.Start && (payment.CallUntil is not { } end || end > now)) payment = payment with { CallUntil = now };
        var done = await Do(unit, payment, OutcomeRules.Decide(new OutcomeQuestion(payment, asked, answer, abilities, now)), abilities, made, surplus, cause, now);
        return done || unit.Abandon(false);
    }

    private static Task<bool> Do(Unit unit, Payment payment, Outcome outcome, ProviderAbilities abilities, Made made, bool surplus, Cause cause, Instant now) => outcome switch
    {
        Outcome.Stay => PaymentStore.AskAgain(unit, payment, AskSchedule.Next(payment, abilities, now)),
        Outcome.Show show => Show(unit, payment, show, abilities, made, cause, now),
        Outcome.ShowEnd end => PaymentStore.Update(unit, Asked(payment with { ActionType = PaymentAction.EndAtTerminal, ActionPayload = end.Action.Terminal, ActionExpiresAt = null }, abilities, now)),
        Outcome.Remember remember => PaymentStore.Update(unit, Asked(payment with { ProviderHandle = remember.Handle }, abilities, now)),
        Outcome.Capture capture => Capture(unit, payment, capture.Money, made, cause, now),
        Outcome.End ended => End(unit, payment, ended, abilities, made, cause, now),
        Outcome.Doubt doubt => Doubt(unit, payment, doubt.Why, abilities, made, cause, now),
        Outcome.Differs differs => Differs(unit, payment, differs.Money, made, cause, now),
        Outcome.Late late => Late(unit, payment, late.Money, made, surplus, cause, now),
        Outcome.PromiseBroken broken => PromiseBroken(unit, payment, broken.Money, made, cause, now),
        Outcome.WentBack => WentBack(unit, payment, made, cause, now),
        Outcome.Unwatch => PaymentStore.Update(unit, payment with { NextAskAt = null, AskingUntil = null, WatchUntil = null, InquiryState = payment.InquiryState is null ? null : "closed" }),
        _ => throw new InvalidOperationException("Outcome is a closed set."),
    };

    private static Payment Asked(Payment payment, ProviderAbilities abilities, Instant now)
    {
        var asked = payment with { AskingUntil = null, Asks = (payment.Asks ?? 0) + 1 };
        return asked with { NextAskAt = AskSchedule.Next(asked, abilities, now) };
    }

    private static Task<bool> Show(Unit unit, Payment payment, Outcome.Show show, ProviderAbilities abilities, Made made, Cause cause, Instant now)
    {
        (string Type, string? Payload, DateTimeOffset Expires) shownNow = show.Action switch
        {
            ProviderAction.ShowCode code => (PaymentAction.ShowCode, code.Payload, code.ExpiresAt),
            ProviderAction.Redirect page => (PaymentAction.Redirect, page.Url.AbsoluteUri, page.ExpiresAt),
            ProviderAction.ConfirmOnPhone phone => (PaymentAction.ConfirmOnPhone, null, phone.ExpiresAt),
            ProviderAction.PresentAtTerminal at => (PaymentAction.PresentAtTerminal, at.Terminal, at.ExpiresAt),
            _ => throw new InvalidOperationException("ProviderAction is a closed set."),
        };
        var shown = payment with { ActionType = shownNow.Type, ActionPayload = shownNow.Payload, ActionExpiresAt = Instant.From(shownNow.Expires), ProviderHandle = show.Handle, Doubt = null };
        // A notice was faster than the answer: the question it asked for is still to be put.
        var hinted = payment.NextAskAt <= now;
        return StepOn.Go(unit, shown with { NextAskAt = hinted ? now : AskSchedule.Next(shown with { Status = Names.Of(PaymentState.Pending) }, abilities, now), AskingUntil = null }, PaymentState.Pending, made.Event, cause, now);
    }

    private static async Task<bool> Doubt(Unit unit, Payment payment, string why, ProviderAbilities abilities, Made made, Cause cause, Instant now)
    {
        var doubted = payment with { Doubt = why.Length > 300 ? why[..300] : why, AskingUntil = null, Asks = 0 };
        doubted = doubted with { NextAskAt = AskSchedule.Next(doubted with { Status = Names.Of(PaymentState.InDoubt) }, abilities, now) };
        return payment.State == PaymentState.InDoubt
            ? await PaymentStore.Update(unit, doubted)
            : await StepOn.Go(unit, doubted, PaymentState.InDoubt, made.Event, cause, now);
    }

    private static Task<bool> End(Unit unit, Payment payment, Outcome.End end, ProviderAbilities abilities, Made made, Cause cause, Instant now)
    {
        // The graph has no way from cancelling to a refusal or an end of time: whoever cancelled reads that it is cancelled.
        var to = payment.State == PaymentState.Cancelling ? PaymentState.Cancelled : end.To;
        var ended = payment with { DeclineCode = end.DeclineCode, Promised = end.Promised ? 1 : null, WatchUntil = end.Watch ? now.Plus(Watch) : null, Asks = 0 };
        ended = ended with { NextAskAt = AskSchedule.Next(ended with { Status = Names.Of(to) }, abilities, now) };
        return EndWithoutMoney.Finish(unit, ended, to, made.End, cause, now);
    }

    private static Payment Taken(Payment payment, ProviderAnswer.Captured money, Instant now)
    {
        var at = Instant.From(money.At);
        return payment with
        {
            // A day outside the payment's own life would book it to the wrong year.
            CapturedAt = at < payment.CreatedAt ? payment.CreatedAt : at > now ? now : at,
            ProviderReference = money.Reference,
            ReferenceHash = References.Hash(payment.Provider!, money.Reference),
            ApprovalNumber = money.ApprovalNumber ?? payment.ApprovalNumber,
            Brand = money.Brand ?? payment.Brand,
        };
    }

    private static async Task<bool> Capture(Unit unit, Payment payment, ProviderAnswer.Captured money, Made made, Cause cause, Instant now)
    {
        var (place, receivable, lines) = await Context(unit, payment);
        var taken = Taken(payment, money, now);
        if (await Payments.Capture.AcceptHeld(unit, taken, place, receivable, lines, made.Capture, cause, BusinessDate.Of(taken.CapturedAt!.Value), now) is not CaptureAnswer.Booked { Payment: var booked }) return false;
        // A cancel was asked for: its answer may have been lost, and the money may still go back.
        return payment.CancelFor is null || await PaymentStore.Update(unit, booked with { WatchUntil = now.Plus(Watch), NextAskAt = now.Plus(TimeSpan.FromMinutes(1)), Asks = 0 });
    }

    private static async Task<bool> WentBack(Unit unit, Payment payment, Made made, Cause cause, Instant now)
    {
        var (place, _, lines) = await Context(unit, payment);
        return await SentBack.Book(unit, payment, place, lines, made.Refund, cause, now)
            && await Opened(unit, payment, Difference.CapturedButReturned, payment.Amount, "受領として計上した後、事業者が取消を受け付けてお金を返しました。返金として計上し、請求は未納に戻りました。", made, cause, now);
    }

    private static async Task<bool> Late(Unit unit, Payment payment, ProviderAnswer.Captured money, Made made, bool surplus, Cause cause, Instant now)
    {
        var (place, receivable, lines) = await Context(unit, payment);
        var taken = Taken(payment, money, now) with { InquiryState = payment.InquiryState is null ? null : "came" };
        return await LateMoney.Book(unit, taken, place, receivable, lines, made.Capture, surplus, cause, BusinessDate.Of(taken.CapturedAt!.Value), now) is CaptureAnswer.Booked;
    }

    private static async Task<bool> Differs(Unit unit, Payment payment, ProviderAnswer.Captured money, Made made, Cause cause, Instant now)
    {
        var (place, receivable, lines) = await Context(unit, payment);
        var yen = money.Currency == OutcomeRules.Yen && money.Amount > 0;
        var arrived = yen ? new Yen(money.Amount) : Yen.Zero;
        var at = Taken(payment, money, now).CapturedAt!.Value;
        var differing = payment with { ArrivedAmount = arrived, ProviderReference = money.Reference, NextAskAt = null, AskingUntil = null, WatchUntil = null, Doubt = $"amount-differs: 当方 {payment.Amount.Value} JPY、事業者 {money.Amount} {money.Currency}" };
        if (yen)
        {
            var sheet = await DaySheet.FindAndOpen(unit, new SheetEntry(place, BusinessDate.Of(at), payment.Terminal, payment.Operator, NeedsClerk: false, made.Capture.Session, now));
            if (sheet is not SheetAnswer.Listed { Line: var line }) return false;
            await Journal.Post(unit, new JournalEntry(made.Entry, payment.Municipality, EntryKind.Arrival, BusinessDate.Of(at), line.Date, now, CaptureEntry.Arrived(payment, arrived, place, lines, BusinessDate.Of(at))) { Receivable = receivable.Id, Payment = payment.Id });
        }

        var written = payment.State == PaymentState.InDoubt || payment.IsFinal
            ? await PaymentStore.Update(unit, differing)
            : await StepOn.Go(unit, differing, PaymentState.InDoubt, made.Event, cause, now);
        return written && await Opened(unit, payment, Difference.AmountDiffers, arrived, $"事業者は {money.Amount} {money.Currency} を受け取ったと答えています。請求は {payment.Amount.Value} JPY です。", made, cause, now);
    }

    private static async Task<bool> PromiseBroken(Unit unit, Payment payment, ProviderAnswer.Captured money, Made made, Cause cause, Instant now) =>
        await PaymentStore.Update(unit, payment with { NextAskAt = null, AskingUntil = null, WatchUntil = null, ProviderReference = money.Reference })
        && await Opened(unit, payment, Difference.CancelledButPaid, payment.Amount, "取消を受け付けた事業者が、24時間たっても受領済みと答えています。", made, cause, now);

    private static async Task<bool> Opened(Unit unit, Payment payment, string kind, Yen amount, string detail, Made made, Cause cause, Instant now)
    {
        await Differences.Open(unit, new Difference
        {
            Municipality = payment.Municipality,
            Id = made.Exception,
            Kind = kind,
            Object = payment.Id,
            Amount = amount,
            Place = payment.Place,
            Provider = payment.Provider,
            Receivable = payment.Receivable,
            Payment = payment.Id,
            Detail = detail,
            OpenedAt = now,
        }, made.ExceptionEvent, cause);
        return true;
    }

    private static async Task<(Place Place, Receivable Receivable, IReadOnlyList<ReceivableLine> Lines)> Context(Unit unit, Payment payment)
    {
        var (receivable, lines) = await ReceivableStore.FindWithItsLines(unit, payment.Municipality, payment.Receivable) ?? throw new InvalidOperationException($"Payment {payment.Id} has no receivable.");
        var place = await PlaceStore.Find(unit, payment.Municipality, payment.Place) ?? throw new InvalidOperationException($"Payment {payment.Id} has no place.");
        return (place, receivable, lines);
    }
}

/// <summary>What a provider calls its payment is booked once (unique index payment_reference).</summary>
public static class References
{
    public static byte[] Hash(string provider, string reference) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{provider}\n{reference}"));
}

/// <summary>Money of a payment that had ended without it: the named correction path (mechanics 4 and 10).</summary>
public static class LateMoney
{
    /// <summary>Takes the receivable's slot if it is still owed and free, else it is a surplus. Ends the unit as Taken when another payment is faster.</summary>
    public static async Task<CaptureAnswer> Book(Unit unit, Payment payment, Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, CaptureIds ids, bool surplus, Cause cause, BusinessDate receiptDate, Instant now)
    {
        if (PaymentStates.Corrections.All(edge => edge.From != payment.State)) throw new InvalidOperationException($"No correction leads from {payment.State} to captured.");
        var owed = !surplus && receivable.CancelledAt is null && receivable.ExpiredAt is null && receivable.RefundedAt is null && await PaymentStore.Holder(unit, payment.Municipality, receivable.Id) is null;
        var next = payment with { Version = payment.Version + 1 };
        var answer = owed ? await Capture.Accept(unit, next, place, receivable, lines, ids, cause, receiptDate, now) : new CaptureAnswer.HeldByAlternative();
        return answer is CaptureAnswer.HeldByAlternative ? await Capture.AcceptSurplus(unit, next, place, receivable, lines, ids, cause, receiptDate, now) : answer;
    }
}
