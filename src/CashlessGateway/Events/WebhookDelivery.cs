using CashlessGateway.Money;

namespace CashlessGateway.Events;

public enum WebhookDeliveryStatus
{
    /// <summary>Not tried yet, or to be tried again.</summary>
    Waiting,

    /// <summary>A 2xx was seen.</summary>
    Delivered,

    /// <summary>Three days of tries, or 410: a person has to look.</summary>
    GivenUp,

    /// <summary>Its endpoint was deleted or disabled before it could go.</summary>
    Dropped,
}

/// <summary>One event for one endpoint, as it lies in the database.</summary>
public record WebhookDelivery
{
    /// <summary>Before its first try nothing overtakes it, however long that takes.</summary>
    public static readonly Instant UntilTried = new(long.MaxValue);

    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Endpoint { get; init; } = "";
    public string Event { get; init; } = "";
    public string Type { get; init; } = "";
    public string Object { get; init; } = "";
    public long Sequence { get; init; }
    public string Status { get; init; } = "";

    /// <summary>Null until the first try.</summary>
    public byte[]? Body { get; init; }

    /// <summary>All tries so far.</summary>
    public long Attempts { get; init; }

    /// <summary>Failed tries since the first one or since it was asked for again.</summary>
    public long Failures { get; init; }

    public Instant? RoundFrom { get; init; }
    public Instant NextAt { get; init; }

    /// <summary>Later events of the same object wait until then, or until this one is over.</summary>
    public Instant HoldsUntil { get; init; }

    public long? LastStatus { get; init; }
    public string? LastError { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? EndedAt { get; init; }
}

/// <summary>A delivery as the API shows it. Never its body: whoever may see the object reads it there.</summary>
/// <param name="Object">The id of the payment, receivable, refund or exception; the event's own for a day.</param>
/// <param name="NextTryAt">Null when it is over.</param>
public sealed record WebhookDeliveryView(
    string Id, string Endpoint, string Event, string Type, string Object, long Sequence, string Status, long Attempts, Instant? NextTryAt, long? LastStatusCode, string? LastError,
    Instant CreatedAt, Instant? EndedAt)
{
    public static WebhookDeliveryView Of(WebhookDelivery row) => new(
        PublicId.WebhookDelivery + row.Id, PublicId.WebhookEndpoint + row.Endpoint, PublicId.Event + row.Event, row.Type, Prefix(row.Type) + row.Object, row.Sequence, row.Status, row.Attempts,
        row.EndedAt is null ? row.NextAt : null, row.LastStatus, row.LastError, row.CreatedAt, row.EndedAt);

    private static string Prefix(string type) => type.Split('.')[0] switch
    {
        "payment" => PublicId.Payment,
        "receivable" => PublicId.Receivable,
        "refund" => PublicId.Refund,
        "exception" => PublicId.Exception,
        _ => PublicId.Event,
    };
}

/// <summary>One try, as a person reads it.</summary>
/// <param name="Error">One word for what went wrong; null when a 2xx was seen.</param>
public sealed record WebhookTryView(long Number, Instant TriedAt, long? StatusCode, string? Error, long DurationMs);

/// <summary>A delivery with its tries, newest first.</summary>
public sealed record WebhookHistoryView(WebhookDeliveryView Delivery, IReadOnlyList<WebhookTryView> Tries);
