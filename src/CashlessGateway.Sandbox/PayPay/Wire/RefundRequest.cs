namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>What POST /v2/refunds asks for. It names PayPay's number of the payment, not the merchant's.</summary>
internal sealed record RefundRequest(string MerchantRefundId, string PaymentId, long Amount, long RequestedAt, string? Reason)
{
    public static (RefundRequest? Request, ApiAnswer? Problem) Read(byte[] body)
    {
        if (Fields.Parse(body) is not { } fields) return (null, Refusals.Invalid("body"));
        var request = new RefundRequest(
            fields.Id("merchantRefundId"),
            fields.Id("paymentId"),
            fields.Yen("amount", lowest: 1),
            fields.RequiredNumber("requestedAt"),
            fields.Text("reason"));
        return fields.Problem is null ? (request, null) : (null, fields.Problem);
    }
}
