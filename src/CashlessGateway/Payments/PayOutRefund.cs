using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>
/// POST /v1/refunds/{id}/paid: an approved bank transfer has left the account. If it left on the other side of 出納閉鎖 than it was
/// ordered for, its entry is reversed and booked anew for the day it really left: refunds follow the day they are paid out.
/// </summary>
public sealed class PayOutRefund(Database database, Clock clock, Ids ids, AuditTrail trail)
{
    private static readonly Sql FindBankAccount = new("select 1 from bank_account where municipality = @municipality and code = @code");

    public Operation Route => new("POST", "/v1/refunds/{id}/paid", "refunds", "An approved bank transfer left the account", Scopes.RefundsApprove, typeof(PaidOutRequest), typeof(RefundView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.RefundNotAllowed, Errors.VersionChanged], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Refund).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(PaidOutRequest.Read).IsOk(out var request, out problem)) return problem;
        var (made, stamp, now) = (RefundIds.Next(ids), trail.Stamp(), clock.Now());
        return await Races.Settle(
            () => database.WriteKeyed(unit => InUnit(unit, call, id, request, made, stamp, now), ReadBack.SafeToRepeat),
            () => Task.FromResult(new Problem(Errors.VersionChanged)));
    }

    private static async Task<Reply?> InUnit(Unit unit, ApiCall call, string id, PaidOutRequest request, RefundIds made, AuditStamp stamp, Instant now)
    {
        if (await RefundStore.Find(unit, call.Municipality, id) is not { } refund || !call.Caller.MayUse(refund.Place))
            return unit.Abandon<Reply?>(Problem.Missing(new Words("この返金はありません。", "There is no such refund.")));
        if (refund.State != RefundStatus.Pending || refund.How != RefundWay.BankTransfer)
            return unit.Abandon<Reply?>(RequestRefund.NotAllowed(new RefundDecision.Forbidden("not-pending", new("承認済みで未払いの口座振込ではありません。", "It is not an approved bank transfer that waits to be paid."))));
        if (request.Date > BusinessDate.Of(now)) return unit.Abandon<Reply?>(Problem.At(Errors.Invalid, "/date", "in-the-future", new Words("まだ来ていない日です。", "The day has not come yet.")));
        if (!await unit.Exists(FindBankAccount, new { municipality = call.Municipality, code = request.BankAccount }))
            return unit.Abandon<Reply?>(Problem.At(Errors.Invalid, "/bankAccount", "not-found", new Words("この口座は登録されていません。", "There is no such bank account.")));

        var payment = await PaymentStore.Find(unit, call.Municipality, refund.Payment) ?? throw new InvalidOperationException($"Refund {id} has no payment.");
        var lines = await RefundStore.Lines(unit, call.Municipality, id);
        var after = refund with { Status = Names.Of(RefundStatus.Succeeded), ReceiptDate = request.Date, SucceededAt = now };
        if (!await RefundStore.Update(unit, after)) return unit.Abandon<Reply?>(null);
        if (!await Book(unit, refund, payment, lines, request, made, now)) return unit.Abandon<Reply?>(null);
        await GiveBack.Tell(unit, EventTypes.RefundSucceeded, made.EndEvent, after with { Version = refund.Version + 1 }, new Cause(call.Caller.Principal, Sources.Api), now);
        if (!await GiveBack.LetGo(unit, payment, after, now)) return unit.Abandon<Reply?>(null);
        await AuditTrail.Write(unit, stamp, GiveBack.Said(call, AuditActions.RefundPaidOut, after) with { After = Pairs.Of(("date", request.Date.ToString()), ("bankAccount", request.BankAccount)) });
        return await call.Key.Keep(unit, PublicId.Refund + id, 200, null, RefundView.Of(after, lines));
    }

    private static async Task<bool> Book(Unit unit, Refund refund, Payment payment, IReadOnlyList<RefundLine> lines, PaidOutRequest request, RefundIds made, Instant now)
    {
        var place = await PlaceStore.Find(unit, refund.Municipality, refund.Place) ?? throw new InvalidOperationException($"Refund {refund.Id} has no place.");
        var sheet = await DaySheet.FindAndOpen(unit, new SheetEntry(place, BusinessDate.Of(now), null, null, NeedsClerk: false, made.Session, now));
        if (sheet is not SheetAnswer.Listed { Line: { Date: var businessDate } }) return false;
        var (entry, booked) = await RefundStore.RefundEntry(unit, refund.Municipality, refund.Id) ?? throw new InvalidOperationException($"Refund {refund.Id} was approved and not booked.");
        var credits = await RefundStore.Credits(unit, refund.Municipality, payment.Id);
        var (_, owed) = await ReceivableStore.FindWithItsLines(unit, refund.Municipality, payment.Receivable) ?? throw new InvalidOperationException($"Payment {payment.Id} has no receivable.");
        var right = RefundEntry.Postings(payment, credits, lines, owed, Account.RefundPayable(refund.Place), refund.Place, request.Date);
        if (!right.SequenceEqual(booked))
        {
            await Journal.Post(unit, new JournalEntry(made.SecondEntry, refund.Municipality, EntryKind.Reversal, request.Date, businessDate, now, booked.Select(posting => posting.Opposite()).ToList()) { Receivable = refund.Receivable, Payment = refund.Payment, Refund = refund.Id, Reverses = entry });
            await Journal.Post(unit, new JournalEntry(made.ThirdEntry, refund.Municipality, EntryKind.RefundRebooked, request.Date, businessDate, now, right) { Receivable = refund.Receivable, Payment = refund.Payment, Refund = refund.Id });
        }

        var left = right.Where(posting => posting.Credit > Yen.Zero).ToList();
        var paid = left.Select(posting => posting.Opposite()).Concat(left.Select(posting => posting with { Account = Account.Deposit(request.BankAccount) })).ToList();
        await Journal.Post(unit, new JournalEntry(made.Entry, refund.Municipality, EntryKind.RefundPaidOut, request.Date, businessDate, now, paid) { Receivable = refund.Receivable, Payment = refund.Payment, Refund = refund.Id });
        return true;
    }
}

public sealed record PaidOutRequest(BusinessDate Date, string BankAccount)
{
    public static PaidOutRequest Read(BodyObject body) => new(body.Date("date", required: true) ?? default, body.Text("bankAccount", 40, required: true) ?? "");
}
