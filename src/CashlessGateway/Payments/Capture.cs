using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>The ids that a capture needs, made before its unit.</summary>
public sealed record CaptureIds(string Payment, string Entry, string PaymentEvent, string ReceivableEvent, string Session)
{
    public static CaptureIds Next(Ids ids) => new(ids.Next(), ids.Next(), ids.Next(), ids.Next(), ids.Next());
}

/// <summary>What became of an attempt to book captured money.</summary>
public abstract record CaptureAnswer
{
    private CaptureAnswer() { }

    public sealed record Booked(Payment Payment) : CaptureAnswer;

    public sealed record NotListed(SheetAnswer Why) : CaptureAnswer;

    /// <summary>The payment changed since it was read: run the unit again.</summary>
    public sealed record Changed : CaptureAnswer;

    /// <summary>Another slip of the same debt holds it.</summary>
    public sealed record HeldByAlternative : CaptureAnswer;
}

/// <summary>Books captured money in one unit: entry and events, then the sheet and its number, then the payment row that carries it.</summary>
public static class Capture
{
    /// <summary>Money for an open receivable. Ends the unit (Taken payment_slot) when another payment holds it.</summary>
    public static async Task<CaptureAnswer> Accept(Unit unit, Payment payment, Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, CaptureIds ids, Cause cause, BusinessDate receiptDate, Instant now, SheetLine? found = null)
    {
        await ReceivableStore.Touch(unit, receivable);
        if (!await ReceivableStore.HoldAlternatives(unit, receivable)) return new CaptureAnswer.HeldByAlternative();
        return await Book(unit, payment with { Slot = receivable.Id, Surplus = 0 }, place, receivable, ids, cause, receiptDate, now,
            CaptureEntry.Accepted(payment, place, receivable, lines, receiptDate), EventTypes.ReceivablePaid, found);
    }

    /// <summary>Money of a payment that already holds its receivable (it was pending or in doubt).</summary>
    public static async Task<CaptureAnswer> AcceptHeld(Unit unit, Payment payment, Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, CaptureIds ids, Cause cause, BusinessDate receiptDate, Instant now)
    {
        if (PaymentStates.Edge(payment.State, PaymentState.Captured) is null || payment.Slot != receivable.Id) throw new InvalidOperationException($"Payment {payment.Id} is {payment.Status} and does not hold {receivable.Id}.");
        await ReceivableStore.Touch(unit, receivable);
        return await Book(unit, payment with { Version = payment.Version + 1 }, place, receivable, ids, cause, receiptDate, now,
            CaptureEntry.Accepted(payment, place, receivable, lines, receiptDate), EventTypes.ReceivablePaid);
    }

    /// <summary>Money that nobody owes (any more): always recorded, never refused (mechanics 4).</summary>
    public static Task<CaptureAnswer> AcceptSurplus(Unit unit, Payment payment, Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, CaptureIds ids, Cause cause, BusinessDate receiptDate, Instant now) =>
        Book(unit, payment with { Slot = null, Surplus = 1 }, place, receivable, ids, cause, receiptDate, now,
            CaptureEntry.AsSurplus(payment, place, lines, receiptDate), EventTypes.ReceivableOverpaid);

    private static async Task<CaptureAnswer> Book(Unit unit, Payment payment, Place place, Receivable receivable, CaptureIds ids, Cause cause, BusinessDate receiptDate, Instant now, IReadOnlyList<Posting> postings, string receivableEvent, SheetLine? found = null)
    {
        var sheet = new SheetEntry(place, receiptDate, payment.Terminal, payment.Operator, payment.How == PaymentMethod.Cash && cause.Source == Sources.Api, ids.Session, now);
        if (found is null)
        {
            var answer = await DaySheet.Find(unit, sheet);
            if (answer is not SheetAnswer.Listed { Line: var line }) return new CaptureAnswer.NotListed(answer);
            found = line;
        }

        await Journal.Post(unit, new JournalEntry(ids.Entry, payment.Municipality, EntryKind.Capture, receiptDate, found.Date, now, postings) { Receivable = receivable.Id, Payment = payment.Id });
        await EventLog.Write(unit, payment.Municipality, now,
            (ids.PaymentEvent, new Happened(EventTypes.PaymentCaptured, payment.Id, payment.Version, receivable.Id, payment.Id, null, cause.Actor, cause.Source)),
            (ids.ReceivableEvent, new Happened(receivableEvent, receivable.Id, receivable.Version + 1, receivable.Id, payment.Id, null, cause.Actor, cause.Source)));

        // Last, since its rows are the ones that a counter's payments wait for each other on.
        var listed = await DaySheet.List(unit, sheet, found);
        if (listed is not SheetAnswer.Listed { Line: var numbered }) return new CaptureAnswer.NotListed(listed);
        return await Write(unit, Finished(payment, numbered, receiptDate, now));
    }

    private static Payment Finished(Payment payment, SheetLine line, BusinessDate receiptDate, Instant now) => payment with
    {
        Status = Names.Of(PaymentState.Captured),
        BusyTerminal = null,
        ActionPayload = null,
        Doubt = null,
        CancelFor = null,
        NextAskAt = null,
        AskingUntil = null,
        WatchUntil = null,
        Session = line.Session,
        ReceiptNumber = line.ReceiptNumber,
        ReceiptDate = receiptDate,
        BusinessDate = line.Date,
        CapturedAt = payment.CapturedAt ?? now,
    };

    /// <summary>A payment seen for the first time is inserted; one that was unfinished is updated, if nobody else finished it.</summary>
    private static async Task<CaptureAnswer> Write(Unit unit, Payment payment)
    {
        if (payment.Version == 1)
        {
            await PaymentStore.Insert(unit, payment);
            return new CaptureAnswer.Booked(payment);
        }

        return await PaymentStore.Update(unit, payment with { Version = payment.Version - 1 })
            ? new CaptureAnswer.Booked(payment)
            : new CaptureAnswer.Changed();
    }
}
