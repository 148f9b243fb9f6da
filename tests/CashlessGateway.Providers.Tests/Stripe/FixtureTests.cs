using CashlessGateway.Providers.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>Stripe's own examples of its objects can be read, whole and with ids only.</summary>
public sealed class FixtureTests
{
    [Fact]
    public void A_page()
    {
        var session = Session.Read(Fixture.Object("checkout.session"))!;
        Assert.Equal(("open", "unpaid", true), (session.Status, session.PaymentStatus, session.IntentIsUntold));
        Assert.StartsWith("https://checkout.stripe.com/", session.Url, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payment()
    {
        var intent = Intent.Read(Fixture.Object("payment_intent"))!;
        Assert.Equal(("requires_payment_method", 1099, 0, "usd"), (intent.Status, intent.Amount, intent.AmountReceived, intent.Currency));
        Assert.Null(intent.Charge);
    }

    [Fact]
    public void A_charge() => Assert.Equal("visa", Charge.Read(Fixture.Object("charge"))!.Brand);

    [Fact]
    public void A_refund() => Assert.Equal((100, "succeeded"), Refund.Read(Fixture.Object("refund")) is { } refund ? (refund.Amount, refund.Status) : default);

    [Fact]
    public void A_dispute() => Assert.Equal(
        (1000, "warning_needs_response", DateTimeOffset.FromUnixTimeSeconds(1_723_679_999)),
        DisputeOfStripe.Read(Fixture.Object("dispute")) is { } dispute ? (dispute.Amount, dispute.Status, dispute.DueBy!.Value) : default);

    [Fact]
    public void A_line_of_the_balance() => Assert.Equal((100, 0, 100, "charge"), BalanceTransaction.Read(Fixture.Object("balance_transaction")) is { } line ? (line.Amount, line.Fee, line.Net, line.Category) : default);

    [Fact]
    public void A_payout() => Assert.Equal((1100, "in_transit"), PayoutOfStripe.Read(Fixture.Object("payout")) is { } payout ? (payout.Amount, payout.Status) : default);

    [Fact]
    public void A_reader_that_does_something_else()
    {
        var reader = Reader.Read(Fixture.Object("terminal.reader"))!;
        Assert.Equal("refund_payment", reader.Action!.Type);
        Assert.Null(reader.With(StripeSays.Intent));
    }
}
