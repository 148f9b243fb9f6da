using System.Text.Json;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>Square's way to say no, and the part of its table that the stand-in has a reason to say.</summary>
internal sealed record SquareError(int Status, string Category, string Code, string Detail)
{
    private const string Invalid = "INVALID_REQUEST_ERROR";

    public string? Field { get; init; }

    public static SquareError Unauthorized { get; } = new(401, "AUTHENTICATION_ERROR", "UNAUTHORIZED", "This request could not be authorized.");

    public static SquareError BadVersion { get; } = new(400, Invalid, "INVALID_SQUARE_VERSION_FORMAT", "The Square-Version header is missing or not a date.");

    public static SquareError NotJson { get; } = new(400, Invalid, "EXPECTED_JSON_BODY", "Expected a JSON body.");

    public static SquareError BadContentType { get; } = new(415, Invalid, "UNSUPPORTED_MEDIA_TYPE", "The content type must be application/json.");

    public static SquareError KeyReused { get; } = new(400, Invalid, "IDEMPOTENCY_KEY_REUSED", "The idempotency key was used before with another request.") { Field = "idempotency_key" };

    public static SquareError BadCursor { get; } = new(400, Invalid, "INVALID_CURSOR", "The cursor is not one of this list.") { Field = "cursor" };

    public static SquareError CannotCancel { get; } = new(400, Invalid, "BAD_REQUEST", "The checkout cannot be canceled in its present state.");

    public static SquareError CannotDismiss { get; } = new(400, Invalid, "BAD_REQUEST", "Only a finished checkout can be dismissed.");

    public static SquareError NotEnabled { get; } = new(400, Invalid, "PAYMENT_SOURCE_NOT_ENABLED_FOR_TARGET", "The location does not take this payment type.") { Field = "checkout.payment_type" };

    public static SquareError NotRefundable { get; } = new(400, "REFUND_ERROR", "PAYMENT_NOT_REFUNDABLE", "The payment cannot be refunded.");

    public static SquareError RefundAmount { get; } = new(400, "REFUND_ERROR", "REFUND_AMOUNT_INVALID", "The amount is not one that can be refunded.") { Field = "amount_money" };

    public static SquareError BalanceTooLow { get; } = new(400, "REFUND_ERROR", "REFUND_DECLINED", "The balance does not cover the refund.");

    public static FaultWords Faults { get; } = new(
        new SquareError(429, "RATE_LIMIT_ERROR", "RATE_LIMITED", "Too many requests.").OnTheWire(),
        new SquareError(503, "API_ERROR", "SERVICE_UNAVAILABLE", "The service is not available.").OnTheWire(),
        new SquareError(402, "PAYMENT_METHOD_ERROR", "GENERIC_DECLINE", "Declined.").OnTheWire(),
        new SquareError(500, "API_ERROR", "INTERNAL_SERVER_ERROR", "An internal error has occurred.").OnTheWire())
    {
        Garbage = """{"checkout":{"id":"08Yc"""u8.ToArray(),
    };

    public static SquareError NotFound(string what) => new(404, Invalid, "NOT_FOUND", $"The {what} was not found.");

    public static SquareError Wrong(string code, string field, string detail) => new(400, Invalid, code, detail) { Field = field };

    public WireAnswer OnTheWire() => Json.Answer(Status, new { errors = new[] { new { category = Category, code = Code, detail = Detail, field = Field } } });
}

internal static class Json
{
    public static WireAnswer Answer(int status, object body) => new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), SandboxJson.Options));
}
