using System.Net;
using System.Net.Sockets;

namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>Answers that say nothing.</summary>
public abstract partial class ProviderKit
{
    public static TheoryData<string> GarbageNames => Garbage.Names;

    [Theory]
    [MemberData(nameof(GarbageNames))]
    public async Task Garbage_with_a_good_status_leaves_every_call_in_doubt(string garbage)
    {
        foreach (var status in new[] { 200, 201, 202, 204 })
        {
            Stub.Answer(new StubAnswer.Reply(status, "application/json", Garbage.All[garbage]));
            await EveryCallIsInDoubt($"{status} with {garbage}");
        }
    }

    [Theory]
    [MemberData(nameof(GarbageNames))]
    public async Task Garbage_with_a_5xx_leaves_every_call_in_doubt(string garbage)
    {
        foreach (var status in new[] { 500, 502, 503, 504 })
        {
            Stub.Answer(new StubAnswer.Reply(status, "text/html", Garbage.All[garbage]));
            await EveryCallIsInDoubt($"{status} with {garbage}");
        }
    }

    [Fact]
    public async Task No_status_makes_a_call_throw_or_believe_a_page()
    {
        for (var status = 200; status < 600; status++)
        {
            Stub.Answer(StubAnswer.Html(status));
            foreach (var call in Calls())
            {
                var answer = await call.Ask(InTime);
                Assert.True(
                    IsUnknown(answer) || (call.Name == "Start" && status is >= 400 and < 500 && answer is ProviderAnswer.Declined),
                    $"{call.Name} believed a page with {status}: {answer}");
            }
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_not_believed()
    {
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            Stub.Answer(StubAnswer.Json(status, "{}"));
            await EveryCallIsInDoubt($"{status}");
        }
    }

    [Fact]
    public async Task Good_news_with_a_5xx_is_not_believed()
    {
        Stub.Answer(Started(Order).Spoilt(reply => reply with { Status = 500 }));
        Assert.IsType<ProviderAnswer.Unknown>(await Provider.Start(Order, InTime));

        Stub.Answer(Taken(Order.Reference, Order.Amount, "JPY", Time.GetUtcNow()).Spoilt(reply => reply with { Status = 503 }));
        Assert.IsType<ProviderAnswer.Unknown>(await Provider.LookUp(Case, InTime));
    }

    [Fact]
    public async Task Time_that_runs_out_leaves_every_call_in_doubt()
    {
        foreach (var call in Calls())
        {
            using var limit = new CancellationTokenSource();
            Stub.Answer(new StubAnswer.Silence(limit.Cancel));

            Assert.True(IsUnknown(await call.Ask(limit.Token)), call.Name);
        }
    }

    [Fact]
    public async Task A_limit_that_is_over_before_it_begins_is_honoured()
    {
        using var over = new CancellationTokenSource();
        await over.CancelAsync();
        Stub.Answer(Started(Order));

        foreach (var call in Calls())
            Assert.True(IsUnknown(await call.Ask(over.Token)), call.Name);

        Assert.Empty(Stub.Requests);
    }

    [Fact]
    public async Task A_connection_that_is_cut_leaves_every_call_in_doubt()
    {
        Stub.Answer(new StubAnswer.HangUp());
        await EveryCallIsInDoubt("a connection that was cut");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_leaves_every_call_in_doubt()
    {
        Stub.Answer(request => new StubAnswer.BreakOff(Started(Order).On(request)));
        Assert.IsType<ProviderAnswer.Unknown>(await Provider.Start(Order, InTime));

        Stub.Answer(request => new StubAnswer.BreakOff(Taken(Order.Reference, Order.Amount, "JPY", Time.GetUtcNow()).On(request)));
        Assert.IsType<ProviderAnswer.Unknown>(await Provider.LookUp(Case, InTime));
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_leaves_every_call_in_doubt()
    {
        Provider = Plugin.Open(Setup(Settings(NobodyListens())));
        await EveryCallIsInDoubt("nobody there");
    }

    [Fact]
    public async Task No_secret_is_told_even_when_the_provider_echoes_it()
    {
        foreach (var status in new[] { 200, 400, 401, 403, 500 })
        {
            Stub.Answer(request => StubAnswer.Json(status, System.Text.Json.JsonSerializer.Serialize(new { error = request.Whole, message = string.Join(' ', Secrets) })));
            foreach (var call in Calls())
            {
                var told = (await call.Ask(InTime)).ToString()!;
                Assert.DoesNotContain(Secrets, secret => told.Contains(secret, StringComparison.Ordinal));
            }
        }
    }

    private async Task EveryCallIsInDoubt(string why)
    {
        foreach (var call in Calls())
        {
            var answer = await call.Ask(InTime);
            Assert.True(IsUnknown(answer), $"{call.Name} made {answer} of {why}");
        }
    }

    /// <summary>A port that was free a moment ago.</summary>
    private static Uri NobodyListens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
