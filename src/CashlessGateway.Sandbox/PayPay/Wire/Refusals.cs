namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>The provider's table of errors, as far as the sandbox has a reason to say them.</summary>
internal static class Refusals
{
    public static ApiAnswer Unauthorized { get; } = Say(401, "08100016", "UNAUTHORIZED", "Unauthorized request");

    public static ApiAnswer OutOfScope { get; } = Say(401, "08100023", "OP_OUT_OF_SCOPE", "The operation is not permitted");

    public static ApiAnswer RateLimit { get; } = Say(429, "08100998", "RATE_LIMIT", "Too many requests");

    public static ApiAnswer ServiceError { get; } = Say(500, "08101000", "INTERNAL_SERVER_ERROR", "Something went wrong on PayPay service side");

    public static ApiAnswer TransactionFailed { get; } = Say(500, "00200002", "TRANSACTION_FAILED", "Transaction failed");

    public static ApiAnswer Maintenance { get; } = Say(503, "08100999", "MAINTENANCE_MODE", "Sorry, we are down for scheduled maintenance");

    public static ApiAnswer DuplicateCode { get; } = Say(400, "01652073", "DUPLICATE_DYNAMIC_QR_REQUEST", "Duplicate Dynamic QR request error");

    public static ApiAnswer BadCode { get; } = Say(400, "01650000", "DYNAMIC_QR_BAD_REQUEST", "Dynamic QR bad request error");

    public static ApiAnswer CodeNotFound { get; } = Say(404, "01652072", "DYNAMIC_QR_NOT_FOUND", "Dynamic QR not found");

    public static ApiAnswer CodeAlreadyPaid { get; } = Say(400, "01652074", "DYNAMIC_QR_ALREADY_PAID", "Dynamic QR already paid");

    /// <summary>The look-up of codes says 404; the look-up of payments says 400 with the same codeId. Decide on the codeId.</summary>
    public static ApiAnswer CodePaymentNotFound { get; } = Say(404, "01652075", "DYNAMIC_QR_PAYMENT_NOT_FOUND", "Dynamic QR payment not found");

    public static ApiAnswer PaymentNotFound { get; } = CodePaymentNotFound with { Status = 400 };

    public static ApiAnswer ResourceNotFound { get; } = Say(404, "00200001", "RESOURCE_NOT_FOUND", "Resource not found");

    public static ApiAnswer NotReversible { get; } = Say(400, "00200044", "ORDER_NOT_REVERSIBLE", "Order cannot be reversed");

    public static ApiAnswer InvalidRefund { get; } = Say(400, "00200004", "INVALID_PARAMS", "Invalid parameters received");

    public static ApiAnswer RefundAmount { get; } = Say(400, "00200015", "INVALID_PARAMS", "Invalid refund amount");

    public static ApiAnswer CannotBeRefunded { get; } = Say(400, "00200013", "UNACCEPTABLE_OP", "Order cannot be refunded");

    public static ApiAnswer MultipleRefunds { get; } = Say(400, "00200014", "UNACCEPTABLE_OP", "Multiple refund not allowed");

    public static ApiAnswer NoSuchRefund { get; } = Say(404, "00200018", "NO_SUCH_REFUND_ORDER", "Refund not found");

    public static ApiAnswer Invalid(string field) => Say(400, "08100006", "INVALID_REQUEST_PARAMS", $"Invalid request params: {field}");

    public static ApiAnswer Missing(string field) => Say(400, "08100024", "MISSING_REQUEST_PARAMS", $"Missing request params: {field}");

    private static ApiAnswer Say(int status, string codeId, string code, string message) => new(status, new ResultInfo(code, message, codeId), null);
}
