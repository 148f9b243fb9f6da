using System.Net.Http;
using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>The adapter, and a Square that says what a test wants.</summary>
internal sealed class SquareWorld : IAsyncDisposable
{
    public const string Reference = "pay_01JD3Z8Q5T0000000000000001";
    public const string Token = "EAAAsample_token";
    public const string SignatureKey = "Ibxx_5AKakO-3qeNVR61Dw";
    public const string NotificationUrl = "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9";

    public const string Create = "POST /v2/terminals/checkouts";
    public const string Search = "POST /v2/terminals/checkouts/search";
    public const string Get = "GET /v2/terminals/checkouts/";
    public const string Cancel = $"POST /v2/terminals/checkouts/{SquareSays.CheckoutId}/cancel";
    public const string Payment = "GET /v2/payments/";
    public const string Payments = "GET /v2/payments?";
    public const string Refund = "POST /v2/refunds";
    public const string GetRefund = "GET /v2/refunds/";
    public const string Refunds = "GET /v2/refunds?";
    public const string Locations = "GET /v2/locations/";

    /// <summary>A test that takes this long hangs.</summary>
    private readonly CancellationTokenSource _hang = new(TimeSpan.FromSeconds(60));
    private readonly Dictionary<string, Queue<StubAnswer>> _answers = [];
    private readonly HttpClient _http = ProviderKit.NewHttp();

    private SquareWorld(StubServer stub) => Stub = stub;

    public StubServer Stub { get; }

    public KitTime Time { get; } = new();

    public SquareProvider Provider { get; private set; } = null!;

    public CancellationToken InTime => _hang.Token;

    /// <summary>What was asked, as "POST /v2/refunds", without what stands behind a question mark.</summary>
    public IEnumerable<string> Asked => Stub.Requests.Select(request => $"{request.Method} {request.Target.Split('?')[0]}");

    public PaymentOrder Order => new(Reference, 300, "card", "terminal")
    {
        Description = "住民票の写し",
        PlaceCode = "S001",
        PlaceName = "本庁舎",
        Terminal = "T01",
        Device = SquareSays.Device,
        RequestedAt = Time.GetUtcNow(),
    };

    public PaymentCase Case => new(Reference, 300, "card", "terminal") { Handle = SquareSays.CheckoutId, Terminal = "T01", Device = SquareSays.Device, RequestedAt = Time.GetUtcNow() };

    public PaymentCase CaseNeverAnswered => Case with { Handle = null };

    public RefundOrder GivingBack(long amount = 300) => new("ref_0001", Reference, SquareSays.PaymentId, amount, 300, "refund")
    {
        PaidWith = new PaidWith("card", "visa"),
        CapturedAt = Time.GetUtcNow().AddMinutes(-5),
        RequestedAt = Time.GetUtcNow(),
    };

    public static async Task<SquareWorld> Open(params (string Name, string Value)[] settings)
    {
        var world = new SquareWorld(await StubServer.Open());
        var values = Settings(world.Stub.Address);
        foreach (var (name, value) in settings)
            values[name] = value;

        world.Provider = (SquareProvider)new SquarePlugin().Open(new ProviderSetup("square-main", values, world._http, world.Time, Sandbox: true));
        world.Stub.Answer(world.Next);

        // An empty Square that knows our location; tests say what is otherwise.
        return world.On(Search, SquareSays.Nothing).On(Payments, SquareSays.Nothing).On(Locations, SquareSays.OurLocation);
    }

    public static Dictionary<string, string> Settings(Uri address) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["BaseUrl"] = address.AbsoluteUri,
        ["AccessToken"] = Token,
        ["LocationId"] = SquareSays.Location,
        ["WebhookSignatureKey"] = SignatureKey,
        ["NotificationUrl"] = NotificationUrl,
    };

    /// <summary>Answers, one after the other, to what begins so (the longest beginning counts); the last one stays.</summary>
    public SquareWorld On(string asked, params StubAnswer[] answers)
    {
        _answers[asked] = new Queue<StubAnswer>(answers);
        return this;
    }

    public Task<ProviderAnswer> Start() => Provider.Start(Order, InTime);

    public Task<ProviderAnswer> LookUp() => Provider.LookUp(Case, InTime);

    public Task<ProviderAnswer> LookUpNeverAnswered() => Provider.LookUp(CaseNeverAnswered, InTime);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Stub.DisposeAsync();
        _hang.Dispose();
    }

    private StubAnswer Next(StubRequest request)
    {
        lock (_answers)
        {
            var asked = $"{request.Method} {request.Target}";
            var answers = _answers.Where(known => asked.StartsWith(known.Key, StringComparison.Ordinal)).MaxBy(known => known.Key.Length).Value
                ?? throw new InvalidOperationException($"The test did not expect {asked}.");
            return answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }
    }
}
