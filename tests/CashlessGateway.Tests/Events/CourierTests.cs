using CashlessGateway.Events;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Events;

/// <summary>Several nodes, dead receivers, kills.</summary>
public sealed class CourierTests
{
    [Theory, EachEngine]
    public async Task Two_nodes_fan_out_and_deliver_each_event_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        await city.Subscribe(listener);
        for (var sale = 0; sale < 50; sale++) await city.Sell();
        await using var other = city.AnotherCourier();
        var otherFanOut = new FanOut(city.Gateway.Database, city.Of<Clock>(), city.Of<Ids>());

        // The one that finds the other at it leaves the rest to its next run.
        while (await city.Outbox() > 0) await Task.WhenAll(city.Of<FanOut>().Run(City.Code, 10_000), otherFanOut.Run(City.Code, 10_000));
        await Task.WhenAll(city.Of<Courier>().UntilQuiet(), other.UntilQuiet());

        Assert.Equal(100, (await city.DeliveryStatuses()).Count);
        Assert.Equal(100, listener.Calls.Count);
        Assert.Equal(100, listener.Calls.Select(call => call.Id).Distinct().Count());
    }

    [Theory, EachEngine]
    public async Task A_dead_endpoint_delays_neither_the_others_nor_the_job(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var dead = await Listener.Open();
        dead.IsDead = true;
        await using var well = await Listener.Open();
        await city.Subscribe(dead);
        await city.Subscribe(well);
        for (var sale = 0; sale < 20; sale++) await city.Sell();

        await city.Of<DeliverWebhooks>().Run(City.Code, 10_000, CancellationToken.None);

        await Eventually.True("the well endpoint has everything", () => well.Calls.Count == 40);
        await Eventually.True("the dead one holds its first calls", () => dead.Calls.Count > 0);
        Assert.InRange(dead.Calls.Count, 1, 8);
    }

    [Theory, EachEngine]
    public async Task An_event_whose_sender_was_killed_goes_again_with_the_same_bytes(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        listener.IsDead = true;
        await city.Subscribe(listener, "payment.captured");
        await city.Sell();
        await city.Of<FanOut>().Run(City.Code, 10_000);
        await using (var killed = city.AnotherCourier())
        {
            await killed.Begin(City.Code);
            await Eventually.True("the call is under way", () => listener.Calls.Count == 1);
        }

        listener.IsDead = false;
        await city.SendEvents();
        Assert.Single(listener.Calls);
        city.Time.Advance(TimeSpan.FromMinutes(2));
        await city.SendEvents();

        Assert.Equal(2, listener.Calls.Count);
        Assert.Equal(listener.Calls[0].Bytes, listener.Calls[1].Bytes);
        Assert.Equal(["delivered"], await city.DeliveryStatuses());
    }

    [Fact]
    public async Task A_failing_endpoint_is_tried_by_one_call_at_a_time_until_it_is_well()
    {
        await using var city = await City.Open();
        await using var listener = await Listener.Open();
        listener.Answer = _ => 500;
        var endpoint = await city.Subscribe(listener, "payment.captured");
        for (var sale = 0; sale < 3; sale++) await city.Sell();
        await city.SendEvents();
        Assert.Equal("failing", (await city.Get($"/v1/webhook-endpoints/{endpoint.Id}"))["status"]);

        listener.Answer = _ => 204;
        city.Time.Advance(TimeSpan.FromSeconds(5));
        await city.SendEvents();

        Assert.Equal(6, listener.Calls.Count);
        var after = await city.Get($"/v1/webhook-endpoints/{endpoint.Id}");
        Assert.Equal(("active", null), (after["status"], after["lastError"]));
    }

    [Theory, EachEngine]
    public async Task The_backlog_tells_how_old_the_oldest_waiting_event_is(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        listener.Answer = _ => 500;
        await city.Subscribe(listener, "payment.captured");
        var backlog = city.Of<WebhookBacklog>();
        Assert.Equal(new Backlog(null, null, 0, 0), await backlog.Of(City.Code));

        await city.Sell();
        city.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(new Backlog(TimeSpan.FromMinutes(3), null, 0, 0), await backlog.Of(City.Code));

        await city.SendEvents();
        city.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new Backlog(null, TimeSpan.FromMinutes(1), 1, 0), await backlog.Of(City.Code));
    }

    [Theory, EachEngine]
    public async Task Deliveries_that_ended_90_days_ago_are_forgotten_with_their_tries(Engine engine)
    {
        await using var city = await City.Open(engine);
        await using var listener = await Listener.Open();
        var gone = await city.Subscribe(listener, "payment.captured");
        await city.Sell();
        await city.SendEvents();
        await city.Delete($"/v1/webhook-endpoints/{gone.Id}");
        city.Time.Advance(TimeSpan.FromDays(60));
        await city.Subscribe(listener, "payment.captured");
        await city.Sell();
        await city.SendEvents();
        var job = city.Of<ForgetWebhooks>();
        Assert.Equal(0, await job.Run(City.Code, 10_000, CancellationToken.None));

        city.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await job.Run(City.Code, 10_000, CancellationToken.None));

        Assert.Equal(["delivered"], await city.DeliveryStatuses());
        Assert.Equal(1, await Rows(city, "webhook_try"));
        Assert.Equal(1, await Rows(city, "webhook_endpoint"));
    }

    [Fact]
    public async Task The_jobs_leave_their_records()
    {
        await using var city = await City.Open();
        await city.Sell();
        await city.Of<JobRunner>().Run(city.Of<DeliverWebhooks>(), 10_000, CancellationToken.None);
        var run = Assert.Single(await city.Of<JobRuns>().Last());
        Assert.Equal(("webhook-delivery", JobOutcome.Ok, 2), (run.Job, run.Outcome, run.Done));
    }

    private static Task<long> Rows(City city, string table) => city.Gateway.Database.One<long>(new Sql($"select cast(count(*) as bigint) from {table}"))!;
}
