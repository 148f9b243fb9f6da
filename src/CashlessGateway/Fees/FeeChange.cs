using CashlessGateway.Money;

namespace CashlessGateway.Fees;

public enum FeeAction
{
    Add,
    Change,
    End,
}

/// <summary>One change of one item.</summary>
/// <param name="Day">The first day of what is added or changed; the last day of what is ended.</param>
/// <param name="Content">Null for an end.</param>
public sealed record FeeChange(FeeAction Action, string Fee, BusinessDate Day, FeeContent? Content)
{
    public static FeeChange Add(string fee, BusinessDate from, FeeContent content) => new(FeeAction.Add, fee, from, content);

    public static FeeChange Of(string fee, BusinessDate from, FeeContent content) => new(FeeAction.Change, fee, from, content);

    public static FeeChange End(string fee, BusinessDate lastDay) => new(FeeAction.End, fee, lastDay, null);
}
