using CashlessGateway.Money;

namespace CashlessGateway.Fees;

/// <summary>歳入科目: 会計・款・項・目・節・細節.</summary>
public sealed record RevenueAccount
{
    public string Code { get; init; } = "";
    public string Title { get; init; } = "";
    public string YearRule { get; init; } = "";
    public string MoneyOwner { get; init; } = "";
    public long Enterprise { get; init; }

    /// <summary>会計: the first two digits.</summary>
    public string Kaikei => Code[..2];

    /// <summary>歳入歳出外現金 is not in the budget.</summary>
    public bool IsOutsideBudget => MoneyOwner == "outside";

    public YearRule Rule => Storage.Names.Parse<YearRule>(YearRule);
}
