using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>What Square's payments say. A closed set.</summary>
internal abstract record Taken
{
    private Taken() { }

    public sealed record Yes(ProviderAnswer.Captured Money) : Taken;

    /// <summary>Begun, not finished.</summary>
    public sealed record NotYet : Taken;

    public sealed record No : Taken;

    public sealed record Unclear(string Why) : Taken;

    /// <summary>
    /// Of all payments of one reference together. More than one that was taken is told as their sum: it differs from the order, so that
    /// nobody takes it for the payment that was asked for, and every yen of it is written down.
    /// </summary>
    public static Taken Of(IReadOnlyList<(JsonElement Payment, string? PaymentType)> payments)
    {
        if (payments.Any(static payment => payment.Payment.Text("status") is not ("COMPLETED" or "APPROVED" or "PENDING" or "CANCELED" or "FAILED")))
            return new Unclear("Square told a payment status that is not in its documents");

        if (payments.Any(static payment => payment.Payment.Text("status") is "APPROVED" or "PENDING"))
            return new NotYet();

        var taken = payments.Where(static payment => payment.Payment.Text("status") == "COMPLETED").Select(Captured).ToList();
        if (taken.Count == 0)
            return new No();

        return taken.Contains(null) || Sum(taken!) is not { } sum
            ? new Unclear("Square says it is paid, but a number, amount, currency or time cannot be read")
            : new Yes(sum);
    }

    private static ProviderAnswer.Captured? Captured((JsonElement Payment, string? PaymentType) taken)
    {
        var (payment, type) = taken;
        // created_at, since updated_at moves with each refund and the day of the receipt must not.
        return payment.Id("id") is { } id && Money.Of(payment, "total_money") is { Amount: > 0 } money && payment.Instant("created_at") is { } at
            ? new ProviderAnswer.Captured(money.Amount, money.Currency, at, id) { Brand = Brands.Of(payment, type), ApprovalNumber = Approval(payment) }
            : null;
    }

    private static ProviderAnswer.Captured? Sum(List<ProviderAnswer.Captured> taken)
    {
        var first = taken.MinBy(static part => part.At)!;
        var sum = taken.Aggregate(Int128.Zero, static (all, part) => all + part.Amount);
        if (sum > long.MaxValue || taken.Exists(part => part.Currency != first.Currency))
            return null;

        return first with
        {
            Amount = (long)sum,
            At = taken.Max(static part => part.At),
            Brand = taken.TrueForAll(part => part.Brand == first.Brand) ? first.Brand : null,
        };
    }

    /// <summary>承認番号: the issuer's code, at most ten letters and digits.</summary>
    private static string? Approval(JsonElement payment) =>
        payment.Child("card_details")?.Text("auth_result_code") is { Length: > 0 and <= 10 } code && code.All(char.IsAsciiLetterOrDigit) ? code : null;
}
