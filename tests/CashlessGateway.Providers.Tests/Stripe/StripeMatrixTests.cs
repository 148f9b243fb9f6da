using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Providers.Tests.StandIns;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>Every operation in every trouble, on Stripe's stand-in.</summary>
public abstract class StripeMatrixTests(string presentation, IReadOnlyDictionary<Asked, ApiOperation[]> operations) : MatrixKit
{
    private const string Device = "tmr_matrix";

    protected override async Task<IMatrixWorld> OpenWorld()
    {
        var time = new KitTime();
        var far = new ManualTime(time.GetUtcNow());
        var host = await StripeHost.Start(new StripeOptions { Time = far, Readers = [new StripeReader(Device, "窓口1")] });
        var http = ProviderKit.NewHttp();
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = host.Address.AbsoluteUri,
            ["ApiKey"] = StripeAccount.Demo.ApiKey,
            ["WebhookSecret"] = StripeAccount.Demo.WebhookSecret,
            ["Terminal"] = "yes",
        };
        var begun = time.GetUtcNow();
        return new StandInWorld(host.Stripe, host, http, new StripePlugin().Open(new ProviderSetup("stripe-main", values, http, time, Sandbox: true)),
            reference => new PaymentOrder(reference, 300, "card", presentation) { Description = "住民票の写し", Terminal = "T01", Device = Device, ReturnUrl = new Uri("https://pay.example.jp/back"), RequestedAt = begun },
            time.GetUtcNow,
            span => { time.Advance(span); far.Advance(span); }, operations);
    }
}

public sealed class StripeOnlineMatrixTests() : StripeMatrixTests("online", new Dictionary<Asked, ApiOperation[]>
{
    [Asked.Start] = [ApiOperation.CreateSession],
    [Asked.LookUp] = [ApiOperation.GetSession, ApiOperation.ListSessions, ApiOperation.SearchIntents],
    [Asked.Cancel] = [ApiOperation.ExpireSession],
    [Asked.Refund] = [ApiOperation.Refund],
    [Asked.RefundLookUp] = [ApiOperation.ListRefunds],
});

public sealed class StripeTerminalMatrixTests() : StripeMatrixTests("terminal", new Dictionary<Asked, ApiOperation[]>
{
    [Asked.Start] = [ApiOperation.CreateIntent],
    [Asked.LookUp] = [ApiOperation.GetPayment, ApiOperation.ListPayments, ApiOperation.SearchIntents],
    [Asked.Cancel] = [ApiOperation.Cancel],
    [Asked.Refund] = [ApiOperation.Refund],
    [Asked.RefundLookUp] = [ApiOperation.ListRefunds],
});

public sealed class StripeReaderMatrixTests() : StripeMatrixTests("terminal", new Dictionary<Asked, ApiOperation[]>
{
    [Asked.Start] = [ApiOperation.ProcessIntent],
    [Asked.LookUp] = [ApiOperation.GetPayment, ApiOperation.ListPayments, ApiOperation.SearchIntents],
    [Asked.Cancel] = [ApiOperation.CancelAction],
    [Asked.Refund] = [ApiOperation.Refund],
    [Asked.RefundLookUp] = [ApiOperation.ListRefunds],
});
