using CashlessGateway.Sandbox.PayPay;
using CashlessGateway.Sandbox.Square;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Sandbox;

/// <summary>One contract of a demo city, as its configuration says it.</summary>
/// <param name="Shop">As the customer sees it.</param>
/// <param name="Settings">The adapter's.</param>
/// <param name="Devices">What the provider calls the terminals that are paired from the beginning.</param>
public sealed record StandInContract(string Shop, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Devices);

/// <param name="Port">The loopback port; 0 takes any free one.</param>
/// <param name="StateFile">Where the truth is kept. Null: in memory only.</param>
public sealed record StandInSetup(IReadOnlyList<StandInContract> Contracts, int Port, string? StateFile, TimeProvider Time);

/// <summary>A stand-in that runs.</summary>
public interface IRunningStandIn : IAsyncDisposable
{
    /// <summary>The plug-in's type.</summary>
    string Type { get; }

    /// <summary>Ends with a slash.</summary>
    Uri Address { get; }

    IStandIn StandIn { get; }

    /// <summary>Where notices of the contract with these settings go from now on.</summary>
    void NotifyAt(IReadOnlyDictionary<string, string> settings, Uri target);
}

/// <summary>The stand-ins by the type of their plug-in, so that a demo needs no provider's name.</summary>
public static class StandIns
{
    private static readonly IReadOnlyDictionary<string, Func<StandInSetup, Task<IRunningStandIn>>> Known = new Dictionary<string, Func<StandInSetup, Task<IRunningStandIn>>>(StringComparer.Ordinal)
    {
        ["paypay"] = StartPayPay,
        ["square"] = StartSquare,
        ["stripe"] = StartStripe,
    };

    /// <summary>In the order of their ports.</summary>
    public static IReadOnlyList<string> Types { get; } = ["paypay", "square", "stripe"];

    /// <exception cref="IOException">The port is taken, or the state file.</exception>
    public static Task<IRunningStandIn> Start(string type, StandInSetup setup) => Known[type](setup);

    private static async Task<IRunningStandIn> StartPayPay(StandInSetup setup)
    {
        var host = await SandboxHost.Start(new SandboxOptions
        {
            Port = setup.Port,
            StateFile = setup.StateFile,
            Time = setup.Time,
            Merchants = [.. setup.Contracts.Select(static contract => new SandboxMerchant(contract.Settings["ApiKey"], contract.Settings["ApiSecret"], contract.Settings["MerchantId"], contract.Shop))],
        });
        return new Running("paypay", host.Address, host.PayPay, host, (settings, target) => host.NotifyAt(settings["MerchantId"], target));
    }

    /// <summary>One seller: a demo has one contract with it.</summary>
    private static async Task<IRunningStandIn> StartSquare(StandInSetup setup)
    {
        var contract = setup.Contracts.Single();
        var host = await SquareHost.Start(new SquareOptions
        {
            Port = setup.Port,
            StateFile = setup.StateFile,
            Time = setup.Time,
            Seller = new SquareSeller(contract.Settings["AccessToken"], "MLDEMOCITY", contract.Settings["LocationId"], contract.Shop)
            {
                SignatureKey = contract.Settings["WebhookSignatureKey"],
                NotificationUrl = contract.Settings["NotificationUrl"],
            },
            Devices = [.. contract.Devices.Select(static device => new SquareDevice(device, device))],
        });
        return new Running("square", host.Address, host.Square, host, (_, target) => host.NotifyAt(target));
    }

    private static async Task<IRunningStandIn> StartStripe(StandInSetup setup)
    {
        var host = await StripeHost.Start(new StripeOptions
        {
            Port = setup.Port,
            StateFile = setup.StateFile,
            Time = setup.Time,
            Accounts = [.. setup.Contracts.Select(static (contract, index) => new StripeAccount(contract.Settings["ApiKey"], contract.Settings["WebhookSecret"], $"acct_sandboxdemo{index + 1}", contract.Shop))],
            Readers = [.. setup.Contracts.SelectMany(static contract => contract.Devices).Select(static device => new StripeReader(device, device))],
        });
        return new Running("stripe", host.Address, host.Stripe, host, (settings, target) =>
        {
            var index = setup.Contracts.ToList().FindIndex(contract => contract.Settings["ApiKey"] == settings["ApiKey"]);
            if (index >= 0) host.NotifyAt($"acct_sandboxdemo{index + 1}", target);
        });
    }

    private sealed record Running(string Type, Uri Address, IStandIn StandIn, IAsyncDisposable Host, Action<IReadOnlyDictionary<string, string>, Uri> Notify) : IRunningStandIn
    {
        public void NotifyAt(IReadOnlyDictionary<string, string> settings, Uri target) => Notify(settings, target);

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
