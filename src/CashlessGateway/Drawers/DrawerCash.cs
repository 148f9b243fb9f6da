using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;

namespace CashlessGateway.Drawers;

/// <summary>What a drawer holds and what it should hold. Pure.</summary>
public static class DrawerCash
{
    /// <summary>Nobody counts more than this in one drawer; more digits than that are a slip of the finger.</summary>
    public const long Most = 99_999_999;

    /// <summary>The drawer belongs to the general account, whichever 会計 its receipts are for.</summary>
    private const string GeneralAccount = "01";

    public static Yen? Difference(Yen? expected, Yen? counted) => expected is { } should && counted is { } holds ? holds - should : null;

    /// <summary>過不足金. Too little: Dr cashDifference, Cr cash; too much: the reverse.</summary>
    public static IReadOnlyList<Posting> DifferenceEntry(Place place, Yen difference, BusinessDate today)
    {
        var dimensions = new Dimensions(GeneralAccount, place.Code, place.Section, FiscalYear.Of(today), CarriedOver: false);
        var (cash, unexplained) = (Account.Cash(place.Code), Account.CashDifference(place.Code));
        var amount = difference < Yen.Zero ? Yen.Zero - difference : difference;
        return difference < Yen.Zero
            ? [Posting.Dr(unexplained, amount, dimensions), Posting.Cr(cash, amount, dimensions)]
            : [Posting.Dr(cash, amount, dimensions), Posting.Cr(unexplained, amount, dimensions)];
    }
}
