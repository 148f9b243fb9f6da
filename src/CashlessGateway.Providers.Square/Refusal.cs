using System.Collections.Frozen;

namespace CashlessGateway.Providers.Square;

/// <summary>Why Square refused.</summary>
internal enum Refusal
{
    /// <summary>Any other refusal in Square's own words.</summary>
    RequestRefused,
    Unauthorized,
    NotPermitted,
    RateLimited,
    KeyReused,
    NotFound,
    WrongLocation,
    NotOffered,
    AmountNotAllowed,
    Declined,
    InsufficientFunds,
    CannotBeRefunded,
    Disputed,
    CardNeeded,
    RefundDeclined,
    RefundPending,
    NotCompleted,
    SubscriptionNeeded,
}

/// <summary>Square's error table. The code comes first; of the about 160 codes, those that nobody treats differently go by their category.</summary>
internal static class Refusals
{
    private static readonly FrozenDictionary<string, Refusal> ByCode = new Dictionary<string, Refusal>
    {
        ["UNAUTHORIZED"] = Refusal.Unauthorized,
        ["ACCESS_TOKEN_EXPIRED"] = Refusal.Unauthorized,
        ["ACCESS_TOKEN_REVOKED"] = Refusal.Unauthorized,
        ["CLIENT_DISABLED"] = Refusal.Unauthorized,
        ["APPLICATION_DISABLED"] = Refusal.Unauthorized,
        ["FORBIDDEN"] = Refusal.NotPermitted,
        ["INSUFFICIENT_SCOPES"] = Refusal.NotPermitted,
        ["INSUFFICIENT_PERMISSIONS"] = Refusal.NotPermitted,
        ["INSUFFICIENT_PERMISSIONS_FOR_REFUND"] = Refusal.NotPermitted,
        ["RATE_LIMITED"] = Refusal.RateLimited,
        ["IDEMPOTENCY_KEY_REUSED"] = Refusal.KeyReused,
        ["NOT_FOUND"] = Refusal.NotFound,
        ["INVALID_LOCATION"] = Refusal.WrongLocation,
        ["LOCATION_MISMATCH"] = Refusal.WrongLocation,
        ["PAYMENT_SOURCE_NOT_ENABLED_FOR_TARGET"] = Refusal.NotOffered,
        ["CARD_PROCESSING_NOT_ENABLED"] = Refusal.NotOffered,
        ["UNSUPPORTED_SOURCE_TYPE"] = Refusal.NotOffered,
        ["UNSUPPORTED_COUNTRY"] = Refusal.NotOffered,
        ["AMOUNT_TOO_HIGH"] = Refusal.AmountNotAllowed,
        ["AMOUNT_TOO_LOW"] = Refusal.AmountNotAllowed,
        ["PAYMENT_LIMIT_EXCEEDED"] = Refusal.AmountNotAllowed,
        ["TRANSACTION_LIMIT"] = Refusal.AmountNotAllowed,
        ["REFUND_AMOUNT_INVALID"] = Refusal.AmountNotAllowed,
        ["VALUE_TOO_HIGH"] = Refusal.AmountNotAllowed,
        ["INSUFFICIENT_FUNDS"] = Refusal.InsufficientFunds,
        ["PAYMENT_NOT_REFUNDABLE"] = Refusal.CannotBeRefunded,
        ["UNSUPPORTED_INSTRUMENT_TYPE"] = Refusal.CannotBeRefunded,
        ["PAYMENT_NOT_REFUNDABLE_DUE_TO_DISPUTE"] = Refusal.Disputed,
        ["CARD_PRESENCE_REQUIRED"] = Refusal.CardNeeded,
        ["REFUND_DECLINED"] = Refusal.RefundDeclined,
        ["REFUND_ALREADY_PENDING"] = Refusal.RefundPending,
        ["REFUND_ERROR_PAYMENT_NEEDS_COMPLETION"] = Refusal.NotCompleted,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Refusal> ByCategory = new Dictionary<string, Refusal>
    {
        ["AUTHENTICATION_ERROR"] = Refusal.Unauthorized,
        ["RATE_LIMIT_ERROR"] = Refusal.RateLimited,
        ["PAYMENT_METHOD_ERROR"] = Refusal.Declined,
        ["REFUND_ERROR"] = Refusal.CannotBeRefunded,
        ["MERCHANT_SUBSCRIPTION_ERROR"] = Refusal.SubscriptionNeeded,
    }.ToFrozenDictionary();

    public static Refusal Of(string category, string code) =>
        ByCode.TryGetValue(code, out var known) || ByCategory.TryGetValue(category, out known) ? known : Refusal.RequestRefused;

    /// <summary>The stable code under which the gateway counts and shows it.</summary>
    public static string Code(this Refusal refusal) => refusal switch
    {
        Refusal.RequestRefused => "request-refused",
        Refusal.Unauthorized => "unauthorized",
        Refusal.NotPermitted => "not-permitted",
        Refusal.RateLimited => "rate-limited",
        Refusal.KeyReused => "key-reused",
        Refusal.NotFound => "not-found",
        Refusal.WrongLocation => "wrong-location",
        Refusal.NotOffered => "method-not-offered",
        Refusal.AmountNotAllowed => "amount-not-allowed",
        Refusal.Declined => "declined",
        Refusal.InsufficientFunds => "insufficient-funds",
        Refusal.CannotBeRefunded => "cannot-be-refunded",
        Refusal.Disputed => "disputed",
        Refusal.CardNeeded => "card-needed",
        Refusal.RefundDeclined => "refund-declined",
        Refusal.RefundPending => "refund-pending",
        Refusal.NotCompleted => "not-completed",
        Refusal.SubscriptionNeeded => "subscription-needed",
    };
}
