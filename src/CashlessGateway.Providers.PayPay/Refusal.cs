using System.Collections.Frozen;

namespace CashlessGateway.Providers.PayPay;

/// <summary>Why PayPay refused.</summary>
internal enum Refusal
{
    /// <summary>Any other 4xx in PayPay's own envelope.</summary>
    RequestRefused,
    Unauthorized,
    OutOfScope,
    ClientNotFound,
    RateLimited,
    TransactionFailed,
    InsufficientFunds,
    DuplicateCode,
    CodeAlreadyPaid,
    CodeNotFound,
    PaymentNotFound,
    NotReversible,
    NoSuchRefund,
    RefundLimit,
    CannotBeRefunded,
    AmountNotAllowed,
    CustomerLeft,
}

/// <summary>
/// PayPay's error table. The same error comes with 400 in one document and 404 in another, so the HTTP status decides nothing here;
/// the id comes first, because one word (UNACCEPTABLE_OP, RESOURCE_NOT_FOUND) may stand for several things.
/// </summary>
internal static class Refusals
{
    private static readonly FrozenDictionary<string, Refusal> ById = new Dictionary<string, Refusal>
    {
        ["08100006"] = Refusal.RequestRefused,      // INVALID_REQUEST_PARAMS
        ["08100024"] = Refusal.RequestRefused,      // MISSING_REQUEST_PARAMS
        ["01650000"] = Refusal.RequestRefused,      // DYNAMIC_QR_BAD_REQUEST
        ["00200004"] = Refusal.RequestRefused,      // INVALID_PARAMS
        ["08100016"] = Refusal.Unauthorized,
        ["08100023"] = Refusal.OutOfScope,
        ["08100007"] = Refusal.ClientNotFound,      // with 404: the contract is not found, not the payment
        ["08100998"] = Refusal.RateLimited,
        ["01652073"] = Refusal.DuplicateCode,
        ["01652074"] = Refusal.CodeAlreadyPaid,
        ["01652072"] = Refusal.CodeNotFound,
        ["01652075"] = Refusal.PaymentNotFound,
        ["00200001"] = Refusal.PaymentNotFound,
        ["00200044"] = Refusal.NotReversible,
        ["00200018"] = Refusal.NoSuchRefund,
        ["00200014"] = Refusal.RefundLimit,
        ["00200013"] = Refusal.CannotBeRefunded,
        ["00200015"] = Refusal.AmountNotAllowed,
        ["01103027"] = Refusal.CustomerLeft,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Refusal> ByWord = new Dictionary<string, Refusal>
    {
        ["UNAUTHORIZED"] = Refusal.Unauthorized,
        ["OP_OUT_OF_SCOPE"] = Refusal.OutOfScope,
        ["OPA_CLIENT_NOT_FOUND"] = Refusal.ClientNotFound,
        ["RATE_LIMIT"] = Refusal.RateLimited,
        ["TRANSACTION_FAILED"] = Refusal.TransactionFailed,
        ["NO_SUFFICIENT_FUND"] = Refusal.InsufficientFunds,
        ["DUPLICATE_DYNAMIC_QR_REQUEST"] = Refusal.DuplicateCode,
        ["DYNAMIC_QR_ALREADY_PAID"] = Refusal.CodeAlreadyPaid,
        ["DYNAMIC_QR_NOT_FOUND"] = Refusal.CodeNotFound,
        ["DYNAMIC_QR_PAYMENT_NOT_FOUND"] = Refusal.PaymentNotFound,
        ["ORDER_NOT_REVERSIBLE"] = Refusal.NotReversible,
        ["NO_SUCH_REFUND_ORDER"] = Refusal.NoSuchRefund,
        ["REFUND_LIMIT_EXCEEDED"] = Refusal.RefundLimit,
        ["UNACCEPTABLE_OP"] = Refusal.CannotBeRefunded,
        ["CANCELED_USER"] = Refusal.CustomerLeft,
    }.ToFrozenDictionary();

    public static Refusal Of(string word, string id) =>
        ById.TryGetValue(id, out var known) || ByWord.TryGetValue(word, out known) ? known : Refusal.RequestRefused;

    /// <summary>The stable code under which the gateway counts and shows it.</summary>
    public static string Code(this Refusal refusal) => refusal switch
    {
        Refusal.RequestRefused => "request-refused",
        Refusal.Unauthorized => "unauthorized",
        Refusal.OutOfScope => "out-of-scope",
        Refusal.ClientNotFound => "client-not-found",
        Refusal.RateLimited => "rate-limited",
        Refusal.TransactionFailed => "transaction-failed",
        Refusal.InsufficientFunds => "insufficient-funds",
        Refusal.DuplicateCode => "duplicate-code",
        Refusal.CodeAlreadyPaid => "code-already-paid",
        Refusal.CodeNotFound => "code-not-found",
        Refusal.PaymentNotFound => "payment-not-found",
        Refusal.NotReversible => "not-reversible",
        Refusal.NoSuchRefund => "no-such-refund",
        Refusal.RefundLimit => "refund-limit",
        Refusal.CannotBeRefunded => "cannot-be-refunded",
        Refusal.AmountNotAllowed => "amount-not-allowed",
        Refusal.CustomerLeft => "customer-left",
    };
}
