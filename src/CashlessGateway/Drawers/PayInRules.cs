using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;

namespace CashlessGateway.Drawers;

/// <summary>Which cash goes to the bank on one 払込書, and how it is booked. Pure.</summary>
public static class PayInRules
{
    /// <summary>
    /// What comes to nothing, or to less, waits for more. A small sum may wait where the city lets it (CLS-07), but never beyond the fiscal year
    /// that it belongs to.
    /// </summary>
    /// <param name="sum">The day's, with what waited.</param>
    public static bool Waits(Yen sum, int fiscalYear, BusinessDate day, PlaceClosing closing) =>
        sum <= Yen.Zero || (closing.SmallSumsWait && sum < closing.SmallSumLimit && FiscalYear.Of(day.AddDays(1)).Value <= fiscalYear);

    /// <summary>翌直近の営業日: the first bank day after the last day that it covers.</summary>
    public static BusinessDate DueOn(BusinessDate lastDay) => WorkingDays.Banks.Next(lastDay);

    /// <summary>払込書: Dr cashInTransit, Cr cash.</summary>
    public static IReadOnlyList<Posting> OnItsWay(Place place, PayInSum sum)
    {
        var dimensions = Dimensions(place, sum.Kaikei, sum.FiscalYear);
        return [Posting.Dr(Account.CashInTransit(place.Code), sum.Amount, dimensions), Posting.Cr(Account.Cash(place.Code), sum.Amount, dimensions)];
    }

    /// <summary>領収日: Dr deposit, Cr cashInTransit. A manager's own income goes to the manager: Dr custody, since nothing of it is the city's any more.</summary>
    public static IReadOnlyList<Posting> Arrived(Place place, string kaikei, int fiscalYear, string owner, Yen amount, string? bankAccount)
    {
        var dimensions = Dimensions(place, kaikei, fiscalYear);
        var to = owner == CashOfBooks.City ? Account.Deposit(bankAccount ?? throw new InvalidOperationException("The city's cash goes to a bank account.")) : Account.Custody(owner, place.Code);
        return [Posting.Dr(to, amount, dimensions), Posting.Cr(Account.CashInTransit(place.Code), amount, dimensions)];
    }

    private static Dimensions Dimensions(Place place, string kaikei, int fiscalYear) => new(kaikei, place.Code, place.Section, new FiscalYear(fiscalYear), CarriedOver: false);
}

/// <summary>Cash that waits for a 払込書.</summary>
public sealed record PayInSum(string Kaikei, int FiscalYear, string Owner, Yen Amount, BusinessDate FirstDate, BusinessDate LastDate);
