using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;

namespace CashlessGateway.Receipts;

/// <summary>What its row gives a receipt.</summary>
/// <param name="Slip">The number of a refund's slip on its day.</param>
public sealed record ReceiptIdentity(string Code, Uri CheckAt, BusinessDate Date, long? Slip);

/// <summary>From facts to what the paper says. Pure.</summary>
public static class MakeReceipt
{
    /// <summary>How money owners are written that are not the city.</summary>
    private const string Manager = "manager:";

    public static Receipt Of(ReceiptFacts facts, CityReceipts city, ReceiptIdentity identity, bool training)
    {
        var kind = KindOf(facts);
        var lines = LinesOf(facts);
        var date = DateOf(facts);
        var issuer = facts.Place.Manager is { } manager ? NameOf(manager, manager, city) : IssuerOf(facts, city);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer,
            ["city"] = facts.City,
            ["place"] = facts.Place.Name,
            ["section"] = facts.Place.Section,
            ["date"] = ReceiptRows.Era(date),
            ["trustee"] = facts.Trustee ?? "",
            ["clerk"] = facts.Clerk ?? "",
        };
        var wording = city.Wordings[kind];
        return new Receipt
        {
            Kind = kind,
            Title = ReceiptSettings.Fill(wording.Title, values),
            Issuer = issuer,
            Place = facts.Place.Name,
            Section = facts.Place.Section,
            Number = NumberOf(facts, identity),
            Date = date,
            Lines = [.. lines.Select(static line => new ReceiptLine(line.Description, line.Quantity, line.UnitAmount, line.Amount, line.Amount < line.GrossAmount, line.Tax == TaxClass.Taxable8))],
            Total = Yen.Sum(lines.Select(static line => line.Amount)),
            Taxes = TaxesOf(facts, lines, city),
            Method = MethodOf(facts),
            Tendered = facts.Refund is null ? facts.Payment?.TenderedAmount : null,
            Change = facts.Refund is null && facts.Payment is { TenderedAmount: { } tendered } paid ? tendered - paid.Amount : null,
            ApprovalNumber = facts.Payment?.ApprovalNumber,
            Clerk = facts.Clerk,
            Transaction = facts.Subject.ToString(),
            Closing = ReceiptSettings.Fill(wording.Closing, values),
            Stamp = [.. wording.Stamp.Select(line => ReceiptSettings.Fill(line, values)).Where(static line => line.Length > 0)],
            Original = facts is { Refund: not null, Payment: { } original } ? Number(facts.Place.Code, original.BusinessDate ?? date, original.ReceiptNumber, original.Place) : null,
            Marks = facts.Refund is null ? MarksOf(facts) : [],
            Training = training,
            Code = identity.Code,
            CheckAt = identity.CheckAt,
        };
    }

    public static ReceiptKind KindOf(ReceiptFacts facts) => facts switch
    {
        { Refund.How: RefundWay.Void } => ReceiptKind.Void,
        { Refund.How: RefundWay.BankTransfer } => ReceiptKind.Transfer,
        { Refund: not null } => ReceiptKind.Refund,
        { Payment: null } => ReceiptKind.Free,
        { Payment.How: PaymentMethod.Cash } => ReceiptKind.Cash,
        // 利用料金 is no public money: no designation speaks of it.
        { Receivable.MoneyOwner: var owner } when owner.StartsWith(Manager, StringComparison.Ordinal) => ReceiptKind.Other,
        { Designation: DesignationKind.PaymentTrustee } => ReceiptKind.Trustee,
        { Designation: DesignationKind.PublicMoneyAgent } => ReceiptKind.Agent,
        _ => ReceiptKind.Other,
    };

    public static string MethodName(PaymentMethod method) => method switch
    {
        PaymentMethod.Cash => "現金",
        PaymentMethod.Qr => "QRコード",
        PaymentMethod.Emoney => "電子マネー",
        PaymentMethod.Card => "クレジットカード",
        PaymentMethod.Collector => "収納代行",
    };

    private static string? MethodOf(ReceiptFacts facts)
    {
        if (facts.Payment is not { } payment) return null;
        if (facts.Refund is { How: RefundWay.BankTransfer }) return "口座振込";
        return MethodName(payment.How) + (facts.Brand is { } brand ? $"（{brand}）" : "");
    }

    /// <summary>The day on which the payer paid; of a refund the day on which the money went back.</summary>
    private static BusinessDate DateOf(ReceiptFacts facts) =>
        (facts.Refund is { } refund ? refund.ReceiptDate : facts.Payment is { } payment ? payment.ReceiptDate ?? payment.BusinessDate : facts.Receivable.ReceiptDate ?? facts.Receivable.BusinessDate)
        ?? throw new InvalidOperationException($"{facts.Subject} has no day.");

    private static string NumberOf(ReceiptFacts facts, ReceiptIdentity identity) => facts switch
    {
        // R for 返: a series of its own, so that the numbers of what was received stay without a gap.
        { Refund: not null } => $"{Head(facts.Place.Code, identity.Date)}-R{identity.Slip ?? 0:D4}",
        { Payment: { } payment } => Number(facts.Place.Code, payment.BusinessDate ?? DateOf(facts), payment.ReceiptNumber, payment.Place),
        _ => Number(facts.Place.Code, facts.Receivable.BusinessDate ?? DateOf(facts), facts.Receivable.ReceiptNumber, facts.Receivable.Place),
    };

    private static string Number(string otherwise, BusinessDate date, long? number, string? place) => string.Create(CultureInfo.InvariantCulture, $"{Head(place ?? otherwise, date)}-{number ?? 0:D4}");

    private static string Head(string place, BusinessDate date) => $"{place}-{date.ToString().Replace("-", "", StringComparison.Ordinal)}";

    /// <summary>What was paid for, or what of it went back.</summary>
    private static IReadOnlyList<ReceivableLine> LinesOf(ReceiptFacts facts)
    {
        if (facts.Refund is { } refund) return [.. RefundedLines(facts, refund)];
        // Lines that were amended after this payment went back are not what it was for; the sum still is.
        return facts.Payment is { } payment && payment.Amount != facts.Receivable.Amount ? [Whole(facts, "（内訳は受領の後に改められました）", payment.Amount)] : facts.Lines;
    }

    private static IEnumerable<ReceivableLine> RefundedLines(ReceiptFacts facts, Refund refund)
    {
        // A surplus (過誤納) was paid for nothing, so nothing of it has a line.
        if (facts.Payment is { IsSurplus: true } || facts.RefundLines.Count == 0 || Yen.Sum(facts.RefundLines.Select(static line => line.Amount)) != refund.Amount) return [Whole(facts, "過誤納金", refund.Amount)];
        return facts.RefundLines.Where(static line => line.Amount > Yen.Zero).Select(line => facts.Lines.FirstOrDefault(owed => owed.Line == line.Line) is { } owed
            ? owed with { Quantity = 1, UnitAmount = line.Amount, GrossAmount = line.Amount, Amount = line.Amount }
            : Whole(facts, facts.Receivable.Title, line.Amount));
    }

    private static ReceivableLine Whole(ReceiptFacts facts, string words, Yen amount) =>
        facts.Lines[0] with { Description = words, Quantity = 1, UnitAmount = amount, GrossAmount = amount, Amount = amount, TaxClass = Storage.Names.Of(TaxClass.OutOfScope) };

    private static IReadOnlyList<ReceiptMark> MarksOf(ReceiptFacts facts)
    {
        var given = facts.GivenBack.Select(static refund => new ReceiptMark(refund.How == RefundWay.Void ? "取消" : "返金", refund.Amount, refund.ReceiptDate));
        return facts.Payment is { IsSurplus: true } surplus ? [new ReceiptMark("過誤納", surplus.Amount, null), .. given] : [.. given];
    }

    /// <summary>One rounding per supplier and rate, as an invoice has.</summary>
    private static IReadOnlyList<ReceiptTaxes> TaxesOf(ReceiptFacts facts, IReadOnlyList<ReceivableLine> lines, CityReceipts city) =>
    [
        .. lines.GroupBy(line => SupplierOf(facts, line)).Select(supplier => new ReceiptTaxes(
            NameOf(supplier.Key, facts.City, city), city.Issuers.GetValueOrDefault(supplier.Key)?.Number, Yen.Sum(supplier.Select(static line => line.Amount)), RatesOf(supplier)))
            .Where(static taxes => taxes.Rates.Count > 0),
    ];

    private static IReadOnlyList<ReceiptRate> RatesOf(IEnumerable<ReceivableLine> lines) =>
    [
        .. lines.Where(static line => line.Tax is TaxClass.Taxable10 or TaxClass.Taxable8).GroupBy(static line => line.Tax)
            .Select(static rate => (Class: rate.Key, Sum: Yen.Sum(rate.Select(static line => line.Amount))))
            .Select(static rate => new ReceiptRate(rate.Class == TaxClass.Taxable10 ? "10%" : "8%", rate.Sum, TaxIncluded.In(rate.Sum, rate.Class))),
    ];

    /// <summary>The 会計 of the line, or the manager whose own income it is.</summary>
    private static string SupplierOf(ReceiptFacts facts, ReceivableLine line) =>
        facts.Receivable.MoneyOwner.StartsWith(Manager, StringComparison.Ordinal) ? facts.Receivable.MoneyOwner[Manager.Length..] : line.Kaikei;

    /// <summary>A manager has its own name; a 会計 has the city's unless a setting gives it another (an enterprise's).</summary>
    private static string NameOf(string supplier, string otherwise, CityReceipts city) =>
        city.Issuers.GetValueOrDefault(supplier)?.Name ?? (supplier.Length == 2 && supplier.All(char.IsAsciiDigit) ? otherwise : supplier);

    /// <summary>Lines of one 会計 bear its name; where several stand on one receipt it is the city's.</summary>
    private static string IssuerOf(ReceiptFacts facts, CityReceipts city) =>
        facts.Lines.Select(line => SupplierOf(facts, line)).Distinct(StringComparer.Ordinal).ToList() is [var only] ? NameOf(only, facts.City, city) : facts.City;
}
