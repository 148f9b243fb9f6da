using System.Globalization;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>Square's answers, in the shapes of the examples in its published description of the API (version 2025-08-20).</summary>
internal static class SquareSays
{
    public const string Location = "L88917AVBK2S5";
    public const string Device = "dbb5d83a-7838-11ea-bc55-0242ac130003";
    public const string CheckoutId = "08YceKh7B3ZqO";
    public const string PaymentId = "R2B3Z8WMVt3EAmzYWLZvz7Y69EbZY";
    public const string RefundId = PaymentId + "_KlWP8IC1557ddwc9QWTKrCVU6m0JXDz15R2Qym5eQfR";
    public static readonly DateTimeOffset At = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    /// <summary>A list with nothing in it.</summary>
    public static readonly StubAnswer Nothing = StubAnswer.Json(200, "{}");

    public static readonly StubAnswer NotFound = Error(404, "INVALID_REQUEST_ERROR", "NOT_FOUND");
    public static readonly StubAnswer RateLimited = Error(429, "RATE_LIMIT_ERROR", "RATE_LIMITED");
    public static readonly StubAnswer KeyReused = Error(400, "INVALID_REQUEST_ERROR", "IDEMPOTENCY_KEY_REUSED");
    public static readonly StubAnswer CannotCancel = Error(400, "INVALID_REQUEST_ERROR", "BAD_REQUEST");
    public static readonly StubAnswer OurLocation = StubAnswer.Json(200, $$"""{"location":{"id":"{{Location}}","name":"Grant Park","country":"JP","currency":"JPY","status":"ACTIVE"} }""");

    public static StubAnswer Error(int status, string category, string code) =>
        StubAnswer.Json(status, $$"""{"errors":[{"category":"{{category}}","code":"{{code}}","detail":"for people","field":"checkout"}]}""");

    public static StubAnswer Checkout(string reference, string status, long amount = 300, string id = CheckoutId, string more = "", string type = "CARD_PRESENT", string at = "2026-11-21T01:00:00.000Z") =>
        StubAnswer.Json(200, $$"""{"checkout":{{CheckoutJson(reference, status, amount, id, more, type, at)}} }""");

    /// <param name="reference">Ours.</param>
    /// <param name="status">As on the wire.</param>
    /// <param name="amount">Asked for.</param>
    /// <param name="id">Square's.</param>
    /// <param name="more">Further fields, each with a comma behind it.</param>
    /// <param name="type">payment_type.</param>
    /// <param name="at">created_at and updated_at.</param>
    public static string CheckoutJson(string reference, string status, long amount = 300, string id = CheckoutId, string more = "", string type = "CARD_PRESENT", string at = "2026-11-21T01:00:00.000Z") =>
        $$"""
        {"amount_money":{"amount":{{N(amount)}},"currency":"JPY"},"app_id":"APP_ID","created_at":"{{at}}","deadline_duration":"PT5M",
         "device_options":{"device_id":"{{Device}}","skip_receipt_screen":true,"tip_settings":{"allow_tipping":false} },"id":"{{id}}","location_id":"{{Location}}",
         {{more}}"payment_type":"{{type}}","reference_id":"{{reference}}","status":"{{status}}","updated_at":"{{at}}"}
        """;

    public static StubAnswer Completed(string reference, string id = CheckoutId, string payment = PaymentId, string type = "CARD_PRESENT") =>
        Checkout(reference, "COMPLETED", id: id, more: $"\"payment_ids\":[\"{payment}\"],", type: type);

    public static StubAnswer Canceled(string reference, string reason, string id = CheckoutId) =>
        Checkout(reference, "CANCELED", id: id, more: $"\"cancel_reason\":\"{reason}\",");

    public static StubAnswer Checkouts(params string[] checkouts) => StubAnswer.Json(200, $$"""{"checkouts":[{{string.Join(',', checkouts)}}]}""");

    public static StubAnswer Payment(string reference, long amount = 300, string id = PaymentId, string checkout = CheckoutId, string status = "COMPLETED", string currency = "JPY", DateTimeOffset? at = null, string details = CardDetails) =>
        StubAnswer.Json(200, $$"""{"payment":{{PaymentJson(reference, amount, id, checkout, status, currency, at, details)}} }""");

    public const string CardDetails = "\"card_details\":{\"auth_result_code\":\"2Nkw7q\",\"card\":{\"card_brand\":\"VISA\",\"last_4\":\"1111\"},\"status\":\"CAPTURED\"},";

    public static string PaymentJson(string reference, long amount = 300, string id = PaymentId, string? checkout = CheckoutId, string status = "COMPLETED", string currency = "JPY", DateTimeOffset? at = null, string details = CardDetails) =>
        $$"""
        {"id":"{{id}}","created_at":"{{(at ?? At).UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}}","updated_at":"2026-11-22T01:00:00.000Z",
         "amount_money":{"amount":{{N(amount)}},"currency":"{{currency}}"},"total_money":{"amount":{{N(amount)}},"currency":"{{currency}}"},
         {{details}}"status":"{{status}}","source_type":"CARD","location_id":"{{Location}}","reference_id":"{{reference}}","terminal_checkout_id":"{{checkout}}","version_token":"x"}
        """;

    public static StubAnswer Payments(params string[] payments) => StubAnswer.Json(200, $$"""{"payments":[{{string.Join(',', payments)}}]}""");

    /// <summary>A payment, and the refunds that it names.</summary>
    public static StubAnswer PaymentWithRefunds(string reference, params string[] refunds) =>
        Payment(reference, details: $"\"refund_ids\":[{string.Join(',', refunds.Select(refund => $"\"{refund}\""))}],");

    public static StubAnswer Refund(string reference, long amount = 300, string status = "COMPLETED", string id = RefundId, string payment = PaymentId) => StubAnswer.Json(200,
        $$"""
        {"refund":{"amount_money":{"amount":{{N(amount)}},"currency":"JPY"},"created_at":"2026-11-21T01:10:00.000Z","id":"{{id}}","location_id":"{{Location}}",
         "payment_id":"{{payment}}","reason":"{{reference}}","status":"{{status}}","updated_at":"2026-11-21T01:11:00.000Z"} }
        """);

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
