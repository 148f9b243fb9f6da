using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receipts;

/// <summary>All that a receipt is made from.</summary>
/// <param name="Refund">The refund whose slip it is; null for the receipt of the payment itself.</param>
public sealed record ReceiptFacts(string City, Place Place, Receivable Receivable, IReadOnlyList<ReceivableLine> Lines, Payment? Payment, IReadOnlyList<Refund> GivenBack, Refund? Refund, IReadOnlyList<RefundLine> RefundLines)
{
    public string? Clerk { get; init; }

    /// <summary>What the contract that took it was designated as, for all of the lines on that day.</summary>
    public DesignationKind? Designation { get; init; }

    /// <summary>How the company is called on papers.</summary>
    public string? Trustee { get; init; }

    /// <summary>As payers know it.</summary>
    public string? Brand { get; init; }

    public ReceiptSubject Subject => Refund is { } refund ? ReceiptSubject.Refund(refund.Id) : Payment is { } payment ? ReceiptSubject.Payment(payment.Id) : ReceiptSubject.Receivable(Receivable.Id);
}

/// <summary>Reads them.</summary>
public sealed class ReadReceiptFacts(Database database, PlaceStore places, KnownRouting routing, ProviderInstances instances, BrandCatalogue brands)
{
    private static readonly Sql PaidBy = new($"""
        select {PaymentStore.Columns}
        from payment p
        where p.municipality = @municipality and p.receivable = @receivable and p.status = 'captured' and p.surplus = 0
        """);

    private static readonly Sql GivenBackOf = new("""
        select way, status, amount, receipt_date
        from refund
        where municipality = @municipality and payment = @payment and status = 'succeeded'
        order by created_at, id
        """);

    public Task<Result<ReceiptFacts>> Of(string municipality, ReceiptSubject subject, CancellationToken cancellation) => subject.Prefix switch
    {
        PublicId.Payment => OfPayment(municipality, subject.Id, cancellation),
        PublicId.Refund => OfRefund(municipality, subject.Id, cancellation),
        _ => OfReceivable(municipality, subject.Id, cancellation),
    };

    private async Task<Result<ReceiptFacts>> OfPayment(string municipality, string id, CancellationToken cancellation)
    {
        var payment = await database.Read(reader => PaymentStore.Find(reader, municipality, id), cancellation);
        if (payment is null) return Problem.Missing(new Words("この決済はありません。", "There is no such payment."));
        if (payment.State != PaymentState.Captured) return new Problem(Errors.NoReceipt);
        return await Load(municipality, payment.Receivable, payment, null, [], cancellation);
    }

    private async Task<Result<ReceiptFacts>> OfReceivable(string municipality, string id, CancellationToken cancellation)
    {
        var paid = await database.All<Payment>(PaidBy, new { municipality, receivable = id }, cancellation);
        return await Load(municipality, id, paid.MaxBy(static payment => (payment.CreatedAt, payment.Id)), null, [], cancellation);
    }

    private async Task<Result<ReceiptFacts>> OfRefund(string municipality, string id, CancellationToken cancellation)
    {
        var found = await database.Read(async reader => await RefundStore.Find(reader, municipality, id) is { } refund
            ? (Refund: refund, Lines: await RefundStore.Lines(reader, municipality, id), Payment: await PaymentStore.Find(reader, municipality, refund.Payment))
            : default, cancellation);
        if (found.Refund is null) return Problem.Missing(new Words("この返金はありません。", "There is no such refund."));
        if (found.Refund.State != RefundStatus.Succeeded) return new Problem(Errors.NoReceipt, new Words("まだ返金していないので返金票は出せません。", "Nothing has gone back yet, so there is no slip."));
        return await Load(municipality, found.Refund.Receivable, found.Payment, found.Refund, found.Lines, cancellation);
    }

    private async Task<Result<ReceiptFacts>> Load(string municipality, string receivable, Payment? payment, Refund? refund, IReadOnlyList<RefundLine> refunded, CancellationToken cancellation)
    {
        var (owed, marks) = await database.Read(async reader => (
            await ReceivableStore.FindWithItsLines(reader, municipality, receivable),
            payment is null ? [] : await reader.All<Refund>(GivenBackOf, new { municipality, payment = payment.Id })), cancellation);
        if (owed is not ({ } row, { } lines)) return Problem.Missing(new Words("この請求はありません。", "There is no such receivable."));
        if (payment is null && row.ReceiptNumber is null) return new Problem(Errors.NoReceipt);
        var place = await places.Find(municipality, refund?.Place ?? payment?.Place ?? row.Place, cancellation) ?? throw new InvalidOperationException($"Receivable {receivable} was charged at no place.");
        var facts = new ReceiptFacts(await places.NameOfCity(municipality) ?? "", place, row, lines, payment, marks, refund, refunded);
        return payment is null ? facts : await WithPeople(facts, payment, refund);
    }

    private async Task<ReceiptFacts> WithPeople(ReceiptFacts facts, Payment payment, Refund? refund)
    {
        var (municipality, op) = (payment.Municipality, refund is null ? payment.Operator : refund.Operator);
        var day = payment.ReceiptDate ?? BusinessDate.Of(payment.CreatedAt);
        var asked = refund?.ReceiptDate ?? day;
        return facts with
        {
            Clerk = op is null ? null : await places.NameOfOperator(municipality, facts.Place.Code, op, asked) ?? op,
            Brand = brands.Find(payment.How, payment.Brand)?.Name.Ja ?? payment.Brand,
            Designation = payment.Provider is { } provider ? Designated(await routing.Of(municipality), provider, facts.Lines, day) : null,
            Trustee = payment.Provider is { } contract ? instances.Find(contract)?.Terms.TrusteeName ?? contract : null,
        };
    }

    /// <summary>One designation that covers every line; where lines need several they are of one kind, or nothing is claimed.</summary>
    private static DesignationKind? Designated(RoutingFacts facts, string provider, IReadOnlyList<ReceivableLine> lines, BusinessDate day)
    {
        var kinds = lines.Select(line => facts.Designations.FirstOrDefault(designation => designation.Provider == provider && designation.Covers(line.RevenueAccount, day))?.Kind).Distinct().ToList();
        return kinds is [{ } kind] ? kind : null;
    }
}
