using System.Text.Json.Nodes;

namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>How Stripe refuses.</summary>
/// <param name="Stored">It was decided while the request was being done, so a repeat under the same key gets it again.</param>
internal sealed record StripeError(int Status, string Type, string? Code, string Message, bool Stored = false)
{
    private const string Invalid400 = "invalid_request_error";

    public string? Param { get; init; }

    public static StripeError NoKey { get; } = new(401, Invalid400, null, "You did not provide an API key.");

    public static StripeError WrongKey { get; } = new(401, Invalid400, null, "Invalid API Key provided.");

    public static StripeError NoSuchAddress { get; } = new(404, Invalid400, null, "Unrecognized request URL.");

    public static StripeError WrongVersion { get; } = new(400, Invalid400, null, "Invalid Stripe API version.");

    public static StripeError Unreadable { get; } = new(400, Invalid400, null, "Invalid request: the parameters could not be read.");

    public static StripeError RateLimited { get; } = new(429, Invalid400, "rate_limit", "Request rate limit exceeded.");

    public static StripeError Broken { get; } = new(500, "api_error", null, "An unknown error occurred.");

    public static StripeError Away { get; } = new(503, "api_error", null, "The service is not available.");

    /// <summary>A certain no to anything.</summary>
    public static StripeError Refused { get; } = new(400, Invalid400, "request_blocked", "The request was blocked.");

    public static StripeError OtherParameters { get; } = new(400, "idempotency_error", null, "Keys for idempotent requests can only be used with the same parameters they were first used with.");

    public static StripeError KeyInUse { get; } = new(409, "idempotency_error", "idempotency_key_in_use", "There is currently another in-progress request using this idempotency key.");

    public static StripeError Missing(string param) => new(400, Invalid400, "parameter_missing", $"Missing required param: {param}.") { Param = param };

    public static StripeError Unknown(string param) => new(400, Invalid400, "parameter_unknown", $"Received unknown parameter: {param}") { Param = param };

    public static StripeError Empty(string param) => new(400, Invalid400, "parameter_invalid_empty", $"You passed an empty string for '{param}'.") { Param = param };

    public static StripeError InvalidInteger(string param, string value) => new(400, Invalid400, "parameter_invalid_integer", $"Invalid integer: {value}") { Param = param };

    public static StripeError InvalidText(string param) => new(400, Invalid400, null, $"Invalid string: {param}") { Param = param };

    public static StripeError Invalid(string param, string message) => new(400, Invalid400, null, message) { Param = param };

    public static StripeError NotFound(string kind, string id, string param = "id") => new(404, Invalid400, "resource_missing", $"No such {kind}: '{id}'") { Param = param };

    public static StripeError TooSmall(string param) => new(400, Invalid400, "amount_too_small", "Amount must be at least ¥50 jpy") { Param = param };

    public static StripeError TooLarge(string param) => new(400, Invalid400, "amount_too_large", "Amount must be no more than ¥99,999,999") { Param = param };

    public static StripeError UnexpectedState(string status) =>
        new(400, Invalid400, "payment_intent_unexpected_state", $"This PaymentIntent cannot be changed because it has a status of {status}.", Stored: true);

    public static StripeError NotOpen(string status) => new(400, Invalid400, null, $"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {status}.", Stored: true);

    public static StripeError IntentInvalidState(string status) => new(400, Invalid400, "intent_invalid_state", $"The PaymentIntent has a status of {status} and cannot be processed.", Stored: true);

    public static StripeError AlreadyRefunded { get; } = new(400, Invalid400, "charge_already_refunded", "The charge has already been refunded.", Stored: true);

    public static StripeError RefundTooLarge { get; } = new(400, Invalid400, null, "Refund amount is greater than unrefunded amount on charge.", Stored: true) { Param = "amount" };

    public static StripeError NotPaid { get; } = new(400, Invalid400, null, "This PaymentIntent does not have a successful charge to refund.", Stored: true) { Param = "payment_intent" };

    public static StripeError IsDisputed { get; } = new(400, Invalid400, "charge_disputed", "The charge has been charged back.", Stored: true);

    public static StripeError ReaderOffline { get; } = new(400, Invalid400, "terminal_reader_offline", "Reader is currently offline.", Stored: true);

    public static StripeError ReaderBusy { get; } = new(400, Invalid400, "terminal_reader_busy", "Reader is currently busy processing another request.", Stored: true);

    public static StripeError ReaderTimeout { get; } = new(400, Invalid400, "terminal_reader_timeout", "There was a timeout when sending this command to the reader.", Stored: true);

    public JsonObject Json() => new()
    {
        ["error"] = new JsonObject(Fields().Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value))),
    };

    private IEnumerable<KeyValuePair<string, string?>> Fields() =>
    [
        new("code", Code),
        new("doc_url", Code is null ? null : $"https://docs.stripe.com/error-codes/{Code.Replace('_', '-')}"),
        new("message", Message),
        new("param", Param),
        new("type", Type),
    ];
}
