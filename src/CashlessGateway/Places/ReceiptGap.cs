using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>
/// After a restore the database no longer knows which receipts were printed since its backup. Each open day goes on a thousand numbers
/// later, and days that begin after it start there (DaySheet.InsertDay): auditors see a documented gap, never a number twice.
/// </summary>
public static class ReceiptGap
{
    /// <summary>More than one place prints in a day.</summary>
    private static readonly Sql Raise = new("""
        update place_day
        set next_receipt = next_receipt + 1000
        where state = 'open'
        """);

    public static Task<int> Leave(Unit unit) => unit.Execute(Raise);
}
