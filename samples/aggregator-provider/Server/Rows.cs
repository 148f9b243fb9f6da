using System.Text.Json.Serialization;

namespace MatometeServer;

/// <summary>What the customer does once the clerk has scanned the code.</summary>
public enum Customer
{
    /// <summary>Nothing more is needed.</summary>
    Pays,

    /// <summary>The app asks for a PIN or a touch first.</summary>
    Confirms,

    /// <summary>Too little money in the app.</summary>
    IsPoor,
}

/// <summary>Where a charge stands.</summary>
public enum Status
{
    Waiting,
    Captured,
    Declined,
    Cancelled,
    Expired,
}

/// <summary>A code on a customer's phone. Good once, and for five minutes.</summary>
public sealed record CodeRow(string Code, string Brand, Customer Customer, DateTimeOffset At);

/// <summary>One order, as it stands.</summary>
public sealed record ChargeRow(string OrderId, string ChargeId, long Amount, Status Status, DateTimeOffset At)
{
    /// <summary>Of the order's bytes; a repeat with other bytes is another order under a key that is taken. Null: closed before it came.</summary>
    public string? BodyHash { get; init; }

    public string? Code { get; init; }
    public string? Brand { get; init; }
    public string? DeclineCode { get; init; }
    public DateTimeOffset? CapturedAt { get; init; }
    public string? ApprovalNumber { get; init; }
    public DateTimeOffset? WaitsUntil { get; init; }
}

/// <summary>Money that goes back.</summary>
public sealed record RefundRow(string RefundId, string RefundNumber, string OrderId, string ChargeId, long Amount, DateTimeOffset At, DateTimeOffset DoneAt, string BodyHash);

/// <summary>One line of the file: exactly one of the three, as it is from now on.</summary>
public sealed record StateLine
{
    public CodeRow? Code { get; init; }
    public ChargeRow? Charge { get; init; }
    public RefundRow? Refund { get; init; }

    [JsonIgnore]
    public bool IsOne => (Code is null ? 0 : 1) + (Charge is null ? 0 : 1) + (Refund is null ? 0 : 1) == 1;
}
