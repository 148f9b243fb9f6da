using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>POST /v2/refunds.</summary>
internal static class RefundPayment
{
    private const string Name = "refund";
    private const int LongestKey = 45;
    private const int LongestId = 255;
    private const int LongestReason = 192;
    private static readonly TimeSpan Open = TimeSpan.FromDays(365);

    private sealed record Order(string Key, string PaymentId, long Amount, string? Reason);

    public static Work Prepare(SquareSandbox sandbox, Call call)
    {
        var (order, problem) = Read(call);
        return new Work(ApiOperation.Refund, order is null ? null : GetPayment.ReferenceOf(sandbox, order.PaymentId), faults => order is null ? problem! : Do(sandbox, call, order, faults));
    }

    private static Reply Do(SquareSandbox sandbox, Call call, Order order, FiredFaults faults)
    {
        if (!faults.Has(FaultKind.ForgetKey) && sandbox.Book.Key(Name, order.Key) is { } first)
            return first.Request == call.Hash() ? Reply.Again(first.Answer) : SquareError.KeyReused;

        if (sandbox.Book.Payment(order.PaymentId) is not { } payment) return SquareError.NotFound("payment");
        var now = sandbox.Time.GetUtcNow();
        if (Refusal(sandbox, payment, order.Amount, now) is { } refusal) return refusal;

        var refund = new RefundRecord(SquareIds.Refund(payment.Id), payment.Id, order.Amount, order.Reason, now);
        var pending = Reply.Ok(new { refund = Views.Refund(refund, sandbox, Spoil.Of(faults) with { Status = "PENDING" }, now) });
        sandbox.Book.Write(new StateLine { Refund = refund, Key = new KeyRecord(Name, order.Key, call.Hash(), pending.Text) });
        return pending with { Notices = sandbox.Notices.Refunded(refund) };
    }

    /// <summary>What Square sends back in Japan, brand by brand.</summary>
    private static SquareError? Refusal(SquareSandbox sandbox, PaymentRecord payment, long amount, DateTimeOffset now)
    {
        var left = payment.Amount - sandbox.Book.RefundsOf(payment.Id).Sum(static refund => refund.Amount);
        return payment.Brand switch
        {
            "FELICA_TRANSPORTATION" => SquareError.NotRefundable,
            _ when now > payment.At + Open => SquareError.NotRefundable,
            _ when amount > left => SquareError.RefundAmount,
            "FELICA_ID" or "FELICA_QP" or "PAYPAY" or "RAKUTEN_PAY" when amount != payment.Amount => SquareError.RefundAmount,
            _ when sandbox.Balance(now) < amount => SquareError.BalanceTooLow,
            _ => null,
        };
    }

    private static (Order? Order, SquareError? Problem) Read(Call call)
    {
        if (Body.Parse(call.Bytes) is not { } body) return (null, SquareError.NotJson);
        body.Only(
            "idempotency_key", "amount_money", "app_fee_money", "payment_id", "destination_id", "unlinked", "location_id", "customer_id", "reason", "payment_version_token",
            "team_member_id", "cash_details", "external_details");
        var order = new Order(body.Required("idempotency_key", LongestKey), body.Required("payment_id", LongestId), body.Yen("amount_money"), body.Text("reason", LongestReason));
        return body.Problem is { } problem ? (null, problem) : (order, null);
    }
}
