using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>How captured money is booked (mechanics 2, 4, 11). Pure: facts in, postings out.</summary>
public static class CaptureEntry
{
    /// <summary>Dr cash or clearing, Cr revenue, line by line, each in the year that the rule gives it.</summary>
    public static IReadOnlyList<Posting> Accepted(Payment payment, Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, BusinessDate receiptDate) =>
        Booked(BookedFrom(payment), place, receivable, lines, receiptDate);

    /// <summary>Dr cash or clearing, Cr 過誤納: nobody owes this sum a second time.</summary>
    public static IReadOnlyList<Posting> AsSurplus(Payment payment, Place place, IReadOnlyList<ReceivableLine> lines, BusinessDate receiptDate)
    {
        var dimensions = new Dimensions(lines[0].Kaikei, place.Code, place.Section, FiscalYear.Of(receiptDate), CarriedOver: false);
        return [Posting.Dr(BookedFrom(payment), payment.Amount, dimensions), Posting.Cr(Account.Overpaid(place.Code), payment.Amount, dimensions)];
    }

    /// <summary>Money came in another sum than ours: it is booked as it arrived, Dr clearing, Cr suspense, and waits for a person (mechanics 7).</summary>
    public static IReadOnlyList<Posting> Arrived(Payment payment, Yen arrived, Place place, IReadOnlyList<ReceivableLine> lines, BusinessDate receiptDate)
    {
        var dimensions = new Dimensions(lines[0].Kaikei, place.Code, place.Section, FiscalYear.Of(receiptDate), CarriedOver: false);
        return [Posting.Dr(Source(payment), arrived, dimensions), Posting.Cr(Suspense(payment), arrived, dimensions)];
    }

    /// <summary>What arrived in another sum lies in suspense already; a capture takes it from there, and what is left there is the difference.</summary>
    private static Account BookedFrom(Payment payment) => payment.ArrivedAmount is null ? Source(payment) : Suspense(payment);

    private static Account Suspense(Payment payment) => Account.Suspense(payment.Provider ?? throw new InvalidOperationException($"Payment {payment.Id} has no provider instance."));

    /// <summary>The holder ended without money and the surplus takes its place: Dr 過誤納, Cr revenue.</summary>
    public static IReadOnlyList<Posting> SurplusAccepted(Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, BusinessDate receiptDate)
    {
        var overpaid = new Dimensions(lines[0].Kaikei, place.Code, place.Section, FiscalYear.Of(receiptDate), CarriedOver: false);
        var credits = Credits(place, receivable, lines, receiptDate).ToList();
        return [Posting.Dr(Account.Overpaid(place.Code), Yen.Sum(credits.Select(credit => credit.Credit)), overpaid), .. credits];
    }

    /// <summary>Whose debt the money is until it reaches the city's bank.</summary>
    public static Account Source(Payment payment) =>
        payment.How == PaymentMethod.Cash
            ? Account.Cash(payment.Place)
            : Account.Clearing(payment.Provider ?? throw new InvalidOperationException($"Payment {payment.Id} is not cash and has no provider instance."), payment.Place);

    /// <summary>The account that a line's money belongs to: revenue, 歳入歳出外, or a designated manager's own.</summary>
    public static Account Owner(Receivable receivable, ReceivableLine line, Place place) => receivable.MoneyOwner switch
    {
        "city" => Account.Revenue(line.RevenueAccount, place.Code),
        "outside" => Account.Outside(line.RevenueAccount),
        var manager => Account.Custody(manager, place.Code),
    };

    public static BookedYear YearOf(Receivable receivable, ReceivableLine line, BusinessDate receiptDate) =>
        BookedYearRule.AtCapture(new YearQuestion(
            line.FiscalYear is { } year ? new FiscalYear(year) : null,
            line.CarriedOver != 0,
            Names.Parse<YearRule>(line.YearRule),
            Names.Parse<YearRule>(line.YearRule) == YearRule.Notice ? receivable.NoticeDate : receivable.DueDate,
            line.Enterprise != 0), receiptDate);

    private static IReadOnlyList<Posting> Booked(Account source, Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, BusinessDate receiptDate)
    {
        var credits = Credits(place, receivable, lines, receiptDate).ToList();
        // One debit per 会計 and year, so that each 会計 balances by itself.
        var debits = credits
            .GroupBy(credit => (credit.Kaikei, credit.Year))
            .Select(books => Posting.Dr(source, Yen.Sum(books.Select(credit => credit.Credit)), new Dimensions(books.Key.Kaikei, place.Code, place.Section, books.Key.Year, CarriedOver: false)));
        return [.. debits, .. credits];
    }

    private static IEnumerable<Posting> Credits(Place place, Receivable receivable, IReadOnlyList<ReceivableLine> lines, BusinessDate receiptDate)
    {
        foreach (var line in lines.Where(line => line.Amount > Yen.Zero))
        {
            var booked = YearOf(receivable, line, receiptDate);
            yield return Posting.Cr(Owner(receivable, line, place), line.Amount, new Dimensions(line.Kaikei, place.Code, line.Section, booked.Year, booked.CarriedOver), line.Line);
        }
    }
}
