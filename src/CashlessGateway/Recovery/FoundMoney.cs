using CashlessGateway.Money;
using CashlessGateway.Providers;

namespace CashlessGateway.Recovery;

/// <summary>Money that a provider took (or, below zero, sent back) and that the restored database does not know.</summary>
/// <param name="Object">What it is about, the same each time it is found.</param>
/// <param name="Place">Null where neither call log nor file tells.</param>
/// <param name="Line">Its order in the call log, where that is at hand.</param>
public sealed record FoundMoney(string Municipality, string Instance, string Object, long Amount, string Currency, Instant At, string? Place, CalledLine? Line)
{
    /// <summary>Between a payment's own name and what went back of it.</summary>
    public const string Refund = ":refund:";

    /// <summary>Our reference where there is one; it is the same in the call log and in the provider's list.</summary>
    public static string ObjectOf(string? reference, string instance, string providerReference) =>
        PublicId.Strip(PublicId.Payment, reference) is not null ? reference! : Short($"{instance}:{providerReference}");

    public static FoundMoney Taken(CalledLine line, ProviderAnswer.Captured money, Instant now)
    {
        var at = Instant.From(money.At);
        // A day outside the order's own life would book it to the wrong year.
        return new FoundMoney(line.Municipality, line.Instance, PublicId.Payment + line.Payment, money.Amount, money.Currency, at < line.At ? line.At : at > now ? now : at, line.Place, line);
    }

    public static FoundMoney SentBack(CalledLine line, CalledRefund refund, DateTimeOffset? at, Instant now) =>
        new(line.Municipality, line.Instance, $"{PublicId.Payment}{line.Payment}{Refund}{PublicId.Refund}{refund.Id}", -line.Amount.Value, Payments.OutcomeRules.Yen, at is { } said && Instant.From(said) < now ? Instant.From(said) : now, line.Place, line);

    /// <summary>The column holds 200 letters; a refund's own part comes behind.</summary>
    private static string Short(string text) => text.Length <= 140 ? text : text[..140];
}
