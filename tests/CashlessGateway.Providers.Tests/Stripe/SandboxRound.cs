using System.Net.Http;
using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>The adapter in front of the stand-in: two readings of Stripe's documents have to agree.</summary>
public abstract class SandboxRound : IAsyncLifetime
{
    private protected const string Reference = "pay_round_1";
    private protected const string Device = "tmr_counter1";

    private readonly CancellationTokenSource _hang = new(TimeSpan.FromSeconds(60));
    private StripeHost _host = null!;

    /// <summary>A clock of its own: the stand-in's limits for notices are shorter than the waits that pass at once here.</summary>
    private protected SandboxRound() => Theirs = new ManualTime(Time.GetUtcNow());

    private protected HttpClient Http { get; } = ProviderKit.NewHttp();

    private protected KitTime Time { get; } = new();

    private protected ManualTime Theirs { get; }

    private protected StripeProvider Adapter { get; private set; } = null!;

    private protected StripeSandbox Stripe => _host.Stripe;

    private protected Uri Address => _host.Address;

    private protected CancellationToken InTime => _hang.Token;

    public async ValueTask InitializeAsync()
    {
        _host = await StripeHost.Start(new StripeOptions { Time = Theirs, Readers = [new StripeReader(Device, "窓口1")] });
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = Address.AbsoluteUri,
            ["ApiKey"] = StripeAccount.Demo.ApiKey,
            ["WebhookSecret"] = StripeAccount.Demo.WebhookSecret,
            ["Terminal"] = "yes",
            ["TerminalLocation"] = "tml_unknown",
        };
        Adapter = (StripeProvider)new StripePlugin().Open(new ProviderSetup("stripe-main", values, Http, Time, Sandbox: true));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        _hang.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<RefundOrder> Paid()
    {
        var started = (ProviderAnswer.Pending)await Start(Online());
        Stripe.Pay(Reference);
        return GivingBack("ref_round_1", Reference, (ProviderAnswer.Captured)await LookUp(started.Handle));
    }

    private protected RefundOrder GivingBack(string reference, string payment, ProviderAnswer.Captured captured) =>
        new(reference, payment, captured.Reference, captured.Amount, captured.Amount, "refund") { CapturedAt = captured.At, RequestedAt = Time.GetUtcNow() };

    private protected PaymentOrder Online(string reference = Reference) =>
        new(reference, 300, "card", "online") { Description = "住民票の写し", ReturnUrl = new Uri("https://city.example.jp/back"), RequestedAt = Time.GetUtcNow() };

    private protected PaymentOrder AtReader(string reference = Reference) =>
        new(reference, 300, "card", "terminal") { Terminal = "T01", Device = Device, RequestedAt = Time.GetUtcNow() };

    private protected void Fault(ApiOperation operation, FaultKind kind, int times = 1) => Stripe.Faults.Add(new FaultRule(operation, kind) { Times = times });

    private protected Task<ProviderAnswer> Start(PaymentOrder order) => Adapter.Start(order, InTime);

    private protected Task<ProviderAnswer> LookUp(string? handle, string presentation = "online", string reference = Reference) => Adapter.LookUp(CaseOf(handle, presentation, reference), InTime);

    private protected Task<ProviderAnswer> Cancel(string? handle, string presentation = "online", string reference = Reference) => Adapter.Cancel(CaseOf(handle, presentation, reference), InTime);

    private PaymentCase CaseOf(string? handle, string presentation, string reference) =>
        new(reference, 300, "card", presentation) { Handle = handle, Terminal = "T01", Device = presentation == "online" ? null : Device, RequestedAt = Time.GetUtcNow() };
}
