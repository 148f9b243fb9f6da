using System.Globalization;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

/// <summary>
/// PayPay's answers, in the shapes of its published examples (createQR.json, getQRDetails.json, createRefund.json, CancelQR.json and
/// deleteQR.json of paypay/paypayopa-sdk-php, Apache License 2.0): 201 also for look-ups and cancels, zeros for times that are not set.
/// </summary>
internal static class PayPaySays
{
    public const string CodeId = "04-DXod9mVD0nFX5dyp";
    public const string CodeUrl = "https://qr-stg.example/some-random-gibberish";
    public const string PaymentId = "04567890123456789012";
    public static readonly DateTimeOffset CodeEnd = new(2026, 11, 21, 1, 5, 0, TimeSpan.Zero);

    public static readonly StubAnswer CodeDeleted = Success("""{"qrStatus":"DELETED"}""");
    public static readonly StubAnswer CancelAccepted = Accepted(202);
    public static readonly StubAnswer PaymentNotFound = Error(404, "DYNAMIC_QR_PAYMENT_NOT_FOUND", "01652075");
    public static readonly StubAnswer AlreadyPaid = Error(400, "DYNAMIC_QR_ALREADY_PAID", "01652074");
    public static readonly StubAnswer CodeNotFound = Error(404, "DYNAMIC_QR_NOT_FOUND", "01652072");
    public static readonly StubAnswer Duplicate = Error(400, "DUPLICATE_DYNAMIC_QR_REQUEST", "01652073");
    public static readonly StubAnswer NotReversible = Error(400, "ORDER_NOT_REVERSIBLE", "00200044");
    public static readonly StubAnswer NoSuchRefund = Error(404, "NO_SUCH_REFUND_ORDER", "00200018");
    public static readonly StubAnswer RateLimit = Error(429, "RATE_LIMIT", "08100998");
    public static readonly StubAnswer Unauthorized = Error(401, "UNAUTHORIZED", "08100016");

    public static StubAnswer Accepted(int status) =>
        StubAnswer.Json(status, """{"resultInfo":{"code":"REQUEST_ACCEPTED","message":"Request accepted","codeId":"08100001"},"data":null}""");

    public static StubAnswer Success(string data, int status = 201) =>
        StubAnswer.Json(status, $$"""{"resultInfo":{"code":"SUCCESS","message":"Success","codeId":"08100001"},"data":{{data}}}""");

    public static StubAnswer Error(int status, string code, string codeId) =>
        StubAnswer.Json(status, $$"""{"resultInfo":{"code":"{{code}}","message":"for people","codeId":"{{codeId}}"},"data":null}""");

    public static StubAnswer Code(string reference, long amount) => Success(
        $$"""
        {"codeId":"{{CodeId}}","url":"{{CodeUrl}}","expiryDate":{{CodeEnd.ToUnixTimeSeconds()}},"merchantPaymentId":"{{reference}}",
         "amount":{"amount":{{N(amount)}},"currency":"JPY"},"orderItems":[{"name":"Cake","quantity":1,"unit_price":{"amount":20,"currency":"JPY"} }],
         "codeType":"ORDER_QR","isAuthorization":false,"deeplink":"paypay://payment?link_key=x"}
        """);

    public static StubAnswer Details(string reference, string status, long amount = 300, string currency = "JPY", long acceptedAt = 1_795_224_961) => Success(
        $$"""
        {"paymentId":"{{PaymentId}}","status":"{{status}}","acceptedAt":{{N(acceptedAt)}},"refunds":{"data":[]},"merchantPaymentId":"{{reference}}",
         "amount":{"amount":{{N(amount)}},"currency":"{{currency}}"},"requestedAt":1597893369,"storeId":"","terminalId":"",
         "orderItems":[{"name":"Cake","quantity":1,"unitPrice":{"amount":20,"currency":"JPY"} }] }
        """);

    /// <summary>As PayPay answers for a code that nobody has paid, also long after its end.</summary>
    public static readonly StubAnswer Unpaid = Success("""{"status":"CREATED","acceptedAt":0,"requestedAt":0}""");

    public static StubAnswer Refund(string reference, long amount, string status = "CREATED", string acceptedAt = "1597893536") => Success(
        $$"""
        {"status":"{{status}}","acceptedAt":{{acceptedAt}},"merchantRefundId":"{{reference}}","paymentId":"{{PaymentId}}",
         "amount":{"amount":{{N(amount)}},"currency":"JPY"},"requestedAt":1597893535,"assumeMerchant":"M1"}
        """);

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
