using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Pages;
using CashlessGateway.Sandbox.PayPay;
using CashlessGateway.Sandbox.PayPay.Wire;
using Microsoft.AspNetCore.Builder;

namespace CashlessGateway.Sandbox;

/// <summary>A PayPay for development and tests.</summary>
public sealed class SandboxHost : StandInHost
{
    private SandboxHost(WebApplication app, PayPaySandbox payPay) : base(app, payPay)
    {
        PayPay = payPay;
        payPay.Address = Address;
    }

    public PayPaySandbox PayPay { get; }

    public static async Task<SandboxHost> Start(SandboxOptions options, CancellationToken cancellation = default)
    {
        var payPay = new PayPaySandbox(options);
        return new SandboxHost(await Run(options.Port, options.Logging, payPay, app => Map(app, payPay), cancellation), payPay);
    }

    /// <summary>Where notices of the contract with this name or merchant id go from now on.</summary>
    public void NotifyAt(string merchantName, Uri target)
    {
        if (PayPay.Merchants.FirstOrDefault(merchant => merchant.Name == merchantName || merchant.MerchantId == merchantName) is { } known) PayPay.Webhooks.SetTarget(known.MerchantId, target);
    }

    private static void Map(WebApplication app, PayPaySandbox payPay)
    {
        payPay.StopWith(app.Lifetime.ApplicationStopping);
        new PayPayApi(payPay).Map(app);
        FaultEndpoints.Map(app, payPay.Faults);
        TruthEndpoints.Map(app, payPay);
        CustomerEndpoints.Map(app, payPay);
        CustomerPages.Map(app, payPay);
    }
}
