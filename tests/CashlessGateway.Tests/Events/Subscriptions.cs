using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CashlessGateway.Tests.Events;

/// <summary>The few words that these tests need.</summary>
internal static class Subscriptions
{
    public static async Task<Answer> Subscribe(this City city, Listener listener, params string[] events)
    {
        var made = await city.Post("/v1/webhook-endpoints", new { url = listener.Url, events = events.Length == 0 ? null : events });
        Assert.True(made.Status == 201, made.Text);
        return made;
    }

    /// <summary>What the job does every two seconds, and then until nothing is due at this moment.</summary>
    public static async Task SendEvents(this City city)
    {
        await city.Of<DeliverWebhooks>().Run(City.Code, 10_000, CancellationToken.None);
        await city.Of<Courier>().UntilQuiet();
    }

    /// <summary>A turn goes on until nothing is due.</summary>
    public static async Task UntilQuiet(this Courier courier) => await Task.WhenAll(await courier.Begin(City.Code));

    /// <summary>Another node on the same database.</summary>
    public static Courier AnotherCourier(this City city) => new(
        city.Gateway.Database, city.Of<Clock>(), city.Of<Ids>(), city.Of<WebhookSender>(), city.Of<EventData>(), NullLogger<Courier>.Instance);

    public static async Task<Answer> TheOnlyDelivery(this City city, string filter = "")
    {
        var list = await city.Get("/v1/webhook-deliveries?" + filter);
        var only = Assert.Single(list.Json.GetProperty("items").EnumerateArray());
        return await city.Get($"/v1/webhook-deliveries/{only.GetProperty("id").GetString()}");
    }

    public static async Task<IReadOnlyList<string>> DeliveryStatuses(this City city) =>
        [.. (await city.Get("/v1/webhook-deliveries?limit=200")).Json.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("status").GetString()!)];

    public static Task<long> Outbox(this City city) => city.Gateway.Database.One<long>(new Sql("select cast(count(*) as bigint) from outbox"));

    public static async Task<Answer> Delete(this City city, string path, HttpClient? client = null)
    {
        using var response = await (client ?? city.Till).DeleteAsync(path);
        return await Answer.Of(response);
    }

    public static string Payment(this Answer sale) => sale.Json.GetProperty("payment").GetProperty("id").GetString()!;

    public static string Receivable(this Answer sale) => sale.Json.GetProperty("receivable").GetProperty("id").GetString()!;
}
