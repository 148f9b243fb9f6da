using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>GET /v1/payments/{id}/receipt, and …/receivables/{id}/receipt for free sales too. Without money received there is none.</summary>
public sealed class ReadReceipt(Database database, Clock clock, PlaceStore places)
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

    public Operation OfPayment => new("GET", "/v1/payments/{id}/receipt", "payments", "The receipt of a captured payment", Scopes.PaymentsRead, null, null, 200, [Errors.NotFound, Errors.NoReceipt], RunPayment) { Produces = "text/html" };

    public Operation OfReceivable => new("GET", "/v1/receivables/{id}/receipt", "receivables", "The receipt of a receivable that is paid, free or waived", Scopes.ReceivablesRead, null, null, 200, [Errors.NotFound, Errors.NoReceipt], RunReceivable) { Produces = "text/html" };

    private async Task<Reply> RunPayment(ApiCall call)
    {
        if (!call.Id(PublicId.Payment).IsOk(out var id, out var problem)) return problem;
        var payment = await database.Read(reader => PaymentStore.Find(reader, call.Municipality, id), call.Aborted);
        if (payment is null || !call.Caller.MayUse(payment.Place)) return Problem.Missing(new Words("この決済はありません。", "There is no such payment."));
        return payment.State == PaymentState.Captured ? await Page(call, payment.Receivable, payment) : new Problem(Errors.NoReceipt);
    }

    private async Task<Reply> RunReceivable(ApiCall call)
    {
        if (!call.Id(PublicId.Receivable).IsOk(out var id, out var problem)) return problem;
        var payment = (await database.All<Payment>(PaidBy, new { municipality = call.Municipality, receivable = id }, call.Aborted)).MaxBy(paid => (paid.CreatedAt, paid.Id));
        return await Page(call, id, payment);
    }

    private async Task<Reply> Page(ApiCall call, string receivable, Payment? payment)
    {
        var view = await database.Read(reader => ReceivableStore.View(reader, call.Municipality, receivable, clock.Now()), call.Aborted);
        if (view is null || !call.Caller.MayUse(view.Place)) return Problem.Missing(new Words("この請求はありません。", "There is no such receivable."));
        if (payment is null && view.ReceiptNumber is null) return new Problem(Errors.NoReceipt);
        var found = await database.Read(reader => ReceivableStore.FindWithItsLines(reader, call.Municipality, receivable), call.Aborted);
        var (row, lines) = found ?? throw new InvalidOperationException($"Receivable {receivable} has no lines.");
        var place = (await places.Find(call.Municipality, payment?.Place ?? view.Place, call.Aborted))!;
        var marks = payment is null ? [] : await database.All<Refund>(GivenBackOf, new { municipality = call.Municipality, payment = payment.Id }, call.Aborted);
        return Reply.Html(ReceiptPage.Render(Make(row, lines, place, payment, marks) with
        {
            City = await places.NameOfCity(call.Municipality) ?? "",
            Clerk = payment?.Operator is { } op ? await places.NameOfOperator(call.Municipality, place.Code, op, payment.ReceiptDate ?? BusinessDate.Of(payment.CreatedAt)) ?? op : null,
        }), ReceiptPage.Style);
    }

    private static Receipt Make(Receivable receivable, IReadOnlyList<ReceivableLine> lines, Place place, Payment? payment, IReadOnlyList<Refund> refunds)
    {
        var date = payment?.BusinessDate ?? receivable.BusinessDate ?? throw new InvalidOperationException($"Receivable {receivable.Id} is on no sheet.");
        return new Receipt
        {
            City = "",
            Place = place.Name,
            Section = place.Section,
            Number = $"{place.Code}-{date.ToString().Replace("-", "", StringComparison.Ordinal)}-{payment?.ReceiptNumber ?? receivable.ReceiptNumber:D4}",
            Date = payment?.ReceiptDate ?? date,
            Lines = lines.Select(line => new ReceiptLine(line.Description, line.Quantity, line.UnitAmount, line.Amount, line.Amount < line.GrossAmount)).ToList(),
            Total = receivable.Amount,
            TaxIncluded = receivable.TaxIncluded,
            Taxes = Taxes(lines),
            Method = payment is null ? null : ReceiptPage.MethodName(payment.How) + (payment.Brand is { } brand ? $"（{brand}）" : ""),
            Tendered = payment?.TenderedAmount,
            Change = payment?.TenderedAmount is { } tendered ? tendered - payment.Amount : null,
            ApprovalNumber = payment?.ApprovalNumber,
            Transaction = payment is null ? PublicId.Receivable + receivable.Id : PublicId.Payment + payment.Id,
            Marks = refunds.Select(refund => new ReceiptMark(refund.How == RefundWay.Void ? "取消" : "返金", refund.Amount, refund.ReceiptDate)).ToList(),
        };
    }

    private static List<ReceiptTax> Taxes(IReadOnlyList<ReceivableLine> lines) => lines
        .Where(line => line.Tax is TaxClass.Taxable10 or TaxClass.Taxable8)
        .GroupBy(line => line.Tax)
        .Select(rate => (Class: rate.Key, Sum: Yen.Sum(rate.Select(line => line.Amount))))
        .Select(rate => new ReceiptTax(rate.Class == TaxClass.Taxable10 ? "10%" : "8%", rate.Sum, TaxIncluded.In(rate.Sum, rate.Class)))
        .ToList();
}
