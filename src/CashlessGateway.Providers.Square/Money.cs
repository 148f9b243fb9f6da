using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>Square's Money: whole units of the currency, for JPY yen.</summary>
internal readonly record struct Money(long Amount, string Currency)
{
    private const int CurrencyLetters = 3;

    /// <summary>Null when it is not there as documented.</summary>
    public static Money? Of(JsonElement element, string name) =>
        element.Child(name) is { } money
        && money.Whole("amount") is { } amount
        // The reference of payouts says currency, its examples say currency_code.
        && (money.Text("currency") ?? money.Text("currency_code")) is { Length: CurrencyLetters } currency
        && currency.All(char.IsAsciiLetterUpper)
            ? new Money(amount, currency)
            : null;
}
