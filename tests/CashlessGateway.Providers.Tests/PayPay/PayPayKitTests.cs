using CashlessGateway.Providers.PayPay;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

/// <summary>The adapter keeps what every adapter promises.</summary>
public sealed class PayPayKitTests : ProviderKit
{
    protected override IProviderPlugin Plugin => new PayPayPlugin();

    protected override IReadOnlyList<string> RequiredSettings => ["BaseUrl", "ApiKey", "ApiSecret"];

    protected override IReadOnlyList<string> Secrets => [PayPayWorld.Secret];

    protected override PaymentOrder Order => new(PayPayWorld.Reference, 300, "qr", "merchantCode") { RequestedAt = Time.GetUtcNow() };

    protected override string? Handle => PayPaySays.CodeId;

    protected override StubAnswer NotKnown => PayPaySays.PaymentNotFound;

    protected override StubAnswer RefundNotKnown => PayPaySays.NoSuchRefund;

    protected override IReadOnlyDictionary<string, string> Settings(Uri address) => PayPayWorld.Settings(address);

    protected override StubAnswer Started(PaymentOrder order) => PayPaySays.Code(order.Reference, order.Amount);

    protected override StubAnswer Taken(string reference, long amount, string currency, DateTimeOffset at) =>
        PayPaySays.Details(reference, "COMPLETED", amount, currency, at.ToUnixTimeSeconds());

    protected override StubAnswer Refunded(RefundOrder order) => PayPaySays.Refund(order.Reference, order.Amount);
}
