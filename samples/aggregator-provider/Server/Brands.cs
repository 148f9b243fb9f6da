namespace MatometeServer;

/// <summary>An app's company: how its codes begin, and what it lets go back.</summary>
/// <param name="Word">On the wire.</param>
/// <param name="Name">On the page.</param>
/// <param name="Prefix">Of its codes.</param>
/// <param name="Length">Of its codes.</param>
/// <param name="Refunds">Anything at all.</param>
/// <param name="Partial">Less than the whole, and more than once.</param>
/// <param name="RefundDays">Counted from the capture.</param>
/// <param name="RefundTakes">Until the money is back in the app.</param>
internal sealed record Brand(string Word, string Name, string Prefix, int Length, bool Refunds, bool Partial, int RefundDays, TimeSpan RefundTakes)
{
    public static readonly IReadOnlyList<Brand> All =
    [
        new("PAYPAY", "PayPay", "9000818188", 24, true, true, 365, TimeSpan.Zero),
        new("DBARAI", "d払い", "90000002", 22, true, true, 180, TimeSpan.Zero),
        new("AUPAY", "au PAY", "31589921", 19, true, true, 180, TimeSpan.Zero),
        new("MERPAY", "メルペイ", "31589900", 19, true, false, 180, TimeSpan.FromMinutes(1)),
        new("RAKUTENPAY", "楽天ペイ", "900001", 16, true, false, 60, TimeSpan.Zero),
        // A beginning that no table of the gateway knows: only the aggregator can tell whose it is.
        new("JCOIN", "J-Coin Pay", "880077", 22, false, false, 0, TimeSpan.Zero),
    ];

    public static Brand? Find(string? word) => All.FirstOrDefault(brand => brand.Word == word);
}
