using CashlessGateway.Providers.PayPay;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Providers.Tests.StandIns;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Providers.Tests.PayPay;

/// <summary>Every operation in every trouble, on PayPay's stand-in.</summary>
public sealed class PayPayMatrixTests : MatrixKit
{
    protected override async Task<IMatrixWorld> OpenWorld()
    {
        var (time, far) = (new KitTime(), new ManualTime(new KitTime().GetUtcNow()));
        var host = await SandboxHost.Start(new SandboxOptions { Time = far });
        var http = ProviderKit.NewHttp();
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = host.Address.AbsoluteUri,
            ["ApiKey"] = SandboxMerchant.Demo.ApiKey,
            ["ApiSecret"] = SandboxMerchant.Demo.Secret,
            ["MerchantId"] = SandboxMerchant.Demo.MerchantId,
        };
        return new StandInWorld(host.PayPay, host, http, new PayPayPlugin().Open(new ProviderSetup("paypay-main", values, http, time, Sandbox: true)),
            reference => new PaymentOrder(reference, 300, "qr", "merchantCode") { Description = "住民票の写し", PlaceCode = "S001", Terminal = "T01", RequestedAt = time.GetUtcNow() },
            time.GetUtcNow,
            span => { time.Advance(span); far.Advance(span); },
            new Dictionary<Asked, ApiOperation[]>
            {
                [Asked.Start] = [ApiOperation.CreateCode],
                [Asked.LookUp] = [ApiOperation.GetPayment],
                [Asked.Cancel] = [ApiOperation.Cancel, ApiOperation.DeleteCode],
                [Asked.Refund] = [ApiOperation.Refund],
                [Asked.RefundLookUp] = [ApiOperation.GetRefund],
            });
    }
}
