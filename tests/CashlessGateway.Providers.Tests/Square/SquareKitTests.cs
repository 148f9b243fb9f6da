using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

/// <summary>The adapter keeps what every adapter promises.</summary>
public sealed class SquareKitTests : ProviderKit
{
    protected override IProviderPlugin Plugin => new SquarePlugin();

    protected override IReadOnlyList<string> RequiredSettings => ["BaseUrl", "AccessToken", "LocationId"];

    protected override IReadOnlyList<string> Secrets => [SquareWorld.Token, SquareWorld.SignatureKey];

    protected override PaymentOrder Order => new("pay_kit_000", 300, "card", "terminal") { Terminal = "T01", Device = SquareSays.Device, RequestedAt = Time.GetUtcNow() };

    protected override string? Handle => HandleOf(Order.Reference);

    protected override bool LookUpsNameOurReference => false;   // Square's search knows no reference

    protected override StubAnswer NotKnown => new StubAnswer.ByRequest(request => Answer(request, checkout: SquareSays.NotFound, search: SquareSays.Nothing, payment: SquareSays.NotFound));

    protected override StubAnswer RefundNotKnown => SquareSays.Payment("pay_kit_000", id: "provider-1234567890");

    protected override string? HandleOf(string reference) => $"CHK{reference}";

    protected override IReadOnlyDictionary<string, string> Settings(Uri address) => SquareWorld.Settings(address);

    protected override StubAnswer Started(PaymentOrder order) => SquareSays.Checkout(order.Reference, "PENDING", order.Amount);

    protected override StubAnswer Taken(string reference, long amount, string currency, DateTimeOffset at)
    {
        var (id, payment) = (HandleOf(reference)!, $"PAY{HandleOf(reference)}");
        var checkout = SquareSays.CheckoutJson(reference, "COMPLETED", id: id, more: $"\"payment_ids\":[\"{payment}\"],");
        return new StubAnswer.ByRequest(request => Answer(
            request,
            StubAnswer.Json(200, $$"""{"checkout":{{checkout}} }"""),
            SquareSays.Checkouts(checkout),
            SquareSays.Payment(reference, amount, payment, id, currency: currency, at: at)));
    }

    protected override StubAnswer Refunded(RefundOrder order) => new StubAnswer.ByRequest(request => Reply(
        request.Target.StartsWith("/v2/payments/", StringComparison.Ordinal)
            ? SquareSays.Payment(order.PaymentReference, id: order.ProviderReference, details: $"\"refund_ids\":[\"{SquareSays.RefundId}\"],")
            : SquareSays.Refund(order.Reference, order.Amount, payment: order.ProviderReference)));

    private static StubAnswer.Reply Answer(StubRequest request, StubAnswer checkout, StubAnswer search, StubAnswer payment) => Reply(request.Target.Split('?')[0] switch
    {
        "/v2/terminals/checkouts/search" => search,
        "/v2/payments" => SquareSays.Nothing,
        var path when path.EndsWith("/cancel", StringComparison.Ordinal) => SquareSays.CannotCancel,
        var path when path.StartsWith("/v2/locations/", StringComparison.Ordinal) => SquareSays.OurLocation,
        var path when path.StartsWith("/v2/payments/", StringComparison.Ordinal) => payment,
        _ => checkout,
    });

    private static StubAnswer.Reply Reply(StubAnswer answer) => (StubAnswer.Reply)answer;
}
