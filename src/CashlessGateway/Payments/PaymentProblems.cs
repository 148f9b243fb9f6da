using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>Why a payment is refused, each in a sentence that tells the next step.</summary>
public static class PaymentProblems
{
    /// <summary>The receivable itself says no.</summary>
    public static Problem? Of(Receivable receivable, Instant now)
    {
        if (receivable.CancelledAt is not null) return new Problem(Errors.ReceivableClosed, new Words("この請求は取り消されています。", "The receivable was cancelled."));
        if (receivable.Amount == Yen.Zero) return new Problem(Errors.NothingToPay, new Words("0円の請求です。支払いは要りません。", "It is a receivable of 0 yen: nothing has to be paid."));
        if (receivable.RefundedAt is not null) return new Problem(Errors.ReceivableClosed, new Words("全額を返金して終わった請求です。", "It was refunded in full and closed."));
        if (receivable.ExpiredAt is not null || receivable.PayBy <= now) return new Problem(Errors.ReceivableExpired, new Words("支払いの期限を過ぎています。お金は動いていません。", "The time to pay is over. No money moved."));
        return null;
    }

    public static Problem? OfMethod(PaymentRequest request, IReadOnlyList<PlaceMethod> methods, IReadOnlyList<ReceivableLine> lines)
    {
        if (!methods.Any(method => method.Method == request.Method && method.Presentation == request.Presentation))
            return Problem.At(Errors.MethodNotAvailable, "/method", "not-at-place", new Words("この収納場所では使えない支払い方法です。", "The place does not take this method."));
        if (lines.FirstOrDefault(line => !line.Takes(request.Method)) is { } closed)
            return Problem.At(Errors.MethodNotAvailable, "/method", "not-for-line", new Words($"「{closed.Description}」はこの方法では払えません。", $"Line {closed.Line} cannot be paid by this method."));
        return null;
    }

    public static Problem? OfCash(PaymentRequest request, Yen amount) =>
        request.Cash is { } cash && cash.TenderedAmount < amount
            ? Problem.At(Errors.CashTooLittle, "/cash/tenderedAmount", "too-little", new Words($"{amount} に足りません。", $"The amount is {amount.Value} yen."))
            : null;

    /// <summary>Another payment holds the slot: is it paid, or on the way?</summary>
    public static Problem SlotHeld(Payment? holder)
    {
        if (holder is null) return new Problem(Errors.PaymentInProgress, new Words("別の支払いが同時に進みました。請求を読み直してください。", "Another payment went on at the same moment: read the receivable again."));
        var more = new Dictionary<string, object?>(StringComparer.Ordinal) { ["payment"] = PublicId.Payment + holder.Id };
        if (holder.State == PaymentState.Captured)
            return new Problem(Errors.AlreadyPaid, new Words("納付済みです。お金は動いていません。", "It is already paid. No money moved."), More: more);
        more["cancellable"] = holder.State is PaymentState.Created or PaymentState.Pending || (holder.State == PaymentState.InDoubt && holder.Provider is not null && holder.ArrivedAmount is null);
        return new Problem(Errors.PaymentInProgress, holder.State == PaymentState.InDoubt
            ? new Words("前の支払いの結果がまだ分かりません。確定するまで新しい支払いはできません。", "The outcome of an earlier payment is not known yet; no new one until it is.")
            : new Words("前の支払いが終わっていません。", "An earlier payment is not finished."), More: more);
    }

    /// <summary>A reader serves one customer at a time (mechanics 6).</summary>
    public static Problem TerminalBusy(Payment? busy) => new(Errors.TerminalBusy,
        More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["payment"] = busy is null ? null : PublicId.Payment + busy.Id });

    public static Problem AlternativeHeld(Payment? holder) => new(Errors.PaidByAlternative,
        new Words("同じ債務の別の納付書（全期分または期別）で納付済み、または支払い中です。お金は動いていません。", "Another slip of the same debt is paid or being paid. No money moved."),
        More: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["payment"] = holder is null ? null : PublicId.Payment + holder.Id,
            ["receivable"] = holder is null ? null : PublicId.Receivable + holder.Receivable,
        });

    /// <summary>Money is taken between the day its cause was made and today.</summary>
    public static Problem? OfTakenOn(BusinessDate takenOn, BusinessDate earliest, BusinessDate today) =>
        takenOn >= earliest && takenOn <= today
            ? null
            : Problem.At(Errors.Invalid, "/takenOn", "out-of-range", new Words($"{earliest} から {today} までの日にしてください。", $"It must be a day from {earliest} to {today}."));

    public static Problem UnknownPlace(string place) =>
        Problem.At(Errors.UnknownPlace, "/place", "unknown-place", new Words($"収納場所 {place} はありません。", $"There is no place {place}."));

    public static Problem UnknownTerminal(string terminal) =>
        Problem.At(Errors.Invalid, "/terminal", "unknown-terminal", new Words($"端末 {terminal} は登録されていません。", $"There is no terminal {terminal}."));

    public static Problem NoReceivable() => Problem.At(Errors.NotFound, "/receivable", "not-found", new Words("この請求はありません。", "There is no such receivable."));

    public static Problem NotInUse(Place place, BusinessDate today) =>
        Problem.At(Errors.PlaceNotOpenYet, "/place", "not-in-use", new Words($"{place.Name} は {today} には使えません。", $"{place.Code} is not in use on {today}."));
}
