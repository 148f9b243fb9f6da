using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>The adapter keeps what every adapter promises, at a reader.</summary>
public sealed class StripeTerminalKitTests : ProviderKit
{
    private const string Details = """{"card_present":{"brand":"jcb","authorization_code":"654321"},"type":"card_present"}""";

    protected override IProviderPlugin Plugin => new StripePlugin();

    protected override IReadOnlyList<string> RequiredSettings => ["BaseUrl", "ApiKey"];

    protected override IReadOnlyList<string> Secrets => [StripeWorld.Key, StripeWorld.Secret];

    protected override PaymentOrder Order => new(StripeWorld.Reference, 300, "card", "terminal") { RequestedAt = Time.GetUtcNow(), Terminal = "T01", Device = StripeSays.Reader };

    protected override string? Handle => $"{StripeSays.Intent}@{StripeSays.Reader}";

    /// <summary>A payment is asked for by the id that Stripe gave it.</summary>
    protected override bool LookUpsNameOurReference => false;

    protected override StubAnswer NotKnown => new StubAnswer.ByRequest(request =>
        request.Target.Contains("/search", StringComparison.Ordinal) ? StripeSays.NothingFound
        : request.Target.Contains("/payment_intents?", StringComparison.Ordinal) ? StripeSays.Empty
        : StripeSays.NoSuchThing);

    protected override StubAnswer RefundNotKnown => StripeSays.Empty;

    protected override string? HandleOf(string reference) => reference.Replace("pay_kit_", "pi_kit_", StringComparison.Ordinal);

    protected override IReadOnlyDictionary<string, string> Settings(Uri address) => StripeWorld.Settings(address);

    protected override StubAnswer Started(PaymentOrder order) => new StubAnswer.ByRequest(request => StripeSays.Reply(
        request.Target.EndsWith("/process_payment_intent", StringComparison.Ordinal) ? StripeSays.ReaderOf(StripeSays.Intent) : StripeSays.IntentOf(order.Reference, amount: order.Amount)));

    protected override StubAnswer Taken(string reference, long amount, string currency, DateTimeOffset at) => new StubAnswer.ByRequest(request =>
    {
        var intent = StripeSays.PaidIntent(reference, amount, currency.ToLowerInvariant(), at, Details);
        return (request.Method, request.Target) switch
        {
            ("POST", _) => StripeSays.UnexpectedState,
            (_, var target) when target.Contains("/terminal/readers/", StringComparison.Ordinal) => StripeSays.Reply(StripeSays.ReaderOf(StripeSays.Intent, "succeeded")),
            (_, var target) when target.Contains("/payment_intents?", StringComparison.Ordinal) => StripeSays.List(intent),
            _ => StripeSays.Reply(intent),
        };
    });

    protected override StubAnswer Refunded(RefundOrder order) => new StubAnswer.ByRequest(request =>
        request.Method == "POST" ? StripeSays.Reply(StripeSays.RefundOf(order.Reference, order.Amount)) : StripeSays.List(StripeSays.RefundOf(order.Reference, order.Amount)));
}
