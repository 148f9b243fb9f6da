namespace CashlessGateway.Money;

/// <summary>年度: 1 April to 31 March, named by the year in which it begins.</summary>
public readonly record struct FiscalYear(int Value)
{
    public static FiscalYear Of(BusinessDate date) => new(date.Day.Month >= 4 ? date.Day.Year : date.Day.Year - 1);

    /// <summary>出納閉鎖: the last day on which money is still booked to this year (地方自治法235条の5).</summary>
    public BusinessDate BooksCloseOn => BusinessDate.Of(Value + 1, 5, 31);
}

/// <summary>How an account finds the year that a sum belongs to (地方自治法施行令142条).</summary>
public enum YearRule
{
    /// <summary>納期の末日: the fixed due date decides (taxes).</summary>
    FixedDue,

    /// <summary>納入通知書を発した日: the day of the notice decides.</summary>
    Notice,

    /// <summary>領収した日: ad-hoc income without a notice.</summary>
    Receipt,
}

/// <summary>The year a line is booked to, and whether it is booked as arrears (滞納繰越).</summary>
public readonly record struct BookedYear(FiscalYear Year, bool CarriedOver);

/// <summary>What decides the booked year of one line.</summary>
/// <param name="Determined">所属年度 that the owning system put on the line, if any.</param>
/// <param name="CarriedOver">The owning system says the line is already 滞納繰越.</param>
/// <param name="Rule">The account's rule, used where no year is on the line.</param>
/// <param name="DueOrNotice">The due date (fixedDue) or the notice date (notice), if there is one.</param>
/// <param name="Enterprise">公営企業会計 has no 出納整理期間.</param>
public readonly record struct YearQuestion(FiscalYear? Determined, bool CarriedOver, YearRule Rule, BusinessDate? DueOrNotice, bool Enterprise);

/// <summary>The one place that says which fiscal year money is booked to. Decided once, when it is captured.</summary>
public static class BookedYearRule
{
    public static BookedYear AtCapture(YearQuestion line, BusinessDate receiptDate)
    {
        var ofReceipt = FiscalYear.Of(receiptDate);
        if (line.Enterprise) return new BookedYear(ofReceipt, line.CarriedOver);
        if (DeterminedYear(line) is not { } determined) return new BookedYear(ofReceipt, line.CarriedOver);

        // 出納整理期間: April and May still belong to the old year.
        return receiptDate <= determined.BooksCloseOn
            ? new BookedYear(determined, line.CarriedOver)
            : new BookedYear(ofReceipt, CarriedOver: true);
    }

    /// <summary>The mirror: while the booked year's books are open a refund takes the money out of its revenue (歳入戻出); afterwards it is expenditure of the year it is paid in.</summary>
    public static RefundBooking AtRefund(FiscalYear booked, bool enterprise, BusinessDate paidOut)
    {
        var ofPayment = FiscalYear.Of(paidOut);
        var stillOpen = enterprise ? ofPayment == booked : paidOut <= booked.BooksCloseOn;
        return stillOpen ? new RefundBooking.FromRevenue(booked) : new RefundBooking.AsExpenditure(ofPayment);
    }

    private static FiscalYear? DeterminedYear(YearQuestion line) => line.Determined ?? line.Rule switch
    {
        YearRule.FixedDue or YearRule.Notice => line.DueOrNotice is { } day ? FiscalYear.Of(day) : null,
        YearRule.Receipt => null,
    };
}

/// <summary>Where a refund is booked.</summary>
public abstract record RefundBooking
{
    private RefundBooking() { }

    public abstract FiscalYear Year { get; }

    /// <summary>歳入戻出.</summary>
    public sealed record FromRevenue(FiscalYear Booked) : RefundBooking
    {
        public override FiscalYear Year => Booked;
    }

    /// <summary>過年度の還付: expenditure of the current year.</summary>
    public sealed record AsExpenditure(FiscalYear Current) : RefundBooking
    {
        public override FiscalYear Year => Current;
    }
}
