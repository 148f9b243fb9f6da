using CashlessGateway.Codes;

namespace PrintSlip;

/// <summary>What a city would take from its tax system. The numbers here belong to nobody.</summary>
public static class Bill
{
    /// <summary>請求書発行企業コード.</summary>
    public const string Company = "912345";

    /// <summary>An eL-QR always carries a last day.</summary>
    private static readonly DateOnly NoLimit = new(2099, 12, 31);

    public static ElQrParts Parts(Options options)
    {
        var payBy = options.PayBy ?? NoLimit;
        var year = options.Year;
        return new ElQrParts
        {
            CaseKey = options.Number[^20..],
            Confirmation = "123456",
            Item = "999",
            Organisation = "99999",
            Amount = options.Amount,
            AssessmentYear = year,
            TaxYear = year,
            Term = "01",
            DueDate = payBy,
            PayBy = payBy,
        };
    }
}
