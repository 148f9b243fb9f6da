using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>POST /v1/webhook-endpoints/{id}/rotate: a new secret. For a day both sign, so that no receiver has to change at one moment.</summary>
public sealed class RotateWebhookSecret(Database database, Clock clock, AuditTrail trail)
{
    /// <summary>A working day with its evening: someone is there to put the new secret in.</summary>
    private static readonly TimeSpan BothSign = TimeSpan.FromHours(24);

    public Operation Route => new("POST", "/v1/webhook-endpoints/{id}/rotate", "webhooks", "A new secret; the old one signs too for 24 hours", Scopes.WebhooksWrite,
        null, typeof(WebhookSecretView), 200, [Errors.NotFound], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.WebhookEndpoint).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(static _ => true).IsOk(out _, out problem)) return problem;
        var (secret, until, stamp) = (WebhookSignature.NewSecret(), clock.Now().Plus(BothSign), trail.Stamp());
        var written = await database.WriteKeyed(unit => InUnit(unit, call, id, secret, until, stamp), ReadBack.ByRow(WebhookEndpoints.HasSecret, new { municipality = call.Municipality, id, secret }));
        return written is Written<Reply>.Done done ? done.Value : throw new InvalidOperationException($"The secret could not be changed: {written}.");
    }

    private static async Task<Reply> InUnit(Unit unit, ApiCall call, string id, byte[] secret, Instant until, AuditStamp stamp)
    {
        if (await WebhookEndpoints.FindFor(unit, call.Caller, id) is not { } endpoint || !await WebhookEndpoints.GiveNewSecret(unit, call.Municipality, id, secret, until))
            return unit.Abandon<Reply>(ReadWebhookEndpoints.Unknown());
        var after = endpoint with { OldSecret = endpoint.Secret, OldSecretUntil = until, Secret = secret };
        await AuditTrail.Write(unit, stamp, call.Said(AuditActions.WebhookSecretRotated, PublicId.WebhookEndpoint + id) with { Facts = Pairs.Of(("bothSignUntil", until.ToString())) });
        return await call.Key.Keep(unit, PublicId.WebhookEndpoint + id, 200, null, WebhookSecretView.Of(after));
    }
}
