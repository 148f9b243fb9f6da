using System.Text.Json.Serialization;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>
/// The states that a code payment takes. AUTHORIZED, CANCELED and EXPIRED belong to pre-authorisation, which the sandbox refuses;
/// the fault wrongStatus can still say them.
/// </summary>
public enum PayPayStatus
{
    [JsonStringEnumMemberName("CREATED")]
    Created,

    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    [JsonStringEnumMemberName("REFUNDED")]
    Refunded,

    [JsonStringEnumMemberName("FAILED")]
    Failed,
}

internal static class PayPayStatusWords
{
    public static string OnTheWire(this PayPayStatus status) => status switch
    {
        PayPayStatus.Created => "CREATED",
        PayPayStatus.Completed => "COMPLETED",
        PayPayStatus.Refunded => "REFUNDED",
        PayPayStatus.Failed => "FAILED",
    };
}
