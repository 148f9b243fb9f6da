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

/// <summary>手数料・使用料: a priced thing.</summary>
public sealed record FeeItem
{
    public string Code { get; init; } = "";
    public string Name { get; init; } = "";
    public string Kana { get; init; } = "";
    public string RevenueAccount { get; init; } = "";
    public string TaxClass { get; init; } = "";
    public string Methods { get; init; } = "";
    public string Section { get; init; } = "";
    public string Places { get; init; } = "";
    public Yen UnitAmount { get; init; }
    public BusinessDate ValidFrom { get; init; }
    public BusinessDate? ValidTo { get; init; }

    public IReadOnlyList<string> MethodList => Methods.Split('|', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>'*counter' and '*facility' stand for all of that kind, '*' for all places.</summary>
    public bool IsChargedAt(string place, string kind)
    {
        var places = Places.Split('|');
        return places.Contains("*") || places.Contains("*" + kind) || places.Contains(place);
    }
}
