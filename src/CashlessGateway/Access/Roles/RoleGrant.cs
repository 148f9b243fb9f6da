using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access.Roles;

/// <summary>A role of one person, from a day to a day, both included.</summary>
/// <param name="Place">Null for all places.</param>
public sealed record RoleGrant(string Id, string Person, Role Role, string? Place, BusinessDate ValidFrom, BusinessDate? ValidTo)
{
    public Instant GrantedAt { get; init; }
    public string GrantedBy { get; init; } = "";
    public Instant? EndedAt { get; init; }
    public string? EndedBy { get; init; }

    public bool HoldsOn(BusinessDate day) => Period.Of(this).Contains(day);
}

/// <summary>Days from one to another, both included; without an end while <paramref name="To"/> is null.</summary>
public readonly record struct Period(BusinessDate From, BusinessDate? To)
{
    public static Period Of(RoleGrant grant) => new(grant.ValidFrom, grant.ValidTo);

    public bool Contains(BusinessDate day) => day >= From && (To is not { } end || day <= end);

    /// <summary>What was ended before it began holds on no day, and meets nothing.</summary>
    public bool Meets(Period other) => !IsEmpty && !other.IsEmpty && (To is not { } end || end >= other.From) && (other.To is not { } otherEnd || otherEnd >= From);

    private bool IsEmpty => To is { } end && end < From;
}
