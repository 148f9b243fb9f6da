using System.Globalization;
using System.Text.Json;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Events;

/// <summary>What a receiver sees.</summary>
public sealed class DeliveryTests
{
    [Theory, EachEngine]
    public async Task Every_event_reaches_a_well_endpoint_exactly_once_and_signed(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        var secret = (await city.Subscribe(listener))["secret"]!;
        for (var sale = 0; sale < 20; sale++) await city.Sell();

        await city.SendEvents();
        await city.SendEvents();

        Assert.Equal(40, listener.Calls.Count);
        Assert.Equal(40, listener.Calls.Select(call => call.Id).Distinct().Count());
        Assert.All(listener.Calls, call => Assert.True(call.IsSignedWith(secret)));
        Assert.Equal(0, await city.Outbox());
        Assert.All(await city.DeliveryStatuses(), status => Assert.Equal("delivered", status));
    }

    [Theory, EachEngine]
    public async Task The_body_holds_the_object_as_the_API_shows_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        await city.Subscribe(listener);
        var sale = await city.Sell();
        await city.Post($"/v1/payments/{sale.Payment()}/refunds", new { reason = "打ち間違い" });

        await city.SendEvents();

        var captured = listener.Calls.Single(call => call.Type == "payment.captured");
        Assert.Equal(captured.Id, captured.Json.GetProperty("id").GetString());
        Assert.Equal("2026-11-21T00:00:00.000Z", captured.Json.GetProperty("occurredAt").GetString());
        Assert.Equal((await city.Get($"/v1/payments/{sale.Payment()}")).Text, captured.Data.GetRawText());
        Assert.Equal(sale.Receivable(), listener.Calls.Single(call => call.Type == "receivable.paid").Data.GetProperty("id").GetString());
        var refund = listener.Calls.Single(call => call.Type == "refund.succeeded").Data;
        Assert.Equal((await city.Get($"/v1/refunds/{refund.GetProperty("id").GetString()}")).Text, refund.GetRawText());
    }

    [Fact]
    public async Task Every_type_that_goes_out_has_its_data()
    {
        await using var city = await City.Open();
        var data = city.Of<EventData>();
        // Of an object that is not there: the question must be known all the same.
        foreach (var type in EventTypes.Outgoing)
            Assert.Null(await city.Gateway.Database.Read(reader => data(reader, City.Code, new ToldEvent("e", type, "nobody", 1, default, "nowhere", BusinessDate.Of(2026, 11, 21)))));
    }

    [Fact]
    public async Task The_day_sheet_goes_out_without_a_clerks_words()
    {
        await using var city = await City.Open();
        await using var listener = await Listener.Open();
        await city.Subscribe(listener, "day.closed");
        var session = await city.Post("/v1/places/shimin-1/sessions", new { drawer = "pos-01", floatAmount = 1_000 });
        Assert.Equal(200, (await city.Post($"/v1/places/shimin-1/sessions/{session.Id}/close", new { countedAmount = 900, reason = "山田が落とした", closeDay = true })).Status);

        await city.SendEvents();

        var closed = Assert.Single(listener.Calls);
        Assert.Equal(("shimin-1", "closed"), (closed.Data.GetProperty("place").GetString(), closed.Data.GetProperty("state").GetString()));
        Assert.DoesNotContain("山田", closed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_about_the_person_is_in_an_event()
    {
        await using var city = await City.Open();
        await using var listener = await Listener.Open();
        await city.Subscribe(listener);
        var owed = await city.Post("/v1/receivables", new
        {
            kind = "counterSale",
            place = "shimin-1",
            lines = new[] { new { fee = "juminhyo", quantity = 2 } },
            reductions = new[] { new { line = 0, kind = "reduce", rate = 50, groundCode = "G08", decisionNumber = "K-4711" } },
            ledgerEntry = new { receptionNumber = "U-0815", applicant = "山田太郎" },
            metadata = new Dictionary<string, string> { ["who"] = "yamada" },
        });
        Assert.Equal(201, (await city.PayCash(owed.Id)).Status);

        await city.SendEvents();

        var paid = listener.Calls.Single(call => call.Type == "receivable.paid");
        Assert.Equal(300, paid.Data.GetProperty("reductions")[0].GetProperty("amount").GetInt64());
        Assert.All(listener.Calls, call => Assert.All(["G08", "特に必要", "K-4711", "U-0815", "山田太郎", "yamada"], word => Assert.DoesNotContain(word, call.Text, StringComparison.Ordinal)));
    }

    [Theory, EachEngine]
    public async Task A_retry_sends_the_same_bytes_under_the_same_id_with_a_new_timestamp(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        listener.Answer = _ => 503;
        var secret = (await city.Subscribe(listener, "payment.captured"))["secret"]!;
        var sale = await city.Sell();
        await city.SendEvents();
        // The payment is another one by now; what was told of it stays.
        await city.Post($"/v1/payments/{sale.Payment()}/refunds", new { reason = "x", way = "bankTransfer", amount = 100 });
        city.Time.Advance(TimeSpan.FromSeconds(5));

        await city.SendEvents();

        Assert.Equal(2, listener.Calls.Count);
        var (first, second) = (listener.Calls[0], listener.Calls[1]);
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.Equal((first.Id, first.Timestamp + 5), (second.Id, second.Timestamp));
        Assert.True(second.IsSignedWith(secret));
    }

    [Theory, EachEngine]
    public async Task A_later_event_of_an_object_waits_for_the_earlier_one_and_overtakes_it_after_an_hour(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        listener.Answer = call => call.Type == "refund.created" ? 500 : 204;
        await city.Subscribe(listener, "refund.created", "refund.succeeded");
        await city.Post($"/v1/payments/{(await city.Sell()).Payment()}/refunds", new { reason = "x" });

        await city.SendEvents();
        city.Time.Advance(TimeSpan.FromMinutes(59));
        await city.SendEvents();
        Assert.All(listener.Calls, call => Assert.Equal("refund.created", call.Type));

        city.Time.Advance(TimeSpan.FromMinutes(1));
        await city.SendEvents();
        var overtaking = Assert.Single(listener.Calls, call => call.Type == "refund.succeeded");
        Assert.True(overtaking.Sequence > listener.Calls[0].Sequence);

        listener.Answer = _ => 204;
        city.Time.Advance(TimeSpan.FromHours(2));
        await city.SendEvents();
        Assert.Equal("refund.created", listener.Calls[^1].Type);
        Assert.All(await city.DeliveryStatuses(), status => Assert.Equal("delivered", status));
    }

    [Theory, EachEngine]
    public async Task Events_of_one_object_arrive_in_order_and_those_of_others_do_not_wait(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        await city.Subscribe(listener, "refund.created", "refund.succeeded");
        for (var i = 0; i < 5; i++) await city.Post($"/v1/payments/{(await city.Sell()).Payment()}/refunds", new { reason = "x" });
        var refused = "";
        listener.Answer = call =>
        {
            var refund = call.Data.GetProperty("id").GetString()!;
            if (refused.Length == 0) refused = refund;
            return refund == refused ? 500 : 204;
        };

        await city.SendEvents();

        var orders = listener.Calls.GroupBy(call => call.Data.GetProperty("id").GetString()).ToDictionary(calls => calls.Key!, calls => calls.Select(call => call.Type).ToList());
        Assert.Equal(5, orders.Count);
        Assert.All(orders, order => Assert.Equal(order.Key == refused ? ["refund.created"] : ["refund.created", "refund.succeeded"], order.Value));
    }

    [Theory, EachEngine]
    public async Task After_72_hours_of_tries_a_delivery_is_given_up_and_listed_with_each_try(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        listener.Answer = _ => 500;
        var endpoint = await city.Subscribe(listener, "payment.captured");
        await city.Sell();
        await city.SendEvents();
        var began = city.Time.GetUtcNow();
        while ((await city.TheOnlyDelivery()).Json.GetProperty("delivery").GetProperty("nextTryAt") is { ValueKind: JsonValueKind.String } next)
        {
            city.Time.Set(next.GetDateTimeOffset());
            await city.SendEvents();
        }

        Assert.Equal(TimeSpan.FromHours(72), city.Time.GetUtcNow() - began);
        var given = await city.TheOnlyDelivery("status=givenUp");
        Assert.Equal("givenUp", given.Json.GetProperty("delivery").GetProperty("status").GetString());
        var tries = given.Json.GetProperty("tries").EnumerateArray().ToList();
        Assert.Equal(listener.Calls.Count, tries.Count);
        Assert.Equal([5, 30, 120, 600, 1_800, 3_600, 7_200], Pauses(tries).Take(7));
        Assert.All(tries, attempt => Assert.Equal((500, "refused"), (attempt.GetProperty("statusCode").GetInt32(), attempt.GetProperty("error").GetString())));
        Assert.Equal("failing", (await city.Get($"/v1/webhook-endpoints/{endpoint.Id}"))["status"]);
        await city.SendEvents();
        Assert.Equal(tries.Count, listener.Calls.Count);
    }

    private static IEnumerable<int> Pauses(List<JsonElement> newestFirst)
    {
        var times = newestFirst.Select(attempt => attempt.GetProperty("triedAt").GetDateTimeOffset()).Reverse().ToList();
        return times.Zip(times.Skip(1), (one, next) => (int)(next - one).TotalSeconds);
    }

    [Theory, EachEngine]
    public async Task A_redelivery_sends_the_same_bytes_once_more_and_has_three_new_days(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        await city.Subscribe(listener, "payment.captured");
        await city.Sell();
        await city.SendEvents();
        city.Time.Advance(TimeSpan.FromDays(10));
        listener.Answer = call => listener.Calls.Count == 2 ? 500 : 204;
        var delivery = (await city.TheOnlyDelivery()).Json.GetProperty("delivery").GetProperty("id").GetString();

        var again = await city.Post($"/v1/webhook-deliveries/{delivery}/redeliver", new { });
        Assert.Equal((202, "waiting"), (again.Status, again["status"]));
        await city.SendEvents();
        city.Time.Advance(TimeSpan.FromSeconds(5));
        await city.SendEvents();

        Assert.Equal(3, listener.Calls.Count);
        Assert.Single(listener.Calls.Select(call => Convert.ToBase64String(call.Bytes)).Distinct());
        Assert.Single(listener.Calls.Select(call => call.Id).Distinct());
        Assert.Equal(3, listener.Calls.Select(call => call.Timestamp).Distinct().Count());
        Assert.Equal("delivered", (await city.TheOnlyDelivery()).Json.GetProperty("delivery").GetProperty("status").GetString());
    }

    [Theory, EachEngine]
    public async Task An_endpoint_that_answers_410_is_disabled_and_what_waits_for_it_is_dropped(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        listener.Answer = call => call.Type == "payment.captured" ? 410 : 500;
        var endpoint = await city.Subscribe(listener);
        await city.Sell();

        await city.SendEvents();
        await city.Sell();
        await city.SendEvents();

        Assert.Equal(2, listener.Calls.Count);
        var after = await city.Get($"/v1/webhook-endpoints/{endpoint.Id}");
        Assert.Equal(("disabled", "gone"), (after["status"], after["lastError"]));
        Assert.Equal(["dropped", "givenUp"], (await city.DeliveryStatuses()).Order(StringComparer.Ordinal));
        var given = (await city.TheOnlyDelivery("status=givenUp")).Json.GetProperty("delivery").GetProperty("id").GetString();
        Assert.Equal((409, "webhook-endpoint-disabled"), (await city.Post($"/v1/webhook-deliveries/{given}/redeliver", new { })) is var refused ? (refused.Status, refused.Code) : default);
    }

    [Fact]
    public async Task A_redirect_is_a_failed_try_and_is_not_followed()
    {
        await using var city = await City.Open();
        await using var listener = await Listener.Open();
        await using var elsewhere = await Listener.Open();
        (listener.Answer, listener.Elsewhere) = (_ => 302, elsewhere.Url);
        await city.Subscribe(listener, "payment.captured");
        await city.Sell();

        await city.SendEvents();

        Assert.Empty(elsewhere.Calls);
        var attempt = (await city.TheOnlyDelivery()).Json.GetProperty("tries")[0];
        Assert.Equal((302, "redirect-not-followed"), (attempt.GetProperty("statusCode").GetInt32(), attempt.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task A_list_goes_on_where_its_page_ended()
    {
        await using var city = await City.Open();
        await using var listener = await Listener.Open();
        await city.Subscribe(listener);
        for (var sale = 0; sale < 3; sale++) await city.Sell();
        await city.SendEvents();
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await city.Get(string.Create(CultureInfo.InvariantCulture, $"/v1/webhook-deliveries?limit=4{cursor}"));
            seen.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("event").GetString()!));
            cursor = page["nextCursor"] is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(listener.Calls.Select(call => call.Id).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Single((await city.Get($"/v1/webhook-deliveries?event={seen[0]}")).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await city.Get("/v1/webhook-deliveries?from=2026-11-22T00:00:00Z")).Json.GetProperty("items").EnumerateArray());
    }
}
