using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>
/// POST /v1/webhook-endpoints: from its 201 on, events go there. The answer kept under the idempotency key holds the secret as well: a
/// caller whose connection broke gets the same bytes, and the endpoint's own row must hold the secret in any case, to sign with it.
/// </summary>
public sealed class CreateWebhookEndpoint(Database database, Clock clock, Ids ids, WebhookTarget target, AuditTrail trail)
{
    public Operation Route => new("POST", "/v1/webhook-endpoints", "webhooks", "Have events sent to an address; the only answer with the secret", Scopes.WebhooksWrite,
        typeof(WebhookEndpointRequest), typeof(WebhookSecretView), 201, [Errors.Invalid, Errors.WebhookEndpointsFull], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Read(WebhookEndpointRequest.Read).IsOk(out var request, out var problem)) return problem;
        if (target.Refuse(request.Url!) is { } refused) return refused;
        var endpoint = new WebhookEndpoint
        {
            Municipality = call.Municipality,
            Id = ids.Next(),
            Url = request.Url!.AbsoluteUri,
            Types = request.Events is null ? null : string.Join(' ', request.Events),
            Places = call.Caller.Places is null ? null : string.Join('|', call.Caller.Places),
            Description = request.Description,
            Secret = WebhookSignature.NewSecret(),
            Client = call.Caller.Client,
            CreatedAt = clock.Now(),
        };
        var stamp = trail.Stamp();
        var written = await database.WriteKeyed(unit => InUnit(unit, call, endpoint, stamp), ReadBack.ByRow(WebhookEndpoints.Exists, new { municipality = endpoint.Municipality, id = endpoint.Id }));
        return written is Written<Reply>.Done done ? done.Value : throw new InvalidOperationException($"The endpoint could not be made: {written}.");
    }

    private static async Task<Reply> InUnit(Unit unit, ApiCall call, WebhookEndpoint endpoint, AuditStamp stamp)
    {
        if ((await WebhookEndpoints.All(unit, endpoint.Municipality)).Count >= WebhookEndpoints.Most)
            return unit.Abandon<Reply>(new Problem(Errors.WebhookEndpointsFull, new Words($"送り先は{WebhookEndpoints.Most}件までです。使わないものを削除してください。", $"At most {WebhookEndpoints.Most}: delete one that is not used.")));
        await WebhookEndpoints.Insert(unit, endpoint);
        var id = PublicId.WebhookEndpoint + endpoint.Id;
        await AuditTrail.Write(unit, stamp, call.Said(AuditActions.WebhookEndpointCreated, id) with { After = WebhookEndpoints.AsPairs(endpoint) });
        return await call.Key.Keep(unit, id, 201, $"/v1/webhook-endpoints/{id}", WebhookSecretView.Of(endpoint));
    }
}

/// <param name="Url">Null only when it was refused.</param>
/// <param name="Events">Null for all types, those of later releases included.</param>
public sealed record WebhookEndpointRequest(Uri? Url, IReadOnlyList<string>? Events, string? Description)
{
    private const int LongestUrl = 500;

    public static WebhookEndpointRequest Read(BodyObject body) => new(ReadUrl(body), body.Choices("events", [.. EventTypes.Outgoing.Order(StringComparer.Ordinal)]), body.Text("description", 200));

    private static Uri? ReadUrl(BodyObject body)
    {
        if (body.Text("url", LongestUrl, required: true) is not { } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0 || url.AbsoluteUri.Length > LongestUrl)
            return Refuse(body, "not-a-url", new Words("https:// で始まるURLにしてください。", "It must be an absolute https:// address."));
        if (url.UserInfo.Length > 0) return Refuse(body, "userinfo-not-allowed", new Words("URLに利用者名やパスワードは書けません。", "No user name or password in the address."));
        return url.Fragment.Length == 0 ? url : Refuse(body, "fragment-not-allowed", new Words("URLに # 以降は書けません。", "No fragment in the address."));
    }

    private static Uri? Refuse(BodyObject body, string code, Words detail)
    {
        body.Refuse("url", code, detail);
        return null;
    }
}
