using System.Net.Http;
using CashlessGateway.Providers.PayPay;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

/// <summary>The adapter, and a PayPay that says what a test wants.</summary>
internal sealed class PayPayWorld : IAsyncDisposable
{
    public const string Reference = "pay_01JD3Z8Q5T0000000000000001";
    public const string Secret = "sample_secret";

    /// <summary>A test that takes this long hangs.</summary>
    private readonly CancellationTokenSource _hang = new(TimeSpan.FromSeconds(60));
    private readonly Dictionary<string, Queue<StubAnswer>> _answers = [];
    private readonly HttpClient _http = ProviderKit.NewHttp();

    private PayPayWorld(StubServer stub) => Stub = stub;

    public StubServer Stub { get; }

    public KitTime Time { get; } = new();

    public PayPayProvider Provider { get; private set; } = null!;

    public CancellationToken InTime => _hang.Token;

    /// <summary>What was asked, as "POST /v2/codes".</summary>
    public IEnumerable<string> Asked => Stub.Requests.Select(request => $"{request.Method} {request.Target}");

    public PaymentOrder Order => new(Reference, 300, "qr", "merchantCode")
    {
        Description = "住民票の写し",
        PlaceCode = "S001",
        PlaceName = "本庁舎",
        Terminal = "T01",
        RequestedAt = Time.GetUtcNow(),
    };

    public PaymentCase Case => new(Reference, 300, "qr", "merchantCode") { Handle = PayPaySays.CodeId, RequestedAt = Time.GetUtcNow() };

    public PaymentCase CaseNeverAnswered => Case with { Handle = null };

    public RefundOrder GivingBack(string way = "refund", long amount = 300) => new("ref_0001", Reference, PayPaySays.PaymentId, amount, 300, way)
    {
        CapturedAt = Time.GetUtcNow().AddMinutes(-5),
        RequestedAt = Time.GetUtcNow(),
    };

    public static async Task<PayPayWorld> Open(params (string Name, string Value)[] settings)
    {
        var world = new PayPayWorld(await StubServer.Open());
        var values = Settings(world.Stub.Address);
        foreach (var (name, value) in settings)
            values[name] = value;

        world.Provider = (PayPayProvider)new PayPayPlugin().Open(new ProviderSetup("paypay-main", values, world._http, world.Time, Sandbox: true));
        world.Stub.Answer(world.Next);
        return world;
    }

    public static Dictionary<string, string> Settings(Uri address) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["BaseUrl"] = address.AbsoluteUri,
        ["ApiKey"] = "sample_key",
        ["ApiSecret"] = Secret,
    };

    /// <summary>Answers, one after the other, to what begins so; the last one stays.</summary>
    public PayPayWorld On(string asked, params StubAnswer[] answers)
    {
        _answers[asked] = new Queue<StubAnswer>(answers);
        return this;
    }

    public PayPayWorld OnCode(params StubAnswer[] answers) => On("POST /v2/codes", answers);

    public PayPayWorld OnLookUp(params StubAnswer[] answers) => On("GET /v2/codes/payments/", answers);

    public PayPayWorld OnDelete(params StubAnswer[] answers) => On("DELETE /v2/codes/", answers);

    public PayPayWorld OnCancel(params StubAnswer[] answers) => On("DELETE /v2/payments/", answers);

    public PayPayWorld OnRefund(params StubAnswer[] answers) => On("POST /v2/refunds", answers);

    public PayPayWorld OnRefundLookUp(params StubAnswer[] answers) => On("GET /v2/refunds/", answers);

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
            var answers = _answers.Single(known => $"{request.Method} {request.Target}".StartsWith(known.Key, StringComparison.Ordinal)).Value;
            return answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }
    }
}
