using System.Threading.Channels;
using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Sandbox.Square;

/// <summary>What the stand-in posts, read by the adapter as the gateway would.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private readonly Channel<StubRequest> _posted = Channel.CreateUnbounded<StubRequest>();
    private StubServer _receiver = null!;
    private int _refusals;

    public async ValueTask InitializeAsync()
    {
        _receiver = await StubServer.Open();
        _receiver.Answer(request =>
        {
            _posted.Writer.TryWrite(request);
            return StubAnswer.Json(Interlocked.Decrement(ref _refusals) >= 0 ? 500 : 200, "{}");
        });
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task A_payment_is_told_and_believed()
    {
        await using var till = await Open();
        await till.Begun();
        Assert.IsType<WebhookNotice.About>(Read(till, await Next()));   // terminal.checkout.created
        till.Square.Customer.Do(Till.Reference);

        var rest = new[] { await Next(), await Next(), await Next() };
        Assert.Equal(["payment.created", "payment.updated", "terminal.checkout.updated"], rest.Select(TypeOf).Order());
        Assert.All(rest, notice => Assert.Equal("R08_1", Assert.IsType<WebhookNotice.About>(Read(till, notice)).Reference));
    }

    [Fact]
    public async Task Behind_a_proxy_the_registered_address_is_signed()
    {
        const string Registered = "https://pay.example.jp/hooks/square-main";
        await using var till = await Open(new SquareOptions { Seller = SquareSeller.Demo with { NotificationUrl = Registered } });
        await till.Begun();
        var notice = await Next();

        Assert.IsType<WebhookNotice.About>(Read(till, notice, Registered));
        Assert.IsType<WebhookNotice.Forged>(Read(till, notice));
    }

    [Fact]
    public async Task A_forged_notice_is_not_believed()
    {
        await using var till = await Open();
        till.Square.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.ForgedWebhook));
        await till.Begun();
        Assert.IsType<WebhookNotice.Forged>(Read(till, await Next()));
    }

    [Fact]
    public async Task A_notice_that_is_refused_comes_again_with_the_same_bytes_and_signature()
    {
        _refusals = 1;
        await using var till = await Open();
        await till.Begun();
        var first = await Next();
        await till.Time.SomebodyWaits(TimeSpan.FromSeconds(1));
        till.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await Next();

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Headers[Signature.Header], second.Headers[Signature.Header]);
    }

    [Fact]
    public async Task Twice_told_is_one_event()
    {
        await using var till = await Open();
        till.Square.Faults.Add(new FaultRule(ApiOperation.Webhook, FaultKind.DuplicateWebhook));
        await till.Begun();
        Assert.Equal(Read(till, await Next()), Read(till, await Next()));
    }

    [Fact]
    public async Task A_deadline_that_passes_is_told()
    {
        await using var till = await Open();
        await till.Begun();
        await Next();
        await till.Time.SomebodyWaits(TimeSpan.FromMinutes(5));
        till.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Contains("TIMED_OUT", (await Next()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refund_is_told_by_our_reference()
    {
        await using var till = await Open();
        await till.Begun();
        till.Square.Customer.Do(Till.Reference);
        foreach (var _ in Enumerable.Range(0, 4)) await Next();
        await till.Post("/v2/refunds", $$"""{"idempotency_key":"ref_1","payment_id":"{{till.Square.Truth().Single().PaymentId}}","amount_money":{"amount":300,"currency":"JPY"},"reason":"ref_1"}""");

        var told = new[] { await Next(), await Next() };
        Assert.Equal(["refund.created", "refund.updated"], told.Select(TypeOf).Order());
        Assert.All(told, notice => Assert.Equal("ref_1", Assert.IsType<WebhookNotice.AboutRefund>(Read(till, notice)).Reference));
    }

    private static string TypeOf(StubRequest notice) => System.Text.Json.JsonDocument.Parse(notice.Text).RootElement.GetProperty("type").GetString()!;

    private async Task<Till> Open(SquareOptions? options = null)
    {
        var till = await Till.Open((options ?? new SquareOptions()) with { Webhook = _receiver.Address });
        return till;
    }

    private async Task<StubRequest> Next()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _posted.Reader.ReadAsync(limit.Token);
    }

    private WebhookNotice Read(Till till, StubRequest notice, string? registered = null)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = till.Host.Address.AbsoluteUri,
            ["AccessToken"] = SquareSeller.Demo.AccessToken,
            ["LocationId"] = SquareSeller.Demo.LocationId,
            ["WebhookSignatureKey"] = SquareSeller.Demo.SignatureKey,
            ["NotificationUrl"] = registered ?? _receiver.Address.OriginalString,
        };
        using var http = new HttpClient();
        var provider = (IReceivesWebhooks)new SquarePlugin().Open(new ProviderSetup("square", values, http, till.Time, Sandbox: true));
        return provider.Read(new WebhookPost(notice.Headers, notice.Body, till.Time.GetUtcNow()));
    }
}
