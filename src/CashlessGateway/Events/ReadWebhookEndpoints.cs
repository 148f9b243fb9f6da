using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>GET /v1/webhook-endpoints and /v1/webhook-endpoints/{id}.</summary>
public sealed class ReadWebhookEndpoints(Database database)
{
    public Operation List => new("GET", "/v1/webhook-endpoints", "webhooks", "Where events go, all on one page, newest first", Scopes.WebhooksWrite, null, typeof(PageOf<WebhookEndpointView>), 200, [], RunList);

    public Operation One => new("GET", "/v1/webhook-endpoints/{id}", "webhooks", "One endpoint, without its secret", Scopes.WebhooksWrite, null, typeof(WebhookEndpointView), 200, [Errors.NotFound], RunOne);

    private async Task<Reply> RunList(ApiCall call)
    {
        var all = await database.Read(reader => WebhookEndpoints.All(reader, call.Municipality), call.Aborted);
        return Reply.Ok(new PageOf<WebhookEndpointView>(all.Where(endpoint => endpoint.MayBeUsedBy(call.Caller)).Select(WebhookEndpointView.Of).ToList(), null));
    }

    private async Task<Reply> RunOne(ApiCall call)
    {
        if (!call.Id(PublicId.WebhookEndpoint).IsOk(out var id, out var problem)) return problem;
        return await database.Read(reader => WebhookEndpoints.FindFor(reader, call.Caller, id), call.Aborted) is { } endpoint ? Reply.Ok(WebhookEndpointView.Of(endpoint)) : Unknown();
    }

    internal static Problem Unknown() => Problem.Missing(new Words("この送り先はありません。", "There is no such webhook endpoint."));
}
