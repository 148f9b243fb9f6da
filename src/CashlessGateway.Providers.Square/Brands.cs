using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>Square's words for what was paid with, and ours.</summary>
internal static class Brands
{
    public static IReadOnlyList<string> OfWallets { get; } = ["paypay", "dbarai", "aupay", "rakutenpay", "merpay", "alipay", "wechatpay"];

    public static IReadOnlyList<string> OfCards { get; } = ["visa", "mastercard", "jcb", "amex", "diners", "discover", "unionpay"];

    /// <summary>Null where Square does not say, or says a word that is not in its documents.</summary>
    /// <param name="payment">As Square tells it.</param>
    /// <param name="paymentType">Of its checkout, where that is known: a payment of e-money says only FELICA in the versions up to 2025-08-20.</param>
    public static string? Of(JsonElement payment, string? paymentType) =>
        EMoney(payment.Child("electronic_money_details")?.Child("felica_details")?.Text("felica_brand"))
        ?? EMoney(paymentType)
        ?? Wallet(payment.Child("wallet_details")?.Text("brand"))
        ?? Card(payment.Child("card_details")?.Child("card")?.Text("card_brand"));

    private static string? EMoney(string? word) => word switch
    {
        "FELICA_TRANSPORTATION" or "FELICA_TRANSPORTATION_GROUP" => "suica",
        "FELICA_ID" => "id",
        "FELICA_QP" or "FELICA_QUICPAY" => "quicpay",
        _ => null,
    };

    private static string? Wallet(string? word) => word switch
    {
        "PAYPAY" => "paypay",
        "D_BARAI" => "dbarai",
        "AU_PAY" => "aupay",
        "RAKUTEN_PAY" => "rakutenpay",
        "MERPAY" => "merpay",
        "ALIPAY" => "alipay",
        "WECHAT_PAY" => "wechatpay",
        _ => null,
    };

    private static string? Card(string? word) => word switch
    {
        "VISA" => "visa",
        "MASTERCARD" => "mastercard",
        "JCB" => "jcb",
        "AMERICAN_EXPRESS" => "amex",
        "DISCOVER_DINERS" => "diners",
        "DISCOVER" => "discover",
        "CHINA_UNIONPAY" => "unionpay",
        _ => null,
    };
}
