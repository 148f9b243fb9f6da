using CashlessGateway.Access;
using CashlessGateway.Money;

namespace CashlessGateway.Events;

public enum WebhookEndpointStatus
{
    Active,

    /// <summary>Its last try failed; it is tried by one call at a time until one succeeds.</summary>
    Failing,

    /// <summary>It answered 410 Gone.</summary>
    Disabled,

    Deleted,
}

/// <summary>Where events go, as it lies in the database.</summary>
public sealed record WebhookEndpoint
{
    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Url { get; init; } = "";

    /// <summary>Joined by spaces; null for all.</summary>
    public string? Types { get; init; }

    /// <summary>The places of the key that made it, joined by '|'; null for all.</summary>
    public string? Places { get; init; }

    public string? Description { get; init; }

    /// <summary>Signing needs the secret itself, so it cannot be kept as a hash. Null once the endpoint is deleted.</summary>
    public byte[]? Secret { get; init; }

    public byte[]? OldSecret { get; init; }
    public Instant? OldSecretUntil { get; init; }
    public string Client { get; init; } = "";
    public Instant CreatedAt { get; init; }
    public Instant? FailingSince { get; init; }
    public string? LastError { get; init; }
    public Instant? DisabledAt { get; init; }
    public Instant? DeletedAt { get; init; }

    public bool IsOpen => DisabledAt is null && DeletedAt is null;

    public WebhookEndpointStatus Status => this switch
    {
        { DeletedAt: not null } => WebhookEndpointStatus.Deleted,
        { DisabledAt: not null } => WebhookEndpointStatus.Disabled,
        { FailingSince: not null } => WebhookEndpointStatus.Failing,
        _ => WebhookEndpointStatus.Active,
    };

    public bool Wants(string type, string? place, Instant occurredAt) =>
        occurredAt >= CreatedAt
        && (Types is null || Types.Split(' ').Contains(type, StringComparer.Ordinal))
        && (Places is null || (place is not null && Places.Split('|').Contains(place, StringComparer.Ordinal)));

    /// <summary>A key limited to places deals only with endpoints that see no other place.</summary>
    public bool MayBeUsedBy(Caller caller) => caller.Places is not { } own || (Places is not null && Places.Split('|').All(own.Contains));

    /// <summary>The secrets that sign at this moment: the new one first, the old one while receivers change over.</summary>
    public IReadOnlyList<byte[]> SecretsAt(Instant now) => (Secret, OldSecret) switch
    {
        (null, _) => [],
        ({ } secret, { } old) when OldSecretUntil > now => [secret, old],
        ({ } secret, _) => [secret],
    };

    /// <summary>Never the secrets.</summary>
    public override string ToString() => PublicId.WebhookEndpoint + Id;
}

/// <summary>An endpoint as the API shows it.</summary>
/// <param name="Events">Null for all types.</param>
/// <param name="OldSecretUntil">Until then both secrets sign.</param>
public sealed record WebhookEndpointView(
    string Id, string Url, IReadOnlyList<string>? Events, string? Description, WebhookEndpointStatus Status, Instant? FailingSince, string? LastError, Instant? DisabledAt, Instant? OldSecretUntil, Instant CreatedAt)
{
    public static WebhookEndpointView Of(WebhookEndpoint endpoint) => new(
        PublicId.WebhookEndpoint + endpoint.Id, endpoint.Url, endpoint.Types?.Split(' '), endpoint.Description, endpoint.Status, endpoint.FailingSince, endpoint.LastError, endpoint.DisabledAt, endpoint.OldSecretUntil, endpoint.CreatedAt);
}

/// <summary>The one time at which a secret is shown: when it is made.</summary>
public sealed record WebhookSecretView(string Id, string Secret, WebhookEndpointView Endpoint)
{
    public static WebhookSecretView Of(WebhookEndpoint endpoint) => new(PublicId.WebhookEndpoint + endpoint.Id, WebhookSignature.Text(endpoint.Secret!), WebhookEndpointView.Of(endpoint));

    /// <summary>Never the secret.</summary>
    public override string ToString() => Id;
}
