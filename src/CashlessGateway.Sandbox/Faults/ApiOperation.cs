using System.Text.Json.Serialization;

namespace CashlessGateway.Sandbox.Faults;

/// <summary>What a fault can meet.</summary>
public enum ApiOperation
{
    [JsonStringEnumMemberName("*")]
    Any,
    CreateCode,
    DeleteCode,
    GetPayment,
    Cancel,
    Refund,
    GetRefund,
    Webhook,
}
