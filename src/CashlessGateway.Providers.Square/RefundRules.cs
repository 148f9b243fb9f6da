namespace CashlessGateway.Providers.Square;

/// <summary>What Square sends back in Japan, brand by brand (its help pages for sellers).</summary>
internal static class RefundRules
{
    /// <summary>
    /// Square names no number. Each refund of a payment is asked for by its own id when one has to be found again, so it is bounded here.
    /// </summary>
    public const int MostPerPayment = 10;

    /// <summary>A year; the older of two help pages said 120 days, and Square itself has the last word.</summary>
    private static readonly TimeSpan OpenFor = TimeSpan.FromDays(365);

    private static readonly RefundAbilities InParts = new(Partial: true, MostPerPayment, static captured => captured + OpenFor);

    private static readonly RefundAbilities WholeOnly = new(Partial: false, 1, static captured => captured + OpenFor);

    /// <summary>Null: nothing, ever.</summary>
    public static RefundAbilities? Of(PaidWith paidWith) => paidWith switch
    {
        { Method: "card" } => InParts,
        { Method: "qr", Brand: "dbarai" or "aupay" or "merpay" or "alipay" or "wechatpay" } => InParts,
        { Method: "qr" } => WholeOnly,   // PayPay and 楽天ペイ; of a brand that nobody knows, what all of them can
        { Method: "emoney", Brand: "id" or "quicpay" } => WholeOnly,
        _ => null,   // 交通系IC cannot be sent back, and e-money whose brand nobody knows may be that
    };
}
