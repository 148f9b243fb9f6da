using CashlessGateway.Providers;
using CashlessGateway.Providers.Tests.Kit;

namespace Ichi;

public sealed class IchiKitTests : ProviderKit
{
    protected override IProviderPlugin Plugin => new IchiPlugin();
    protected override IReadOnlyList<string> RequiredSettings => ["BaseUrl", "Token"];
    protected override IReadOnlyList<string> Secrets => ["ichi_secret_1"];
    protected override PaymentOrder Order => new("pay_0001", 300, "qr", "merchantCode") { RequestedAt = Time.GetUtcNow() };
    protected override string? Handle => null;
    protected override StubAnswer NotKnown => StubAnswer.Json(404, """{"error":"no_such_charge"}""");

    protected override IReadOnlyDictionary<string, string> Settings(Uri address) =>
        new Dictionary<string, string> { ["BaseUrl"] = address.AbsoluteUri, ["Token"] = "ichi_secret_1" };

    protected override StubAnswer Started(PaymentOrder order) =>
        StubAnswer.Json(201, """{"code":"https://ichi.example/c/1","expires_at":"2026-11-21T10:05:00Z"}""");

    protected override StubAnswer Taken(string reference, long amount, string currency, DateTimeOffset at) =>
        StubAnswer.Json(200, $$"""{"state":"paid","amount":{{amount}},"currency":"{{currency}}","paid_at":"{{at:O}}","id":"ch_1"}""");
}
