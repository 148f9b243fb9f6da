using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>What a provider was designated as.</summary>
public enum DesignationKind
{
    /// <summary>指定納付受託者 (地方自治法 231条の2の3): entrusted by the payer.</summary>
    PaymentTrustee,

    /// <summary>指定公金事務取扱者 (地方自治法 243条の2): entrusted by the city.</summary>
    PublicMoneyAgent,
}

/// <summary>One line of the 指定台帳.</summary>
/// <param name="Account">The revenue account's code; <see cref="AllRevenue"/> for all of them.</param>
/// <param name="NoticeNumber">告示番号.</param>
public sealed record Designation(string Id, string Provider, DesignationKind Kind, string Account, string NoticeNumber, BusinessDate NoticeDate, BusinessDate ValidFrom, BusinessDate? ValidTo)
{
    public const string AllRevenue = "*";

    /// <summary>A council's next session and a notice take this long.</summary>
    public const int WarnedDaysBefore = 60;

    public bool Covers(string account, BusinessDate day) => (Account == AllRevenue || Account == account) && HoldsOn(day);

    public bool HoldsOn(BusinessDate day) => day >= ValidFrom && (ValidTo is not { } end || day <= end);

    /// <summary>It ends soon, and no other one of the same contract and revenue goes on after it.</summary>
    public bool EndsSoon(BusinessDate today, IEnumerable<Designation> all) =>
        ValidTo is { } end && HoldsOn(today) && end < today.AddDays(WarnedDaysBefore)
        && !all.Any(other => other.Id != Id && other.Provider == Provider && other.Covers(Account, end.AddDays(1)));
}

public static class DesignationWords
{
    public static Words Name(this DesignationKind kind) => kind switch
    {
        DesignationKind.PaymentTrustee => new("指定納付受託者", "designated payment trustee"),
        DesignationKind.PublicMoneyAgent => new("指定公金事務取扱者", "designated agent for public money"),
    };
}
