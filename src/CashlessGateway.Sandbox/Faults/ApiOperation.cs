using System.Text.Json.Serialization;

namespace CashlessGateway.Sandbox.Faults;

/// <summary>What a fault can meet.</summary>
public enum ApiOperation
{
    [JsonStringEnumMemberName("*")]
    Any,

    // Of all providers.
    GetPayment,
    Cancel,
    Refund,
    GetRefund,
    Webhook,
    ListPayouts,

    // PayPay.
    CreateCode,
    DeleteCode,

    // Square.
    CreateCheckout,
    GetCheckout,
    SearchCheckouts,
    DismissCheckout,
    ListPayments,
    GetLocation,
    DeviceCode,

    // Stripe.
    CreateSession,
    GetSession,
    ExpireSession,
    ListSessions,
    CreateIntent,
    SearchIntents,
    ProcessIntent,
    GetReader,
    CancelAction,
    RegisterReader,
    ListRefunds,
    ListBalance,
    ListDisputes,
}
