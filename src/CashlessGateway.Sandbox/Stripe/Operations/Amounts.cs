using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>What Stripe takes in yen.</summary>
internal static class Amounts
{
    public const long Highest = 99_999_999;

    private const long Lowest = 50;

    public static StripeError? Problem(long amount, string param) => amount switch
    {
        < Lowest => StripeError.TooSmall(param),
        > Highest => StripeError.TooLarge(param),
        _ => null,
    };
}
