using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>
/// POST /v1/webhook-deliveries/{id}/redeliver: the same bytes and the same webhook-id once more, with a new timestamp and three new days
/// of tries. It needs no key: asking twice sends it once, or once more.
/// </summary>
public sealed class RedeliverWebhook(Database database, Clock clock)
{
    public Operation Route => new("POST", "/v1/webhook-deliveries/{id}/redeliver", "webhooks", "Send a delivery again", Scopes.WebhooksWrite, null, typeof(WebhookDeliveryView), 202,
        [Errors.NotFound, Errors.WebhookEndpointDisabled], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.WebhookDelivery).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(static _ => true).IsOk(out _, out problem)) return problem;
        return await Again(call.Caller, id);
    }

    /// <summary>The same by a person, who stands before the page.</summary>
    public Task<Reply> Again(Caller caller, string id)
    {
        var now = clock.Now();
        return database.WriteSurely(unit => InUnit(unit, caller, id, now), ReadBack.SafeToRepeat);
    }

    private static async Task<Reply> InUnit(Unit unit, Caller caller, string id, Instant now)
    {
        if (await ReadWebhookDeliveries.FindFor(unit, caller, id) is not var (_, endpoint)) return unit.Abandon<Reply>(ReadWebhookDeliveries.Unknown());
        if (!endpoint.IsOpen) return unit.Abandon<Reply>(new Problem(Errors.WebhookEndpointDisabled, new Words("新しい送り先を登録してください。", "Register a new endpoint.")));
        // No row hit: a call is under way at this very moment, and its outcome is awaited like any other.
        await WebhookDeliveries.Again(unit, caller.Municipality, id, now);
        var after = await WebhookDeliveries.Find(unit, caller.Municipality, id);
        return new Reply.Bytes(202, "application/json", Json.Bytes(WebhookDeliveryView.Of(after!)));
    }
}
