using System.Net.Http;
using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>The adapter, the stand-in, and one time for both.</summary>
internal sealed class Round : IAsyncDisposable
{
    public const string Reference = "pay_round_1";

    private readonly CancellationTokenSource _hang = new(TimeSpan.FromSeconds(60));
    private readonly HttpClient _http = ProviderKit.NewHttp();
    private readonly KitTime _time = new();
    private readonly DateTimeOffset _began;

    // A clock of its own: the limits of the stand-in are shorter than the waits that pass at once on the adapter's.
    private readonly ManualTime _squareTime;
    private SquareHost _host = null!;

    private Round()
    {
        _began = _time.GetUtcNow();
        _squareTime = new ManualTime(_began);
    }

    public SquareProvider Provider { get; private set; } = null!;

    public SquareSandbox Square => _host.Square;

    public CancellationToken InTime => _hang.Token;

    public DateTimeOffset Now => _squareTime.GetUtcNow();

    /// <summary>As the gateway would keep it.</summary>
    public string? Handle { get; set; }

    public static async Task<Round> Open(SquareOptions? options = null, params (string Name, string Value)[] settings)
    {
        var round = new Round();
        round._host = await SquareHost.Start((options ?? new SquareOptions()) with { Time = round._squareTime });
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = round._host.Address.AbsoluteUri,
            ["AccessToken"] = SquareSeller.Demo.AccessToken,
            ["LocationId"] = SquareSeller.Demo.LocationId,
        };
        foreach (var (name, value) in settings) values[name] = value;
        round.Provider = (SquareProvider)new SquarePlugin().Open(new ProviderSetup("square-main", values, round._http, round._time, Sandbox: true));
        return round;
    }

    public PaymentOrder Order(string method = "card", string? brand = null) => new(Reference, 300, method, "terminal")
    {
        Brand = brand,
        Description = "住民票の写し",
        Terminal = "T01",
        Device = SquareDevice.Demo.Id,
        RequestedAt = _began,
    };

    public async Task<ProviderAnswer> Start(string method = "card", string? brand = null) => Kept(await Provider.Start(Order(method, brand), InTime));

    public async Task<ProviderAnswer> LookUp() => Kept(await Provider.LookUp(Case, InTime));

    public async Task<ProviderAnswer> Cancel() => Kept(await Provider.Cancel(Case, InTime));

    /// <summary>The order to give back a payment that the customer has made.</summary>
    public async Task<RefundOrder> Paid(string method, string brand, long back)
    {
        await Start(method);
        Assert.Equal(SquareResult.Paid, Square.Customer.Do(Reference, brand: brand));
        var captured = Assert.IsType<ProviderAnswer.Captured>(await LookUp());
        return new RefundOrder("ref_1", Reference, captured.Reference, back, 300, "refund")
        {
            PaidWith = new PaidWith(method, captured.Brand),
            CapturedAt = captured.At,
            RequestedAt = Now,
        };
    }

    public void Fault(ApiOperation operation, FaultKind kind) => Square.Faults.Add(new FaultRule(operation, kind) { Times = 1 });

    public void Advance(TimeSpan span)
    {
        _squareTime.Advance(span);
        _time.Set(_squareTime.GetUtcNow() > _time.GetUtcNow() ? _squareTime.GetUtcNow() : _time.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        _hang.Dispose();
    }

    private PaymentCase Case => new(Reference, 300, "card", "terminal") { Handle = Handle, Terminal = "T01", Device = SquareDevice.Demo.Id, RequestedAt = _began };

    private ProviderAnswer Kept(ProviderAnswer answer)
    {
        if (answer is ProviderAnswer.Pending { Handle: { } handle }) Handle = handle;
        return answer;
    }
}
