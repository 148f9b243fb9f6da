using System.Text.Json;

namespace CashlessGateway.Providers.PayPay;

/// <summary>What PayPay says about a payment. A closed set.</summary>
internal abstract record PaymentDetails
{
    private PaymentDetails() { }

    public sealed record Found(PaymentStatus Status, JsonElement Data) : PaymentDetails;

    public sealed record NotFound : PaymentDetails;

    public sealed record Unclear(string Why) : PaymentDetails;
}

/// <summary>PayPay's own words for where a payment stands.</summary>
internal enum PaymentStatus
{
    /// <summary>Not paid. A code that ran out stays so for ever, hence its end is the gateway's clock.</summary>
    Created,
    Authorized,
    Reauthorizing,
    Completed,

    /// <summary>Was completed, and money went back later.</summary>
    Refunded,

    /// <summary>Not paid, or paid and taken back by our own cancel.</summary>
    Failed,
    Canceled,
    Expired,
}

/// <summary>GET /v2/codes/payments/{reference}: works with our reference alone.</summary>
internal sealed class LookUpPayment(PayPayApi api)
{
    /// <summary>PayPay's numbers have about twenty digits; its documents allow this.</summary>
    private const int LongestPaymentId = 64;

    public async Task<ProviderAnswer> Run(string reference, CancellationToken cancellation) => await Ask(reference, cancellation) switch
    {
        PaymentDetails.Found(var status, var data) => Meaning(status, data),
        PaymentDetails.NotFound => new ProviderAnswer.Absent(),
        PaymentDetails.Unclear(var why) => new ProviderAnswer.Unknown(why),
        _ => throw new InvalidOperationException("PaymentDetails is a closed set."),
    };

    public async Task<PaymentDetails> Ask(string reference, CancellationToken cancellation) =>
        await api.Get($"/v2/codes/payments/{Uri.EscapeDataString(reference)}", cancellation) switch
        {
            PayPayAnswer.Done(false, var data) => Read(reference, data),
            PayPayAnswer.Done => new PaymentDetails.Unclear("PayPay accepted a look-up instead of answering it"),
            // Only this one is "no such payment": 404 is also the answer of a wrong contract and of a proxy that knows no such path.
            PayPayAnswer.Refused(Refusal.PaymentNotFound, _) => new PaymentDetails.NotFound(),
            PayPayAnswer.Refused(_, var said) => new PaymentDetails.Unclear(said),
            PayPayAnswer.Unclear(var why) => new PaymentDetails.Unclear(why),
            _ => throw new InvalidOperationException("PayPayAnswer is a closed set."),
        };

    /// <summary>What was captured; unknown when a figure is missing, since a guessed one would be booked.</summary>
    public static ProviderAnswer Captured(JsonElement data) =>
        data.Text("paymentId") is { Length: > 0 and <= LongestPaymentId } id
        && data.Child("amount") is { } amount
        && amount.Whole("amount") is { } yen and > 0
        && amount.Text("currency") is { Length: 3 } currency
        && data.Instant("acceptedAt") is { } at
            ? new ProviderAnswer.Captured(yen, currency, at, id)
            : new ProviderAnswer.Unknown("PayPay says it is paid, but its number, amount, currency or time cannot be read");

    private static PaymentDetails Read(string reference, JsonElement data)
    {
        // An answer about another payment (a cache on the way) must not end this one.
        if (!data.Lacks("merchantPaymentId") && data.Text("merchantPaymentId") != reference)
            return new PaymentDetails.Unclear("PayPay answered about another payment than the one that was asked for");

        return Status(data.Text("status")) is { } status
            ? new PaymentDetails.Found(status, data)
            : new PaymentDetails.Unclear("PayPay told a payment status that is not in its documents");
    }

    private static PaymentStatus? Status(string? word) => word switch
    {
        "CREATED" => PaymentStatus.Created,
        "AUTHORIZED" => PaymentStatus.Authorized,
        "REAUTHORIZING" => PaymentStatus.Reauthorizing,
        "COMPLETED" => PaymentStatus.Completed,
        "REFUNDED" => PaymentStatus.Refunded,
        "FAILED" => PaymentStatus.Failed,
        "CANCELED" => PaymentStatus.Canceled,
        "EXPIRED" => PaymentStatus.Expired,
        _ => null,
    };

    private static ProviderAnswer Meaning(PaymentStatus status, JsonElement data) => status switch
    {
        PaymentStatus.Created or PaymentStatus.Authorized or PaymentStatus.Reauthorizing => new ProviderAnswer.Pending(null, null),
        PaymentStatus.Completed or PaymentStatus.Refunded => Captured(data),
        PaymentStatus.Failed => new ProviderAnswer.Declined("failed", null),
        PaymentStatus.Canceled => new ProviderAnswer.Cancelled(CancelledBy.Merchant),
        PaymentStatus.Expired => new ProviderAnswer.Expired(),
    };
}
