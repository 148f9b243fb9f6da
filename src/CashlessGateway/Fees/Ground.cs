using System.Text.Json.Serialization;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

public enum GroundKind
{
    /// <summary>免除.</summary>
    Exempt,

    /// <summary>減額.</summary>
    Reduce,
}

/// <summary>減免区分: by which law or ordinance something is free or cheaper, in a period.</summary>
public sealed record Ground
{
    public const string AllFees = "*";

    public string Code { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>根拠: the article of the law, ordinance or rule.</summary>
    public string Article { get; init; } = "";

    public string Kind { get; init; } = "";

    /// <summary>Percent; null of a reduction whose rate is decided case by case.</summary>
    public int? Rate { get; init; }

    /// <summary>Codes of items joined by '|', or '*' for all, lines on an account included.</summary>
    public string Fees { get; init; } = AllFees;

    public long DecisionRequired { get; init; }

    /// <summary>用途印: what is stamped on a certificate that was free for one purpose.</summary>
    public string? Stamp { get; init; }

    public int Position { get; init; }
    public BusinessDate ValidFrom { get; init; }
    public BusinessDate? ValidTo { get; init; }

    [JsonIgnore]
    public GroundKind Way => Names.Parse<GroundKind>(Kind);

    [JsonIgnore]
    public IReadOnlyList<string> FeeList => Fees.Split(FeeItem.Separator, StringSplitOptions.RemoveEmptyEntries);

    public bool HoldsOn(BusinessDate day) => ValidFrom <= day && (ValidTo is not { } last || last >= day);

    /// <param name="fee">Null for a line on an account.</param>
    public bool Covers(string? fee) => Fees == AllFees || (fee is not null && FeeList.Contains(fee, StringComparer.Ordinal));
}

/// <summary>One change of one ground: it is added, or it ends. What changes ends and begins anew.</summary>
/// <param name="LastDay">Null when it is added.</param>
public sealed record GroundChange(Ground Ground, BusinessDate? LastDay)
{
    public static GroundChange Add(Ground ground) => new(ground, null);

    public static GroundChange End(Ground ground, BusinessDate lastDay) => new(ground, lastDay);
}

/// <summary>Which grounds may be added and ended, by day. Pure.</summary>
public static class GroundRules
{
    public static Problem? MayAdd(IEnumerable<Ground> ofItsCode, Ground ground, BusinessDate today)
    {
        if (ground.ValidFrom < today) return Wrong("validFrom", "out-of-range", new($"始まりの日は今日（{today}）以後にしてください。", $"The first day must be today ({today}) or later."));
        if (ground.ValidTo < ground.ValidFrom) return Wrong("validTo", "out-of-range", new("終わりの日は始まりの日以後にしてください。", "The last day must not lie before the first."));
        return ofItsCode.FirstOrDefault(other => (other.ValidTo is not { } end || end >= ground.ValidFrom) && (ground.ValidTo is not { } last || last >= other.ValidFrom)) is { } other
            ? Wrong("code", "in-use", new($"減免区分 {ground.Code} はその期間にもうあります（{other.ValidFrom}〜{other.ValidTo}）。", $"There is a ground {ground.Code} in that time already ({other.ValidFrom}–{other.ValidTo})."))
            : null;
    }

    public static Problem? MayEnd(Ground ground, BusinessDate lastDay, BusinessDate today)
    {
        if (lastDay < today) return Wrong("lastDay", "out-of-range", new($"終わりの日は今日（{today}）以後にしてください。", $"The last day must be today ({today}) or later."));
        if (lastDay < ground.ValidFrom) return Wrong("lastDay", "out-of-range", new($"終わりの日は始まりの日（{ground.ValidFrom}）以後にしてください。", $"The last day must not lie before the first ({ground.ValidFrom})."));
        return ground.ValidTo is { } end && end <= lastDay
            ? Wrong("lastDay", "out-of-range", new($"もう {end} で終わることになっています。", $"It ends on {end} already."))
            : null;
    }

    private static Problem Wrong(string field, string code, Words detail) => Problem.At(Errors.Invalid, "?" + field, code, detail);
}
