using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;

namespace CashlessGateway.Payments;

/// <summary>The way a refund goes, or the rule that forbids it.</summary>
public abstract record RefundDecision
{
    private RefundDecision() { }

    public sealed record Go(RefundWay Way) : RefundDecision;

    public sealed record Forbidden(string Rule, Web.Words Why) : RefundDecision;
}

/// <summary>What the rules look at.</summary>
/// <param name="SessionIsOpen">The payment's own session has not been closed yet.</param>
/// <param name="DrawerIsOpen">There is an open drawer at the place that gives back.</param>
/// <param name="Provider">What the payment's contract can do; null for cash, or when the contract is not configured any more.</param>
public sealed record RefundQuestion(Payment Payment, Yen Amount, bool SessionIsOpen, bool DrawerIsOpen, RefundWay? Wanted, ProviderRefunds? Provider = null)
{
    /// <summary>What the brand's own rule forbids, where it does.</summary>
    public RefundDecision.Forbidden? Undo { get; init; }

    /// <summary>A certificate that somebody holds in their hands, and no mistake of the city's.</summary>
    public bool KeptBecauseHandedOver { get; init; }
}

/// <summary>What a provider can do for one payment at this moment.</summary>
/// <param name="CanVoid">It voids, and its time for it is not over.</param>
/// <param name="CanRefund">It sends money back, and its time for it is not over.</param>
/// <param name="Partial">Less than the whole.</param>
/// <param name="Left">How many more refunds it takes for this payment.</param>
public sealed record ProviderRefunds(bool CanVoid, bool CanRefund, bool Partial, long Left);

/// <summary>Which way money goes back. Pure.</summary>
public static class RefundRules
{
    public static RefundDecision Decide(RefundQuestion question)
    {
        var payment = question.Payment;
        if (payment.State != PaymentState.Captured) return new RefundDecision.Forbidden("not-captured", new("受領していない決済は返金できません。", "A payment that was not captured cannot be refunded."));
        if (question.Amount > payment.Refundable) return new RefundDecision.Forbidden("more-than-left", new($"返せるのは {payment.Refundable} までです。", $"At most {payment.Refundable.Value} yen are left."));
        if (question.KeptBecauseHandedOver) return new RefundDecision.Forbidden("handed-over", new("お渡しした証明書の手数料は、市の誤りのときだけ返せます。市の誤りのときは、そのことを記録して返金してください。", "A certificate was handed over: its fee goes back only where the city was mistaken. Say so if it was."));
        return question.Wanted is { } wanted ? Check(question, wanted) : Choose(question);
    }

    private static RefundDecision Choose(RefundQuestion question)
    {
        if (Check(question, RefundWay.Void) is RefundDecision.Go atOnce) return atOnce;
        if (Check(question, RefundWay.Cash) is RefundDecision.Go cash) return cash;
        if (Check(question, RefundWay.Refund) is RefundDecision.Go refund) return refund;
        return Check(question, RefundWay.BankTransfer);
    }

    private static RefundDecision Check(RefundQuestion question, RefundWay way) => way switch
    {
        // What the provider holds is not what the books say: it would send back another sum than the refund's.
        RefundWay.Void or RefundWay.Refund when question.Payment.ArrivedAmount is not null => new RefundDecision.Forbidden("amount-differs", new("受け取った額が請求と違う決済は、口座振込で返します。", "Another sum than ours arrived: it goes back by bank transfer.")),
        RefundWay.Void or RefundWay.Refund when question.Undo is { } undo => undo,
        RefundWay.Void when question.Payment.How != PaymentMethod.Cash && question.Provider is not { CanVoid: true } => new RefundDecision.Forbidden("provider-cannot-void", new("この決済は取消ができません。", "The provider of this payment cannot void it.")),
        RefundWay.Void when question.Amount != question.Payment.Amount => new RefundDecision.Forbidden("void-is-whole", new("取消は全額だけです。", "A void is always the whole payment.")),
        RefundWay.Void when !question.SessionIsOpen => new RefundDecision.Forbidden("session-closed", new("精算した後の取消はできません。返金で扱います。", "The session is closed: it can be refunded, no longer voided.")),
        RefundWay.Refund when question.Provider is null => new RefundDecision.Forbidden("no-provider", new("この決済には返金できる事業者がありません。", "No provider can send this payment back.")),
        RefundWay.Refund when !question.Provider.CanRefund => new RefundDecision.Forbidden("window-closed", new("事業者を通じて返金できる期間を過ぎています。口座振込で返します。", "The provider's time for refunds is over: it goes back by bank transfer.")),
        RefundWay.Refund when question.Provider.Left < 1 => new RefundDecision.Forbidden("refund-limit", new("事業者がこの決済でこれ以上の返金を受け付けません。口座振込で返します。", "The provider takes no more refunds of this payment: it goes back by bank transfer.")),
        RefundWay.Refund when !question.Provider.Partial && question.Amount != question.Payment.Amount => new RefundDecision.Forbidden("whole-only", new("この事業者は全額の返金だけです。", "This provider refunds only the whole payment.")),
        RefundWay.Cash when question.Payment.How != PaymentMethod.Cash => new RefundDecision.Forbidden("not-paid-in-cash", new("現金で受け取った分だけ現金で返せます。", "Only what was paid in cash goes back in cash.")),
        RefundWay.Cash when !question.DrawerIsOpen => new RefundDecision.Forbidden("drawer-closed", new("開局しているドロワがありません。", "No drawer is open.")),
        RefundWay.Void or RefundWay.Cash or RefundWay.Refund or RefundWay.BankTransfer => new RefundDecision.Go(way),
    };
}

/// <summary>How a refund is booked. Pure.</summary>
public static class RefundEntry
{
    /// <param name="lines">What goes back of each line; a surplus has no lines, only a sum.</param>
    /// <param name="paidOut">The day the money leaves: it decides between 歳入戻出 and expenditure of the new year.</param>
    public static IReadOnlyList<Posting> Postings(Payment payment, IReadOnlyList<BookedCredit> credits, IReadOnlyList<RefundLine> lines, IReadOnlyList<ReceivableLine> owed, Account goesOutOf, string place, BusinessDate paidOut)
    {
        var debits = payment.IsSurplus
            ? [Posting.Dr(new Account(credits[0].Account), Yen.Sum(lines.Select(line => line.Amount)), DimensionsOf(credits[0], new FiscalYear(credits[0].FiscalYear)))]
            : lines.Where(line => line.Amount > Yen.Zero).Select(line => Debit(Credit(credits, line), line.Amount, owed.Single(row => row.Line == line.Line), paidOut)).ToList();
        var leaving = debits
            .GroupBy(debit => (debit.Kaikei, debit.Year))
            .Select(books => Posting.Cr(goesOutOf, Yen.Sum(books.Select(debit => debit.Debit)), new Dimensions(books.Key.Kaikei, place, books.First().Section, books.Key.Year, CarriedOver: false)));
        return [.. debits, .. leaving];
    }

    private static BookedCredit Credit(IReadOnlyList<BookedCredit> credits, RefundLine line) =>
        credits.FirstOrDefault(credit => credit.ReceivableLine == line.Line)
        ?? throw new InvalidOperationException($"Line {line.Line} was never booked, and {line.Amount} of it should go back.");

    private static Posting Debit(BookedCredit credit, Yen amount, ReceivableLine owed, BusinessDate paidOut)
    {
        // 歳入歳出外 and a designated manager's own money are outside the budget: they go back out of the account they lie in.
        if (!credit.Account.StartsWith("revenue/", StringComparison.Ordinal))
            return Posting.Dr(new Account(credit.Account), amount, DimensionsOf(credit, new FiscalYear(credit.FiscalYear)), owed.Line);
        return BookedYearRule.AtRefund(new FiscalYear(credit.FiscalYear), owed.Enterprise != 0, paidOut) switch
        {
            RefundBooking.FromRevenue from => Posting.Dr(new Account(credit.Account), amount, DimensionsOf(credit, from.Year), owed.Line),
            RefundBooking.AsExpenditure spent => Posting.Dr(Account.Expenditure(owed.RevenueAccount), amount, DimensionsOf(credit, spent.Year) with { CarriedOver = false }, owed.Line),
            _ => throw new InvalidOperationException("RefundBooking is a closed set."),
        };
    }

    private static Dimensions DimensionsOf(BookedCredit credit, FiscalYear year) => new(credit.Kaikei, credit.Place, credit.Section, year, credit.CarriedOver != 0);
}
