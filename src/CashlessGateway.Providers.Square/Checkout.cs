using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>Where a checkout stands. Square's five words.</summary>
internal enum CheckoutStatus
{
    Pending,
    InProgress,

    /// <summary>The Terminal has been asked to stop; the customer may still be faster.</summary>
    CancelRequested,
    Canceled,
    Completed,
}

/// <summary>One request that was sent to a Terminal, as Square tells it.</summary>
internal sealed record Checkout(string Id, CheckoutStatus Status, string? Reference, IReadOnlyList<string> PaymentIds)
{
    /// <summary>More payments than these no checkout has: one, or a few where a gift card covered a part.</summary>
    private const int MostPayments = 10;

    /// <summary>Square's own, where an answer leaves it out: default and longest.</summary>
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(1);

    public string? CancelReason { get; init; }

    public string? PaymentType { get; init; }

    public string? Device { get; init; }

    public Money? Asked { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When Square ends it by itself if nobody begins to pay.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public bool IsOpen => Status is CheckoutStatus.Pending or CheckoutStatus.InProgress or CheckoutStatus.CancelRequested;

    /// <summary>Null when it is not as documented.</summary>
    public static Checkout? Of(JsonElement json)
    {
        if (json.Id("id") is not { } id || Word(json.Text("status")) is not { } status || Payments(json) is not { } payments)
            return null;

        if (!json.Lacks("reference_id") && json.Text("reference_id") is null)
            return null;

        var created = json.Instant("created_at");
        var deadline = json.Duration("deadline_duration") ?? DefaultDeadline;
        return new Checkout(id, status, json.Text("reference_id"), payments)
        {
            CancelReason = json.Text("cancel_reason"),
            PaymentType = json.Text("payment_type"),
            Device = json.Child("device_options")?.Text("device_id"),
            Asked = Money.Of(json, "amount_money"),
            CreatedAt = created,
            UpdatedAt = json.Instant("updated_at"),
            Deadline = created is { } from && deadline > TimeSpan.Zero && deadline <= LongestDeadline ? from + deadline : null,
        };
    }

    private static CheckoutStatus? Word(string? word) => word switch
    {
        "PENDING" => CheckoutStatus.Pending,
        "IN_PROGRESS" => CheckoutStatus.InProgress,
        "CANCEL_REQUESTED" => CheckoutStatus.CancelRequested,
        "CANCELED" => CheckoutStatus.Canceled,
        "COMPLETED" => CheckoutStatus.Completed,
        _ => null,
    };

    private static IReadOnlyList<string>? Payments(JsonElement json)
    {
        if (json.Lacks("payment_ids"))
            return [];

        if (json.List("payment_ids") is not { } list || list.GetArrayLength() > MostPayments)
            return null;

        var ids = list.EnumerateArray().Select(static id => id.Text()).ToList();
        return ids.TrueForAll(static id => id is not null && Ids.IsPlain(id)) ? [.. ids.Distinct()!] : null;
    }
}
