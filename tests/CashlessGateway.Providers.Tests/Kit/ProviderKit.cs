using System.Net.Http;

namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>
/// What the contract promises, as tests that any adapter inherits: derive, say how your provider answers, run. A part that an adapter
/// does not implement is skipped. What only your provider does (its error table, its signature, its dates) needs tests of its own.
/// </summary>
public abstract partial class ProviderKit : IAsyncLifetime
{
    /// <summary>A test that takes this long hangs.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _hang = new(Hangs);
    private HttpClient _http = null!;

    /// <summary>The plug-in.</summary>
    protected abstract IProviderPlugin Plugin { get; }

    /// <summary>Settings of an instance that talks to <paramref name="address"/>, as they stand in the configuration.</summary>
    protected abstract IReadOnlyDictionary<string, string> Settings(Uri address);

    /// <summary>Those of <see cref="Settings"/> without which it must not open.</summary>
    protected abstract IReadOnlyList<string> RequiredSettings { get; }

    /// <summary>Values of <see cref="Settings"/> that nobody may ever read in an answer.</summary>
    protected abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>An order that the adapter takes.</summary>
    protected abstract PaymentOrder Order { get; }

    /// <summary>A handle as the adapter gives with Pending; null when it gives none.</summary>
    protected abstract string? Handle { get; }

    /// <summary>The provider's answer to a start that worked.</summary>
    protected abstract StubAnswer Started(PaymentOrder order);

    /// <summary>The provider's answer to a look-up of a payment that was paid.</summary>
    protected abstract StubAnswer Taken(string reference, long amount, string currency, DateTimeOffset at);

    /// <summary>The provider's answer to a look-up of a payment that it does not know.</summary>
    protected abstract StubAnswer NotKnown { get; }

    /// <summary>The provider's answer to a refund that worked.</summary>
    protected virtual StubAnswer Refunded(RefundOrder order) => throw new NotSupportedException("An adapter with ICanRefund says here how its provider answers.");

    /// <summary>The provider's answer to a look-up of a refund that it does not know.</summary>
    protected virtual StubAnswer RefundNotKnown => throw new NotSupportedException("An adapter with ICanRefund says here how its provider answers.");

    /// <summary>False for a provider that cannot be asked by our reference: what it knows is listed or found by its own id, and compared here.</summary>
    protected virtual bool LookUpsNameOurReference => true;

    /// <summary>The handle of this very payment, for a provider whose requests do not carry our reference. Its answers to a request with it are those of <see cref="Taken"/>.</summary>
    protected virtual string? HandleOf(string reference) => null;

    protected KitTime Time { get; } = new();

    protected StubServer Stub { get; private set; } = null!;

    protected IProvider Provider { get; private set; } = null!;

    private PaymentCase Case => new(Order.Reference, Order.Amount, Order.Method, Order.Presentation)
    {
        Handle = Handle,
        Brand = Order.Brand,
        Terminal = Order.Terminal,
        Device = Order.Device,
        RequestedAt = Order.RequestedAt,
    };

    /// <summary>Of a payment taken a minute ago, so that every provider still gives it back.</summary>
    private RefundOrder GivingBack(string way) => new("rf_kit_01", Order.Reference, "provider-1234567890", Order.Amount, Order.Amount, way)
    {
        PaidWith = new PaidWith(Order.Method, Order.Brand),
        CapturedAt = Time.GetUtcNow().AddMinutes(-1),
        RequestedAt = Time.GetUtcNow(),
    };

    private CancellationToken InTime => _hang.Token;

    public async ValueTask InitializeAsync()
    {
        Stub = await StubServer.Open();
        _http = NewHttp();
        Provider = Plugin.Open(Setup(Settings(Stub.Address)));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await Stub.DisposeAsync();
        _hang.Dispose();
    }

    /// <summary>As the gateway makes it.</summary>
    internal static HttpClient NewHttp() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private ProviderSetup Setup(IReadOnlyDictionary<string, string> values, bool sandbox = true) =>
        new("kit", new Dictionary<string, string>(values, StringComparer.OrdinalIgnoreCase), _http, Time, sandbox);

    /// <summary>Each call of the contract that asks the provider, as far as the adapter has it.</summary>
    private IEnumerable<Call> Calls()
    {
        yield return new Call("Start", async token => await Provider.Start(Order, token)) { Orders = true };
        yield return new Call("LookUp", async token => await Provider.LookUp(Case, token));
        if (Provider is ICanCancel cancels)
        {
            yield return new Call("Cancel", async token => await cancels.Cancel(Case, token));
            yield return new Call("Cancel of a payment whose start was never answered", async token => await cancels.Cancel(Case with { Handle = null }, token));
        }

        if (Provider is ICanVoid voids)
            yield return new Call("Void", async token => await voids.Void(GivingBack("void"), token)) { Orders = true };

        if (Provider is ICanRefund refunds)
        {
            yield return new Call("Refund", async token => await refunds.Refund(GivingBack("refund"), token)) { Orders = true };
            yield return new Call("LookUpRefund", async token => await refunds.LookUpRefund(GivingBack("refund"), token));
        }
    }

    private T Needs<T>() where T : class
    {
        Assert.SkipUnless(Provider is T, $"The adapter has no {typeof(T).Name}.");
        return (T)Provider;
    }

    /// <summary>Nobody can tell: the only honest answer to what cannot be understood.</summary>
    private static bool IsUnknown(object answer) => answer is ProviderAnswer.Unknown or RefundAnswer.Unknown;

    private sealed record Call(string Name, Func<CancellationToken, Task<object>> Ask)
    {
        /// <summary>It asks for something to happen.</summary>
        public bool Orders { get; init; }
    }
}
