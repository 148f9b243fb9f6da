namespace CashlessGateway.Providers.Square;

/// <summary>What a Terminal is told to take: Square's payment_type, from our method and brand.</summary>
internal static class PaymentTypes
{
    private const string Ic = "suica";
    private const string Id = "id";
    private const string QuicPay = "quicpay";
    private const string Qr = "qr";
    private const string Card = "card";

    /// <summary>By the names of the setting <c>Payments</c>. 交通系IC goes by the name of its best known card, as everywhere in the API.</summary>
    public static IReadOnlyList<string> All { get; } = [Ic, Id, QuicPay, Qr, Card];

    /// <summary>
    /// What a 交通系IC card can hold: more can never be paid with it, and the Terminal would find out only when the customer stands there.
    /// </summary>
    public const long MostOnIcCard = 20_000;

    /// <summary>Square takes one yen and more in Japan.</summary>
    private const long Lowest = 1;

    /// <summary>
    /// iD and QUICPay have limits by the customer's card, up to about this; the Terminal refuses what is above it. One number for the
    /// whole of e-money, since the brand may be open when a payment begins.
    /// </summary>
    private const long MostEMoney = 50_000;

    /// <summary>The highest limit of the brands behind the one code (PayPay's); others are lower, and refuse in the app.</summary>
    private const long MostQr = 500_000;

    /// <summary>Seven digits are what Square's screens take in Japan.</summary>
    private const long MostCard = 9_999_999;

    public static IReadOnlyList<MethodAbility> Abilities(IReadOnlyList<string> offered)
    {
        var emoney = EMoney(offered);
        return
        [
            .. emoney.Count > 0 ? [new MethodAbility("emoney", "terminal", emoney, Lowest, MostEMoney)] : Array.Empty<MethodAbility>(),
            .. offered.Contains(Qr) ? [new MethodAbility("qr", "terminal", Brands.OfWallets, Lowest, MostQr)] : Array.Empty<MethodAbility>(),
            .. offered.Contains(Card) ? [new MethodAbility("card", "terminal", Brands.OfCards, Lowest, MostCard)] : Array.Empty<MethodAbility>(),
        ];
    }

    /// <summary>Null: not offered.</summary>
    public static string? Of(PaymentOrder order, IReadOnlyList<string> offered) => (order.Presentation, order.Method, order.Brand) switch
    {
        ("terminal", "qr", _) when offered.Contains(Qr) => "QR_CODE",
        ("terminal", "card", _) when offered.Contains(Card) => "CARD_PRESENT",
        ("terminal", "emoney", null) => EMoney(offered) switch
        {
            [] => null,
            [var only] => Word(only),
            _ => "FELICA_ALL",   // the customer chooses at the Terminal
        },
        ("terminal", "emoney", { } brand) when EMoney(offered).Contains(brand) => Word(brand),
        _ => null,
    };

    public static bool IsEMoney(string? paymentType) => paymentType?.StartsWith("FELICA_", StringComparison.Ordinal) == true;

    private static IReadOnlyList<string> EMoney(IReadOnlyList<string> offered) => [.. offered.Where(name => Word(name) is not null)];

    private static string? Word(string brand) => brand switch
    {
        Ic => "FELICA_TRANSPORTATION_GROUP",
        Id => "FELICA_ID",
        QuicPay => "FELICA_QUICPAY",
        _ => null,
    };
}
