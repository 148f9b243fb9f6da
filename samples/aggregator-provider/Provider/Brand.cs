using CashlessGateway.Providers;

namespace Matomete;

/// <summary>A payment app behind Matomete, and what its company lets go back.</summary>
/// <param name="Word">As Matomete writes it.</param>
/// <param name="Name">As the gateway's API calls it.</param>
/// <param name="Refunds">Null: nothing goes back through Matomete; the payer gets it by bank transfer.</param>
internal sealed record Brand(string Word, string Name, RefundAbilities? Refunds)
{
    public static readonly IReadOnlyList<Brand> All =
    [
        new("PAYPAY", "paypay", Partly(365)),
        new("DBARAI", "dbarai", Partly(180)),
        new("AUPAY", "aupay", Partly(180)),
        new("MERPAY", "merpay", Whole(180)),
        new("RAKUTENPAY", "rakutenpay", Whole(60)),
        new("JCOIN", "jcoin", null),
    ];

    /// <summary>An app that Matomete took on later: the money is there all the same, and only its name is not known here.</summary>
    private static readonly RefundAbilities OfUnknown = Whole(60);

    public static string? NameOf(string? word) => All.FirstOrDefault(brand => brand.Word == word)?.Name;

    public static RefundAbilities? RefundsOf(string? name) => All.FirstOrDefault(brand => brand.Name == name) is { } brand ? brand.Refunds : OfUnknown;

    private static RefundAbilities Partly(int days) => new(Partial: true, MostPerPayment: 10, capturedAt => capturedAt.AddDays(days));

    private static RefundAbilities Whole(int days) => new(Partial: false, MostPerPayment: 1, capturedAt => capturedAt.AddDays(days));
}
