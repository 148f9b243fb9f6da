using CashlessGateway.Web;

namespace CashlessGateway.Access.Roles;

/// <summary>What somebody is employed for, at one place or at all of them. A person may hold several.</summary>
public enum Role
{
    Clerk,
    CounterManager,
    FacilityManager,

    /// <summary>徴収担当.</summary>
    Collector,

    Treasury,
    TreasuryApprover,

    /// <summary>Reads all, changes nothing.</summary>
    Auditor,

    /// <summary>People and settings, no money.</summary>
    Admin,
}

/// <summary>
/// 命令機関と出納機関: whoever orders money to move is of another office than whoever lets it go. Two people of one office know each other's
/// mistakes too well.
/// </summary>
public enum Office
{
    Executive,
    Treasury,
}

public static class RoleWords
{
    public static Words Name(this Role role) => role switch
    {
        Role.Clerk => new("窓口担当", "clerk"),
        Role.CounterManager => new("窓口責任者", "counter manager"),
        Role.FacilityManager => new("施設責任者", "facility manager"),
        Role.Collector => new("徴収担当", "collector"),
        Role.Treasury => new("会計担当", "treasury"),
        Role.TreasuryApprover => new("会計承認者", "treasury approver"),
        Role.Auditor => new("監査", "auditor"),
        Role.Admin => new("管理者", "administrator"),
    };

    public static Office Office(this Role role) => role switch
    {
        Role.Treasury or Role.TreasuryApprover => Roles.Office.Treasury,
        Role.Clerk or Role.CounterManager or Role.FacilityManager or Role.Collector or Role.Auditor or Role.Admin => Roles.Office.Executive,
    };

    public static Words Name(this Office office) => office switch
    {
        Roles.Office.Executive => new("命令機関（窓口・施設・管理）", "the ordering side (counters, facilities, administration)"),
        Roles.Office.Treasury => new("出納機関（会計）", "the treasury"),
    };
}
