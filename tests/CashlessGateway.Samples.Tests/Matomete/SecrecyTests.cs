using CashlessGateway.Providers.Tests.Kit;
using Matomete;

namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>Whoever holds a customer's code can take money with it: it goes into one request, and comes out of none.</summary>
public sealed class SecrecyTests : IAsyncLifetime
{
    private readonly HttpClient _http = ProviderKit.NewHttp();
    private readonly KitTime _time = new();
    private StubServer _stub = null!;
    private IProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await StubServer.Open();
        _provider = new MatometePlugin().Open(new ProviderSetup("matomete-main", MatometeWorld.Settings(_stub.Address), _http, _time, Sandbox: true));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stub.DisposeAsync();
    }

    [Theory]
    [InlineData("{\"error\":{\"code\":\"CODE\",\"message\":\"CODE\"}}")]
    [InlineData("{\"error\":{\"code\":\"order_closed\",\"message\":\"CODE\"}}")]
    [InlineData("{\"orderId\":\"CODE\",\"status\":\"CODE\"}")]
    [InlineData("{\"orderId\":\"pay_matomete_1\",\"status\":\"CODE\"}")]
    [InlineData("{\"orderId\":\"pay_matomete_1\",\"status\":\"declined\",\"declineCode\":\"CODE\"}")]
    [InlineData("{\"orderId\":\"pay_matomete_1\",\"status\":\"waiting\",\"chargeId\":\"ch_CODE\"}")]
    [InlineData("{\"orderId\":\"pay_matomete_1\",\"status\":\"waiting\",\"chargeId\":\"CODE\"}")]
    [InlineData("{\"orderId\":\"pay_matomete_1\",\"status\":\"captured\",\"chargeId\":\"ch_0123456789abcdefghij\",\"amount\":300,\"currency\":\"JPY\",\"capturedAt\":\"2026-11-21T01:00:00Z\",\"brand\":\"CODE\",\"approvalNumber\":\"CODE\"}")]
    [InlineData("{\"orderId\":\"pay_matomete_1\",\"status\":\"captured\",\"chargeId\":\"CODE\",\"amount\":300,\"currency\":\"CODE\",\"capturedAt\":\"CODE\"}")]
    public async Task A_server_that_repeats_the_code_finds_no_echo(string answer)
    {
        foreach (var status in new[] { 200, 201, 400, 401, 404, 409, 422, 429, 500 })
        {
            _stub.Answer(StubAnswer.Json(status, answer.Replace("CODE", MatometeWorld.SomeCode, StringComparison.Ordinal)));
            var told = await _provider.Start(MatometeWorld.Order(_time, MatometeWorld.SomeCode), CancellationToken.None);

            Assert.DoesNotContain(MatometeWorld.SomeCode, told.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_code_is_sent_once_and_in_the_body()
    {
        _stub.Answer(StubAnswer.Html(502));
        await _provider.Start(MatometeWorld.Order(_time, MatometeWorld.SomeCode), CancellationToken.None);

        var request = Assert.Single(_stub.Requests);
        Assert.Equal(2, request.Text.Split(MatometeWorld.SomeCode).Length);
        Assert.DoesNotContain(MatometeWorld.SomeCode, request.Target + string.Concat(request.Headers.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_code_nothing_is_sent()
    {
        Assert.IsType<ProviderAnswer.Declined>(await _provider.Start(MatometeWorld.Order(_time, ""), CancellationToken.None));
        Assert.Empty(_stub.Requests);
    }
}
