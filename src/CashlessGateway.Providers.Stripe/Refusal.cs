using System.Collections.Frozen;

namespace CashlessGateway.Providers.Stripe;

/// <summary>Why Stripe refused.</summary>
internal enum Refusal
{
    /// <summary>Any other 400 of Stripe's own: a fault of the software or of a setting.</summary>
    RequestRefused,
    Unauthorized,
    Forbidden,
    RateLimited,

    /// <summary>Another request is at work on the same object; nothing of this one was done.</summary>
    Locked,

    /// <summary>The key was used before with other parameters: what was done then is not known from this answer.</summary>
    KeyReused,
    NotFound,
    CardDeclined,
    InsufficientFunds,
    ExpiredCard,
    AuthenticationFailed,

    /// <summary>The payment is further on than the request thought: ask, and follow what it says.</summary>
    UnexpectedState,
    AmountNotAllowed,
    AlreadyRefunded,
    NotRefundable,
    Disputed,
    BalanceInsufficient,

    /// <summary>No refusal at all: the reader may have taken it and only its answer was lost.</summary>
    ReaderTimeout,
    ReaderOffline,
    ReaderBusy,
    ReaderFault,
}

/// <summary>
/// Stripe's error table. The code is asked first, since one status carries many meanings; the message is for people, may name a
/// card, and is never read.
/// </summary>
internal static class Refusals
{
    private static readonly FrozenDictionary<string, Refusal> ByCode = new Dictionary<string, Refusal>
    {
        ["resource_missing"] = Refusal.NotFound,
        ["rate_limit"] = Refusal.RateLimited,
        ["lock_timeout"] = Refusal.Locked,
        ["api_key_expired"] = Refusal.Unauthorized,
        ["platform_api_key_expired"] = Refusal.Unauthorized,
        ["secret_key_required"] = Refusal.Unauthorized,
        ["card_declined"] = Refusal.CardDeclined,
        ["insufficient_funds"] = Refusal.InsufficientFunds,
        ["expired_card"] = Refusal.ExpiredCard,
        ["authentication_required"] = Refusal.AuthenticationFailed,
        ["payment_intent_authentication_failure"] = Refusal.AuthenticationFailed,
        ["payment_intent_unexpected_state"] = Refusal.UnexpectedState,
        ["intent_invalid_state"] = Refusal.UnexpectedState,
        ["amount_too_small"] = Refusal.AmountNotAllowed,
        ["amount_too_large"] = Refusal.AmountNotAllowed,
        ["charge_already_refunded"] = Refusal.AlreadyRefunded,
        ["charge_not_refundable"] = Refusal.NotRefundable,
        ["charge_disputed"] = Refusal.Disputed,
        ["refund_disputed_payment"] = Refusal.Disputed,
        ["balance_insufficient"] = Refusal.BalanceInsufficient,
        ["insufficient_balance"] = Refusal.BalanceInsufficient,
        ["terminal_reader_timeout"] = Refusal.ReaderTimeout,
        ["terminal_reader_offline"] = Refusal.ReaderOffline,
        ["terminal_reader_busy"] = Refusal.ReaderBusy,
        ["terminal_reader_hardware_fault"] = Refusal.ReaderFault,
    }.ToFrozenDictionary();

    /// <summary>Null: says nothing about what happened.</summary>
    public static Refusal? Of(int status, string type, string? code, string? declineCode) => (status, type) switch
    {
        ( >= 500, _) => null,   // whatever words come with it
        (408 or 409 or 425, _) => null,   // time, or the same key still at work
        (_, "idempotency_error") => Refusal.KeyReused,
        _ when code is not null && ByCode.TryGetValue(declineCode ?? "", out var declined) && type == "card_error" => declined,
        _ when code is not null && ByCode.TryGetValue(code, out var known) => known,
        (401, _) => Refusal.Unauthorized,
        (403, _) => Refusal.Forbidden,
        (429, _) => Refusal.RateLimited,
        (_, "card_error") => Refusal.CardDeclined,
        (400 or 404, "invalid_request_error") => Refusal.RequestRefused,
        _ => null,
    };

    /// <summary>What a failed attempt at a reader is called here.</summary>
    public static Refusal OfFailure(string? code, string? declineCode) =>
        ByCode.TryGetValue(declineCode ?? "", out var known) || ByCode.TryGetValue(code ?? "", out known) ? known : Refusal.CardDeclined;

    /// <summary>The stable code under which the gateway counts and shows it.</summary>
    public static string Code(this Refusal refusal) => refusal switch
    {
        Refusal.RequestRefused => "request-refused",
        Refusal.Unauthorized => "unauthorized",
        Refusal.Forbidden => "forbidden",
        Refusal.RateLimited => "rate-limited",
        Refusal.Locked => "locked",
        Refusal.KeyReused => "key-reused",
        Refusal.NotFound => "not-found",
        Refusal.CardDeclined => "card-declined",
        Refusal.InsufficientFunds => "insufficient-funds",
        Refusal.ExpiredCard => "expired-card",
        Refusal.AuthenticationFailed => "authentication-failed",
        Refusal.UnexpectedState => "unexpected-state",
        Refusal.AmountNotAllowed => "amount-not-allowed",
        Refusal.AlreadyRefunded => "already-refunded",
        Refusal.NotRefundable => "cannot-be-refunded",
        Refusal.Disputed => "disputed",
        Refusal.BalanceInsufficient => "balance-insufficient",
        Refusal.ReaderTimeout => "reader-timeout",
        Refusal.ReaderOffline => "reader-offline",
        Refusal.ReaderBusy => "reader-busy",
        Refusal.ReaderFault => "reader-fault",
    };
}
