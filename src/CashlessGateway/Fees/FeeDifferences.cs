using System.Globalization;

namespace CashlessGateway.Fees;

/// <summary>What changes, by column, as people read it: the same on the page, in a proposal and in the trail. Pure.</summary>
public static class FeeDifferences
{
    /// <param name="before">Null for what is new.</param>
    public static IReadOnlyList<(string Column, string? Before, string? After)> Between(FeeContent? before, FeeContent after) => Between(before is null ? null : Values(before), Values(after));

    public static IReadOnlyList<(string Column, string? Before, string? After)> Between(Ground? before, Ground after) => Between(before is null ? null : Values(before), Values(after));

    public static IReadOnlyList<(string Column, string? Value)> Values(FeeContent content) =>
    [
        ("name", content.Name), ("kana", content.Kana), ("unitAmount", content.UnitAmount.ToString()), ("stepPeople", content.StepPeople?.ToString(CultureInfo.InvariantCulture)),
        ("revenueAccount", content.RevenueAccount), ("taxClass", content.TaxClass), ("methods", content.Methods), ("section", content.Section), ("places", content.Places),
    ];

    public static IReadOnlyList<(string Column, string? Value)> Values(Ground ground) =>
    [
        ("name", ground.Name), ("article", ground.Article), ("kind", ground.Kind), ("rate", ground.Rate?.ToString(CultureInfo.InvariantCulture)), ("fees", ground.Fees),
        ("decisionRequired", ground.DecisionRequired == 0 ? null : "1"), ("stamp", ground.Stamp), ("validFrom", ground.ValidFrom.ToString()), ("validTo", ground.ValidTo?.ToString()),
    ];

    private static List<(string, string?, string?)> Between(IReadOnlyList<(string Column, string? Value)>? before, IReadOnlyList<(string Column, string? Value)> after) =>
        [.. after.Index().Select(value => (value.Item.Column, Before: before?[value.Index].Value, After: value.Item.Value)).Where(static value => value.Before != value.After)];
}
