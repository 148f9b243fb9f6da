using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>DELETE /v1/webhook-endpoints/{id}: nothing more is sent there, and what waits for it is dropped. Its secret is gone at once.</summary>
public sealed class DeleteWebhookEndpoint(Database database, Clock clock)
{
    public Operation Route => new("DELETE", "/v1/webhook-endpoints/{id}", "webhooks", "Send nothing more to an address", Scopes.WebhooksWrite, null, typeof(WebhookEndpointView), 200,
        [Errors.NotFound, Errors.BodyTooLarge, Errors.WrongMediaType], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.WebhookEndpoint).IsOk(out var id, out var problem)) return problem;
        var now = clock.Now();
        return await database.WriteSurely<Reply>(async unit =>
            await WebhookEndpoints.FindFor(unit, call.Caller, id) is { } endpoint && await WebhookEndpoints.Remove(unit, call.Municipality, id, now)
                ? Reply.Ok(WebhookEndpointView.Of(endpoint with { DeletedAt = now }))
                : unit.Abandon<Reply>(ReadWebhookEndpoints.Unknown()), ReadBack.SafeToRepeat);
    }
}
