using System.Net.Http;
using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>The adapter, and a Stripe that says what a test wants.</summary>
internal sealed class StripeWorld : IAsyncDisposable
{
    public const string Reference = "pay_01JD3Z8Q5T0000000000000001";
    public const string Key = "sk_test_nobodyknowsthis";
    public const string Secret = "whsec_nobodyknowsthis";

    /// <summary>A test that takes this long hangs.</summary>
    private readonly CancellationTokenSource _hang = new(TimeSpan.FromSeconds(60));
    private readonly List<(string Asked, Queue<StubAnswer> Answers)> _answers = [];
    private readonly HttpClient _http = ProviderKit.NewHttp();

    private StripeWorld(StubServer stub) => Stub = stub;

    public StubServer Stub { get; }

    public KitTime Time { get; } = new();

    public StripeProvider Provider { get; private set; } = null!;

    public CancellationToken InTime => _hang.Token;

    /// <summary>What was asked, as "POST /v1/refunds", without the question behind it.</summary>
    public IEnumerable<string> Asked => Stub.Requests.Select(request => $"{request.Method} {request.Target.Split('?')[0]}");

    public PaymentOrder Online => new(Reference, 300, "card", "online")
    {
        Description = "住民票の写し",
        ReturnUrl = new Uri("https://city.example.jp/return?p=1"),
        RequestedAt = Time.GetUtcNow(),
    };

    public PaymentOrder AtReader => new(Reference, 300, "card", "terminal") { Description = "住民票の写し", Terminal = "T01", Device = StripeSays.Reader, RequestedAt = Time.GetUtcNow() };

    public PaymentCase OnlineCase => new(Reference, 300, "card", "online") { Handle = StripeSays.Session, RequestedAt = Time.GetUtcNow() };

    public PaymentCase ReaderCase => new(Reference, 300, "card", "terminal") { Handle = $"{StripeSays.Intent}@{StripeSays.Reader}", Terminal = "T01", Device = StripeSays.Reader, RequestedAt = Time.GetUtcNow() };

    public RefundOrder GivingBack(long amount = 300) => new("ref_0001", Reference, StripeSays.Intent, amount, 300, "refund")
    {
        PaidWith = new PaidWith("card", "visa"),
        CapturedAt = Time.GetUtcNow().AddMinutes(-5),
        RequestedAt = Time.GetUtcNow(),
    };

    public static async Task<StripeWorld> Open(params (string Name, string Value)[] settings)
    {
        var world = new StripeWorld(await StubServer.Open());
        var values = Settings(world.Stub.Address);
        foreach (var (name, value) in settings)
            values[name] = value;

        world.Provider = (StripeProvider)new StripePlugin().Open(new ProviderSetup("stripe-main", values, world._http, world.Time, Sandbox: true));
        world.Stub.Answer(world.Next);
        return world;
    }

    public static Dictionary<string, string> Settings(Uri address) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["BaseUrl"] = address.AbsoluteUri,
        ["ApiKey"] = Key,
        ["WebhookSecret"] = Secret,
        ["Terminal"] = "yes",
        ["TerminalLocation"] = "tml_kit",
    };

    /// <summary>Answers, one after the other, to what begins so; the last one stays. What was said last comes first.</summary>
    public StripeWorld On(string asked, params StubAnswer[] answers)
    {
        _answers.Insert(0, (asked, new Queue<StubAnswer>(answers)));
        return this;
    }

    public StripeWorld On(string asked, string body) => On(asked, StripeSays.Reply(body));

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
            var answers = _answers.FirstOrDefault(known => $"{request.Method} {request.Target}".StartsWith(known.Asked, StringComparison.Ordinal)).Answers;
            return answers is null ? StubAnswer.Html(404) : answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }
    }
}
