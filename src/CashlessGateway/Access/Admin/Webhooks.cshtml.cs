using CashlessGateway.Access.Roles;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/webhooks: where events go, what went, and once more what did not arrive. Endpoints are made by the systems that listen.</summary>
[Needs(Right.SeeSettings)]
public sealed class WebhooksScreen(Database database, RedeliverWebhook redeliver) : AdminScreen
{
    private const int Shown = 50;

    protected override Words Name => new("通知の送り先", "Webhooks");

    public override Words? DoneWords => Done == "again" ? new("もう一度送ります", "It is being sent again") : null;

    public IReadOnlyList<WebhookEndpointView> Endpoints { get; private set; } = [];
    public PageOf<WebhookDeliveryView> Deliveries { get; private set; } = new([], null);

    public Words StateOf(WebhookEndpointStatus status) => status switch
    {
        WebhookEndpointStatus.Active => new("動作中", "active"),
        WebhookEndpointStatus.Failing => new("届かない", "failing"),
        WebhookEndpointStatus.Disabled => new("止まっている", "disabled"),
        WebhookEndpointStatus.Deleted => new("削除", "deleted"),
    };

    public Words StateOf(string status) => Names.Parse<WebhookDeliveryStatus>(status) switch
    {
        WebhookDeliveryStatus.Waiting => new("送信待ち", "waiting"),
        WebhookDeliveryStatus.Delivered => new("届いた", "delivered"),
        WebhookDeliveryStatus.GivenUp => new("あきらめた", "given up"),
        WebhookDeliveryStatus.Dropped => new("送り先がなくなった", "dropped"),
    };

    public string? Cursor => Request.Query["cursor"] is [{ Length: > 0 } text] ? text : null;

    public Task OnGet() => Load();

    [Needs(Right.ManageWebhooks)]
    public async Task<IActionResult> OnPostAgain()
    {
        await ReadForm();
        if (PublicId.Strip(PublicId.WebhookDelivery, Row) is not { } id) return NotFound();
        return await redeliver.Again(AsCaller(Right.ManageWebhooks), id) is Reply.Refusal refusal ? await Refused(refusal.Problem, Load) : Finished("again");
    }

    /// <summary>The rules of the API's own endpoints hold for people too: whoever is limited to places sees what tells of no other.</summary>
    private Caller AsCaller(Right right) => new(Me.Municipality, Me.Person, Me.Name, "", new HashSet<string>(StringComparer.Ordinal), Me.Rights.PlacesOf(right), 1, null) { Person = Me.Person };

    private async Task Load()
    {
        var caller = AsCaller(Right.SeeSettings);
        var page = Cursor is { } cursor && Web.Page.TryReadCursor(cursor, out var at, out var id) ? new Page(Shown, at, id) : new Page(Shown, new Instant(long.MaxValue), "~");
        (Endpoints, Deliveries) = await database.Read(async reader =>
        {
            var endpoints = (await WebhookEndpoints.All(reader, Me.Municipality)).Where(endpoint => endpoint.MayBeUsedBy(caller)).ToList();
            var own = caller.Places is null ? null : endpoints.ConvertAll(static endpoint => endpoint.Id);
            var filter = new WebhookDeliveryFilter(null, null, null, null, null, page);
            var rows = own is { Count: 0 } ? [] : await reader.All<WebhookDelivery>(filter.Statement(own), filter.Values(Me.Municipality, own));
            return (endpoints.ConvertAll(WebhookEndpointView.Of), page.Of(rows, static row => (row.CreatedAt, row.Id), WebhookDeliveryView.Of));
        }, HttpContext.RequestAborted);
    }
}
