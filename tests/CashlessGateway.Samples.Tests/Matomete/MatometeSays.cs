using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>Matomete's answers as its page documents them.</summary>
internal static class MatometeSays
{
    public const string ChargeId = "ch_0123456789abcdefghij";
    public const string RefundNumber = "rf_0123456789abcdefghij";

    public static StubAnswer Charge(string order, string status, long amount = 300, string currency = "JPY", DateTimeOffset? at = null, string brand = "PAYPAY") => StubAnswer.Json(201, $$"""
        {"orderId":"{{order}}","chargeId":"{{ChargeId}}","amount":{{amount}},"currency":"{{currency}}","status":"{{status}}","brand":"{{brand}}","declineCode":null,
         "capturedAt":{{(at is { } time ? $"\"{time:O}\"" : "null")}},"approvalNumber":"012345","waitsUntil":{{(status == "waiting" ? "\"2026-11-21T01:03:00Z\"" : "null")}}}
        """);

    public static StubAnswer Refund(string refund, string status, long amount) => StubAnswer.Json(201, $$"""
        {"refundId":"{{refund}}","refundNumber":"{{RefundNumber}}","orderId":"pay_1","chargeId":"{{ChargeId}}","amount":{{amount}},"currency":"JPY","status":"{{status}}",
         "acceptedAt":"2026-11-21T01:00:00Z","doneAt":"2026-11-21T01:00:00Z"}
        """);

    public static StubAnswer Refused(int status, string code) => StubAnswer.Json(status, $$$"""{"error":{"code":"{{{code}}}"}}""");
}
