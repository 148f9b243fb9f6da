using System.Globalization;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>Stripe's answers, in the shapes of its published objects (stripe/openapi fixtures, MIT), cut down to what a payment in yen has.</summary>
internal static class StripeSays
{
    public const string Session = "cs_test_a1kit";
    public const string Intent = "pi_kit";
    public const string Reader = "tmr_kit";
    public const string Url = "https://checkout.stripe.com/c/pay/cs_test_a1kit";
    public static readonly DateTimeOffset Made = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset SessionEnd = Made.AddMinutes(32);

    public static readonly StubAnswer.Reply NotOpen = Error(400, "invalid_request_error", null);
    public static readonly StubAnswer.Reply UnexpectedState = Error(400, "invalid_request_error", "payment_intent_unexpected_state");
    public static readonly StubAnswer.Reply NoSuchThing = Error(404, "invalid_request_error", "resource_missing");
    public static readonly StubAnswer.Reply Empty = List();
    public static readonly StubAnswer.Reply NothingFound = Reply("""{"object":"search_result","data":[],"has_more":false,"url":"/v1/payment_intents/search"}""");

    public static StubAnswer.Reply Reply(string body, int status = 200) => (StubAnswer.Reply)StubAnswer.Json(status, body);

    public static StubAnswer.Reply Error(int status, string type, string? code, string? declineCode = null) => Reply(
        $$"""{"error":{"type":"{{type}}","message":"for people: card 4242424242424242"{{Field("code", code)}}{{Field("decline_code", declineCode)}} } }""", status);

    public static StubAnswer.Reply List(params string[] items) => ListOf(false, items);

    public static StubAnswer.Reply ListOf(bool more, params string[] items) =>
        Reply($$"""{"object":"list","url":"/v1/x","has_more":{{(more ? "true" : "false")}},"data":[{{string.Join(',', items)}}]}""");

    public static StubAnswer.Reply Found(params string[] items) =>
        Reply($$"""{"object":"search_result","url":"/v1/x","has_more":false,"data":[{{string.Join(',', items)}}]}""");

    public static string OpenSession(string reference, long amount = 300, string id = Session, string intent = "null") => SessionOf(reference, "open", "unpaid", amount, "jpy", intent, $"\"{Url}\"", id);

    public static string SessionOf(string reference, string status, string paymentStatus = "unpaid", long amount = 300, string currency = "jpy", string intent = "null", string url = "null", string id = Session, long? expires = null) =>
        $$"""
        {"id":"{{id}}","object":"checkout.session","amount_total":{{N(amount)}},"client_reference_id":"{{reference}}","created":{{N(Made.ToUnixTimeSeconds())}},"currency":"{{currency}}",
         "expires_at":{{N(expires ?? SessionEnd.ToUnixTimeSeconds())}},"livemode":false,"metadata":{"payment_id":"{{reference}}"},"mode":"payment","payment_intent":{{intent}},
         "payment_status":"{{paymentStatus}}","status":"{{status}}","url":{{url}} }
        """;

    public static string IntentOf(string reference, string status = "requires_payment_method", long amount = 300, long received = 0, string currency = "jpy", string charge = "null", string more = "", string id = Intent) =>
        $$"""
        {"id":"{{id}}","object":"payment_intent","amount":{{N(amount)}},"amount_received":{{N(received)}},"client_secret":"pi_kit_secret_x","created":{{N(Made.ToUnixTimeSeconds())}},
         "currency":"{{currency}}","latest_charge":{{charge}},"metadata":{"payment_id":"{{reference}}"},"status":"{{status}}"{{more}} }
        """;

    public static string PaidIntent(string reference, long amount = 300, string currency = "jpy", DateTimeOffset? at = null, string details = """{"card":{"brand":"visa","last4":"4242","authorization_code":"123456"},"type":"card"}""", string id = Intent) =>
        IntentOf(reference, "succeeded", amount, amount, currency, ChargeOf(at ?? Made, details), id: id);

    public static string ChargeOf(DateTimeOffset at, string details = """{"card":{"brand":"jcb"},"type":"card"}""") =>
        $$"""{"id":"ch_kit","object":"charge","created":{{N(at.ToUnixTimeSeconds())}},"payment_method_details":{{details}} }""";

    public static string ReaderOf(string? intent = null, string status = "in_progress", string more = "") => intent is null
        ? $$"""{"id":"{{Reader}}","object":"terminal.reader","action":null,"status":"online"}"""
        : $$"""{"id":"{{Reader}}","object":"terminal.reader","action":{"type":"process_payment_intent","status":"{{status}}","process_payment_intent":{"payment_intent":"{{intent}}"}{{more}} },"status":"online"}""";

    public static string RefundOf(string reference, long amount, string status = "succeeded", string more = "", string id = "re_kit") =>
        $$"""
        {"id":"{{id}}","object":"refund","amount":{{N(amount)}},"created":{{N(Made.ToUnixTimeSeconds())}},"currency":"jpy","metadata":{"refund_id":"{{reference}}","payment_id":"pay_1"},
         "payment_intent":"{{Intent}}","status":"{{status}}"{{more}} }
        """;

    private static string Field(string name, string? value) => value is null ? "" : $",\"{name}\":\"{value}\"";

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}
