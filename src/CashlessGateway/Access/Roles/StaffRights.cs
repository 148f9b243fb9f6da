using System.Collections.Immutable;
using CashlessGateway.Money;

namespace CashlessGateway.Access.Roles;

/// <summary>What somebody may do on one day, and where. Made from their grants and nothing else.</summary>
public sealed class StaffRights
{
    private readonly ImmutableArray<RoleGrant> _today;

    private StaffRights(ImmutableArray<RoleGrant> today) => _today = today;

    public static StaffRights Of(IEnumerable<RoleGrant> grants, BusinessDate today) => new([.. grants.Where(grant => grant.HoldsOn(today))]);

    public IEnumerable<Role> Roles => _today.Select(static grant => grant.Role).Distinct().Order();

    /// <summary>At some place at least.</summary>
    public bool May(Right right) => With(right).Any();

    public bool MayAnywhere(Right right) => With(right).Any(static grant => grant.Place is null);

    /// <param name="place">Null for what belongs to no place, or to all: it takes a role at all of them.</param>
    public bool May(Right right, string? place) => With(right).Any(grant => grant.Place is null || grant.Place == place);

    /// <summary>Null for all places.</summary>
    public IReadOnlySet<string>? PlacesOf(Right right) => MayAnywhere(right) ? null : With(right).Select(static grant => grant.Place!).ToHashSet(StringComparer.Ordinal);

    /// <summary>The offices for which somebody has a right at a place.</summary>
    public IReadOnlySet<Office> OfficesOf(Right right, string? place) =>
        With(right).Where(grant => grant.Place is null || grant.Place == place).Select(static grant => grant.Role.Office()).ToHashSet();

    private IEnumerable<RoleGrant> With(Right right) => _today.Where(grant => RoleRights.Of(grant.Role).Contains(right));
}
