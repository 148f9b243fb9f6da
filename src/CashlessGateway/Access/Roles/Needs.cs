namespace CashlessGateway.Access.Roles;

/// <summary>Whoever opens this page, or sends this form, needs this right somewhere; at which place is asked for by the page itself, which knows what it shows.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Right right, params Right[] or) : Attribute
{
    public Right Right { get; } = right;

    /// <summary>Rights of others who may do the same.</summary>
    public IReadOnlyList<Right> Or { get; } = or;

    public bool IsMetBy(StaffMember staff) => staff.May(Right) || Or.Any(staff.May);
}

/// <summary>Open to everybody who reaches the port, on purpose.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToAllAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}

/// <summary>Open to everybody who has signed in, whatever their role.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInOnlyAttribute : Attribute;
