using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Providers.Tests.StandIns;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>Every operation in every trouble, on Square's stand-in.</summary>
public abstract class SquareMatrixTests(string method, string? brand) : MatrixKit
{
    protected override async Task<IMatrixWorld> OpenWorld()
    {
        var time = new KitTime();
        var far = new ManualTime(time.GetUtcNow());
        var host = await SquareHost.Start(new SquareOptions { Time = far });
        var http = ProviderKit.NewHttp();
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = host.Address.AbsoluteUri,
            ["AccessToken"] = SquareSeller.Demo.AccessToken,
            ["LocationId"] = SquareSeller.Demo.LocationId,
        };
        return new StandInWorld(host.Square, host, http, new SquarePlugin().Open(new ProviderSetup("square-main", values, http, time, Sandbox: true)),
            reference => new PaymentOrder(reference, 300, method, "terminal") { Brand = brand, Description = "住民票の写し", Terminal = "T01", Device = SquareDevice.Demo.Id, RequestedAt = time.GetUtcNow() },
            time.GetUtcNow,
            span => { time.Advance(span); far.Advance(span); },
            new Dictionary<Asked, ApiOperation[]>
            {
                [Asked.Start] = [ApiOperation.CreateCheckout],
                [Asked.LookUp] = [ApiOperation.GetCheckout, ApiOperation.GetPayment],
                [Asked.Cancel] = [ApiOperation.Cancel],
                [Asked.Refund] = [ApiOperation.Refund],
                [Asked.RefundLookUp] = [ApiOperation.GetRefund],
            });
    }
}

public sealed class SquareCardMatrixTests() : SquareMatrixTests("card", null);

public sealed class SquareEMoneyMatrixTests() : SquareMatrixTests("emoney", "id");

public sealed class SquareIcMatrixTests() : SquareMatrixTests("emoney", "suica");

public sealed class SquareQrMatrixTests() : SquareMatrixTests("qr", null);
