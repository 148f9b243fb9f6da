using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>The adapter keeps what every adapter promises, on Stripe's page.</summary>
public sealed class StripeOnlineKitTests : ProviderKit
{
    protected override IProviderPlugin Plugin => new StripePlugin();

    protected override IReadOnlyList<string> RequiredSettings => ["BaseUrl", "ApiKey"];

    protected override IReadOnlyList<string> Secrets => [StripeWorld.Key, StripeWorld.Secret];

    protected override PaymentOrder Order => new(StripeWorld.Reference, 300, "card", "online") { RequestedAt = Time.GetUtcNow(), ReturnUrl = new Uri("https://city.example.jp/return") };

    protected override string? Handle => StripeSays.Session;

    /// <summary>A page is asked for by the id that Stripe gave it.</summary>
    protected override bool LookUpsNameOurReference => false;

    protected override StubAnswer NotKnown => new StubAnswer.ByRequest(request =>
        request.Target.Contains("/search", StringComparison.Ordinal) ? StripeSays.NothingFound
        : request.Target.Contains("/sessions?", StringComparison.Ordinal) ? StripeSays.Empty
        : StripeSays.NoSuchThing);

    protected override StubAnswer RefundNotKnown => StripeSays.Empty;

    protected override string? HandleOf(string reference) => reference.Replace("pay_kit_", "cs_test_", StringComparison.Ordinal);

    protected override IReadOnlyDictionary<string, string> Settings(Uri address) => StripeWorld.Settings(address);

    protected override StubAnswer Started(PaymentOrder order) => StripeSays.Reply(StripeSays.OpenSession(order.Reference, order.Amount));

    protected override StubAnswer Taken(string reference, long amount, string currency, DateTimeOffset at) => new StubAnswer.ByRequest(request =>
    {
        var session = StripeSays.SessionOf(reference, "complete", "paid", amount, currency, StripeSays.PaidIntent(reference, amount, currency.ToLowerInvariant(), at));
        return (request.Method, request.Target.Contains("/sessions?", StringComparison.Ordinal)) switch
        {
            ("POST", _) => StripeSays.NotOpen,
            (_, true) => StripeSays.List(session),
            _ => StripeSays.Reply(session),
        };
    });

    protected override StubAnswer Refunded(RefundOrder order) => new StubAnswer.ByRequest(request =>
        request.Method == "POST" ? StripeSays.Reply(StripeSays.RefundOf(order.Reference, order.Amount)) : StripeSays.List(StripeSays.RefundOf(order.Reference, order.Amount)));
}
