using System.Net.Http.Headers;
using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Events;

/// <summary>Who may listen, to what, and with which secret.</summary>
public sealed class EndpointTests
{
    [Theory, EachEngine]
    public async Task A_secret_is_shown_once_and_again_only_to_the_same_idempotency_key(Engine engine)
    {
        await using var city = await City.Open(engine);
        var request = new { url = "https://hooks.example.jp/in", events = new[] { "payment.captured" }, description = "予約システム" };
        var made = await city.Post("/v1/webhook-endpoints", request, "first");
        Assert.StartsWith("whsec_", made["secret"], StringComparison.Ordinal);
        Assert.Equal($"/v1/webhook-endpoints/{made.Id}", made.Headers["Location"]);

        var again = await city.Post("/v1/webhook-endpoints", request, "first");
        Assert.Equal((made.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        var list = await city.Get("/v1/webhook-endpoints");
        Assert.Single(list.Json.GetProperty("items").EnumerateArray());
        Assert.DoesNotContain("whsec_", list.Text + (await city.Get($"/v1/webhook-endpoints/{made.Id}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "/url missing")]
    [InlineData("""{"url":"hooks.example.jp"}""", "/url not-a-url")]
    [InlineData("""{"url":"ftp://hooks.example.jp/"}""", "/url not-a-url")]
    [InlineData("""{"url":"https://user:secret@hooks.example.jp/"}""", "/url userinfo-not-allowed")]
    [InlineData("""{"url":"https://hooks.example.jp/#x"}""", "/url fragment-not-allowed")]
    [InlineData("""{"url":"http://hooks.example.jp/"}""", null)]
    [InlineData("""{"url":"https://192.168.0.1/"}""", "/url address-not-allowed")]
    [InlineData("""{"url":"https://hooks.example.jp/","events":[]}""", "/events out-of-range")]
    [InlineData("""{"url":"https://hooks.example.jp/","events":["payment.captured","payment.lost"]}""", "/events/1 not-allowed")]
    [InlineData("""{"url":"https://hooks.example.jp/","events":["payment.captured","payment.captured"]}""", "/events/1 not-allowed")]
    [InlineData("""{"url":"https://hooks.example.jp/","events":"payment.captured"}""", "/events wrong-type")]
    public async Task What_is_wrong_with_an_endpoint_is_told_at_its_member(string body, string? violation)
    {
        await using var city = await City.Open();
        var answer = await city.Post("/v1/webhook-endpoints", body);
        if (violation is null) Assert.Equal(201, answer.Status);
        else Assert.Equal((422, violation), (answer.Status, Assert.Single(answer.Violations)));
    }

    [Theory, EachEngine]
    public async Task After_a_rotation_both_secrets_sign_for_a_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        var made = await city.Subscribe(listener, "payment.captured");
        var rotated = await city.Post($"/v1/webhook-endpoints/{made.Id}/rotate", new { });
        Assert.Equal(200, rotated.Status);
        var (old, fresh) = (made["secret"]!, rotated["secret"]!);

        await city.Sell();
        await city.SendEvents();
        Assert.True(listener.Calls[0].IsSignedWith(old) && listener.Calls[0].IsSignedWith(fresh));

        city.Time.Advance(TimeSpan.FromHours(24));
        await city.Sell();
        await city.SendEvents();
        Assert.True(!listener.Calls[1].IsSignedWith(old) && listener.Calls[1].IsSignedWith(fresh));
    }

    [Theory, EachEngine]
    public async Task A_deleted_endpoint_gets_nothing_more_and_its_secret_is_gone(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        listener.Answer = _ => 500;
        var made = await city.Subscribe(listener, "payment.captured");
        await city.Sell();
        await city.SendEvents();

        Assert.Equal((200, "deleted"), await city.Delete($"/v1/webhook-endpoints/{made.Id}") is var deleted ? (deleted.Status, deleted["status"]) : default);
        city.Time.Advance(TimeSpan.FromHours(1));
        await city.Sell();
        await city.SendEvents();

        Assert.Single(listener.Calls);
        Assert.Equal(["dropped"], await city.DeliveryStatuses());
        Assert.Equal(404, (await city.Delete($"/v1/webhook-endpoints/{made.Id}")).Status);
        Assert.Empty((await city.Get("/v1/webhook-endpoints")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(0, await city.Gateway.Database.One<long>(new Sql("select cast(count(*) as bigint) from webhook_endpoint where secret is not null")));
    }

    [Theory, EachEngine]
    public async Task Only_what_happens_after_its_creation_reaches_an_endpoint(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        await city.Sell();
        city.Time.Advance(TimeSpan.FromSeconds(1));
        await city.Subscribe(listener, "payment.captured");
        var later = await city.Sell();

        await city.SendEvents();

        Assert.Equal(later.Payment(), Assert.Single(listener.Calls).Data.GetProperty("id").GetString());
        Assert.Equal(0, await city.Outbox());
    }

    [Fact]
    public async Task Without_endpoints_the_outbox_is_emptied_all_the_same()
    {
        await using var city = await City.Open();
        for (var sale = 0; sale < 60; sale++) await city.Sell();
        await city.SendEvents();
        Assert.Equal(0, await city.Outbox());
        Assert.Empty(await city.DeliveryStatuses());
    }

    [Theory, EachEngine]
    public async Task Another_citys_endpoints_events_and_deliveries_do_not_exist(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            await PlaceImport.AddMunicipality(unit, "131016", "別の市", city.Of<Clock>().Now());
            return true;
        }, ReadBack.SafeToRepeat);
        using var stranger = await Client(city, "131016", null);
        var theirs = await City.Send(stranger, "/v1/webhook-endpoints", new { url = listener.Url }, "k");
        await using var own = await Listener.Open();
        var ours = await city.Subscribe(own, "payment.captured");
        await city.Sell();
        await city.SendEvents();
        await city.Of<DeliverWebhooks>().Run("131016", 10_000, CancellationToken.None);

        Assert.Equal((201, 0, 1), (theirs.Status, listener.Calls.Count, own.Calls.Count));
        Assert.Equal(theirs.Id, Assert.Single((await city.Get("/v1/webhook-endpoints", stranger)).Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Empty((await city.Get("/v1/webhook-deliveries", stranger)).Json.GetProperty("items").EnumerateArray());
        var delivery = (await city.TheOnlyDelivery()).Json.GetProperty("delivery").GetProperty("id").GetString();
        Assert.Equal(404, (await city.Get($"/v1/webhook-deliveries/{delivery}", stranger)).Status);
        Assert.Equal(404, (await City.Send(stranger, $"/v1/webhook-deliveries/{delivery}/redeliver", new { }, "k1")).Status);
        Assert.Equal(404, (await City.Send(stranger, $"/v1/webhook-endpoints/{ours.Id}/rotate", new { }, "k2")).Status);
        Assert.Equal(404, (await city.Get($"/v1/webhook-endpoints/{ours.Id}", stranger)).Status);
        Assert.Equal(404, (await city.Delete($"/v1/webhook-endpoints/{ours.Id}", stranger)).Status);
    }

    [Theory, EachEngine]
    public async Task A_key_limited_to_a_place_hears_of_that_place_only_and_sees_no_others_endpoints(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        await using var everywhere = await Listener.Open();
        using var hall = await Client(city, City.Code, ["shisanzei-1"]);
        var made = await City.Send(hall, "/v1/webhook-endpoints", new { url = listener.Url }, "k");
        var other = await city.Subscribe(everywhere);
        await city.Sell();
        var bill = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shisanzei-1", lines = new[] { new { fee = "kotei-hyoka" } } }, payment = new { method = "cash" } });
        Assert.True(bill.Status == 201, bill.Text);

        await city.SendEvents();

        Assert.Equal(4, everywhere.Calls.Count);
        Assert.Equal(2, listener.Calls.Count);
        Assert.All(listener.Calls, call => Assert.Equal("shisanzei-1", call.Data.GetProperty("place").GetString()));
        Assert.Equal(made.Id, Assert.Single((await city.Get("/v1/webhook-endpoints", hall)).Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(2, (await city.Get("/v1/webhook-deliveries", hall)).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(404, (await city.Delete($"/v1/webhook-endpoints/{other.Id}", hall)).Status);
    }

    [Fact]
    public async Task There_are_at_most_twenty_endpoints()
    {
        await using var city = await City.Open();
        for (var i = 0; i < 20; i++) Assert.Equal(201, (await city.Post("/v1/webhook-endpoints", new { url = "https://hooks.example.jp/" })).Status);
        var refused = await city.Post("/v1/webhook-endpoints", new { url = "https://hooks.example.jp/" });
        Assert.Equal((409, "webhook-endpoints-full"), (refused.Status, refused.Code));
    }

    private static async Task<HttpClient> Client(City city, string municipality, IReadOnlyCollection<string>? places)
    {
        var key = await city.Of<ApiClients>().Create(municipality, city.Of<Ids>().Next(), "test", "demo", Scopes.AllButApproval, 100_000, places);
        var client = new HttpClient { BaseAddress = city.Till.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        return client;
    }
}
