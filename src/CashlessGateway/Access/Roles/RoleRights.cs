using System.Collections.Frozen;

namespace CashlessGateway.Access.Roles;

/// <summary>Which role has which rights: the one table. docs/roles.md prints it, and a test compares.</summary>
public static class RoleRights
{
    private static readonly FrozenDictionary<Role, FrozenSet<Right>> Table = new Dictionary<Role, FrozenSet<Right>>
    {
        [Role.Clerk] = Of(Right.SeeMoney, Right.TakeMoney, Right.OrderRefunds),
        [Role.CounterManager] = Of(Right.SeeMoney, Right.TakeMoney, Right.OrderRefunds, Right.ResolvePayments, Right.CloseForOthers, Right.StopPayments, Right.SeeProposals),
        [Role.FacilityManager] = Of(Right.SeeMoney, Right.TakeMoney, Right.OrderRefunds, Right.ResolvePayments, Right.CloseForOthers, Right.StopPayments, Right.SeeProposals),
        [Role.Collector] = Of(Right.SeeMoney, Right.TakeMoney),
        [Role.Treasury] = Of(Right.SeeMoney, Right.SeeBooks, Right.ResolvePayments, Right.KeepBooks, Right.StopPayments, Right.SeeProposals, Right.ManageFees),
        [Role.TreasuryApprover] = Of(Right.SeeMoney, Right.SeeBooks, Right.ResolvePayments, Right.ApproveMoney, Right.ApproveAccess, Right.SeeProposals, Right.ApproveFees),
        [Role.Auditor] = Of(Right.SeeMoney, Right.SeeBooks, Right.SeeAudit, Right.SeeSettings, Right.SeeProposals),
        [Role.Admin] = Of(Right.SeeAudit, Right.SeeSettings, Right.ManagePeople, Right.ManagePlaces, Right.ManageClients, Right.ManageWebhooks, Right.StopPayments, Right.ApproveAccess, Right.SeeProposals, Right.ManageFees),
    }.ToFrozenDictionary();

    public static IReadOnlySet<Right> Of(Role role) => Table[role];

    public static bool MovesMoney(this Role role) => Table[role].Any(static right => right.Kind() == RightKind.ChangesMoney);

    public static bool Changes(this Role role) => Table[role].Any(static right => right.Kind() != RightKind.Reads);

    /// <summary>Given by two people (<see cref="RoleGrantProposal"/>).</summary>
    public static bool Approves(this Role role) => Table[role].Any(static right => right.Approves());

    private static FrozenSet<Right> Of(params ReadOnlySpan<Right> rights) => rights.ToArray().ToFrozenSet();
}
