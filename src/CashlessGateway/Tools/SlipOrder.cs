using System.Globalization;
using CashlessGateway.Codes;
using CashlessGateway.Codes.Drawing;
using CashlessGateway.Money;

namespace CashlessGateway.Tools;

/// <summary>
/// A sample slip that can be drawn. Its company and its organisation are numbers that belong to nobody, so that no slip of a real city
/// comes out of here, whatever is typed.
/// </summary>
public sealed record SlipOrder(long Amount, DateOnly? PayBy, string Free, int Dpi, BusinessDate Today)
{
    private const string Company = "912345";
    private const string Organisation = "99999";
    private const string Item = "999";
    private const string Confirmation = "123456";

    /// <summary>An eL-QR always carries a day; this is the last that two digits of a year can say on the bar code beside it.</summary>
    private static readonly DateOnly Never = new(2099, 12, 31);

    public SlipPrint Print => SlipPrint.For(Dpi);

    /// <summary>Null over 300,000 yen.</summary>
    public SlipCode? Code => SlipCode.Build(Company, Free, 0, PayBy, Amount) switch
    {
        Built<SlipCode>.Made made => made.Value,
        Built<SlipCode>.Refused { Problem: BuildProblem.OverLimit } => null,
        Built<SlipCode>.Refused refused => throw new InvalidOperationException($"{refused.Field} was checked, and yet: {refused.Why}"),
        _ => throw new InvalidOperationException("Built is a closed set."),
    };

    public ElQr ElQr => ElQr.Build(new ElQrParts
    {
        // The last 20 of 21 digits: bar code and eL-QR of one bill name it alike.
        CaseKey = Free[^20..],
        Confirmation = Confirmation,
        Item = Item,
        Organisation = Organisation,
        Amount = Amount,
        AssessmentYear = FiscalYear.Of(Today).Value,
        TaxYear = FiscalYear.Of(Today).Value,
        Term = "01",
        DueDate = PayBy ?? Never,
        PayBy = PayBy ?? Never,
    }) switch
    {
        Built<ElQr>.Made made => made.Value,
        Built<ElQr>.Refused refused => throw new InvalidOperationException($"{refused.Field} was checked, and yet: {refused.Why}"),
        _ => throw new InvalidOperationException("Built is a closed set."),
    };

    public SampleSlip Slip => new() { Slip = Code, ElQr = ElQr, Title = "固定資産税（見本）", Payee = "見本市", Amount = Amount, PayBy = PayBy };

    /// <summary>Null where there is no bar code.</summary>
    public byte[]? BarsPng => Code is { } code && SlipSymbol.Of(code) is Built<SlipSymbol>.Made made ? made.Value.Png(Print) : null;

    public string AmountText => new Yen(Amount).ToString();

    public string? PayByText => PayBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
