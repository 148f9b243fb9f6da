using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>DELETE /v1/webhook-endpoints/{id}: nothing more is sent there, and what waits for it is dropped. Its secret is gone at once.</summary>
public sealed class DeleteWebhookEndpoint(Database database, Clock clock, AuditTrail trail)
{
    public Operation Route => new("DELETE", "/v1/webhook-endpoints/{id}", "webhooks", "Send nothing more to an address", Scopes.WebhooksWrite, null, typeof(WebhookEndpointView), 200,
        [Errors.NotFound, Errors.BodyTooLarge, Errors.WrongMediaType], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.WebhookEndpoint).IsOk(out var id, out var problem)) return problem;
        var (stamp, now) = (trail.Stamp(), clock.Now());
        return await database.WriteSurely(unit => InUnit(unit, call, id, stamp, now), ReadBack.SafeToRepeat);
    }

    private static async Task<Reply> InUnit(Unit unit, ApiCall call, string id, AuditStamp stamp, Instant now)
    {
        if (await WebhookEndpoints.FindFor(unit, call.Caller, id) is not { } endpoint || !await WebhookEndpoints.Remove(unit, call.Municipality, id, now))
            return unit.Abandon<Reply>(ReadWebhookEndpoints.Unknown());
        await AuditTrail.Write(unit, stamp, call.Said(AuditActions.WebhookEndpointDeleted, PublicId.WebhookEndpoint + id) with { Before = WebhookEndpoints.AsPairs(endpoint) });
        return Reply.Ok(WebhookEndpointView.Of(endpoint with { DeletedAt = now }));
    }
}
