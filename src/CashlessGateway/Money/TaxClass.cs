namespace CashlessGateway.Money;

/// <summary>Consumption tax. Amounts always include it.</summary>
public enum TaxClass
{
    /// <summary>非課税 (certificate fees by law).</summary>
    Exempt,

    /// <summary>不課税 (taxes themselves, deposits).</summary>
    OutOfScope,

    Taxable10,

    /// <summary>軽減税率.</summary>
    Taxable8,
}

public static class TaxIncluded
{
    /// <summary>The tax inside an amount. Rounded down once per rate and receipt, as an invoice does (適格請求書: one rounding per rate).</summary>
    public static Yen In(Yen amount, TaxClass taxClass) => taxClass switch
    {
        TaxClass.Exempt or TaxClass.OutOfScope => Yen.Zero,
        TaxClass.Taxable10 => new Yen(amount.Value * 10 / 110),
        TaxClass.Taxable8 => new Yen(amount.Value * 8 / 108),
    };

    public static Yen In(IEnumerable<(Yen Amount, TaxClass Class)> lines) =>
        Yen.Sum(lines.GroupBy(line => line.Class).Select(rate => In(Yen.Sum(rate.Select(line => line.Amount)), rate.Key)));
}
