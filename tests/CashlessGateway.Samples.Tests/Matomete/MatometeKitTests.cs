using CashlessGateway.Providers.Tests.Kit;
using Matomete;

namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>The sample keeps what every adapter promises.</summary>
public sealed class MatometeKitTests : ProviderKit
{
    protected override IProviderPlugin Plugin => new MatometePlugin();

    protected override IReadOnlyList<string> RequiredSettings => ["BaseUrl", "ApiKey", "NoticeSecret"];

    /// <summary>The customer's code is no setting, and is told as little.</summary>
    protected override IReadOnlyList<string> Secrets => [MatometeWorld.ApiKey, MatometeWorld.NoticeSecret, MatometeWorld.SomeCode];

    protected override PaymentOrder Order => MatometeWorld.Order(Time, MatometeWorld.SomeCode);

    protected override string? Handle => MatometeSays.ChargeId;

    protected override StubAnswer NotKnown => MatometeSays.Refused(404, "charge_not_found");

    protected override StubAnswer RefundNotKnown => MatometeSays.Refused(404, "refund_not_found");

    protected override IReadOnlyDictionary<string, string> Settings(Uri address) => MatometeWorld.Settings(address);

    protected override StubAnswer Started(PaymentOrder order) => MatometeSays.Charge(order.Reference, "waiting", order.Amount);

    protected override StubAnswer Taken(string reference, long amount, string currency, DateTimeOffset at) => MatometeSays.Charge(reference, "captured", amount, currency, at);

    protected override StubAnswer Refunded(RefundOrder order) => MatometeSays.Refund(order.Reference, "done", order.Amount);
}
