using CashlessGateway.Access.Roles;

namespace CashlessGateway.Web.Screens;

/// <summary>What stands at the top of every page: what somebody may open, and nothing else.</summary>
public static class Navigation
{
    private static readonly (Link Link, Right? Needs)[] All =
    [
        (new("/counter", new("窓口", "Counter")), Right.TakeMoney),
        (new("/counter/refunds", new("返金", "Refunds")), Right.SeeMoney),
        (new("/counter/session", new("開局・精算", "Drawers")), Right.TakeMoney),
        (new("/counter/day", new("日計表", "Day sheet")), Right.SeeMoney),
        (new("/admin", new("管理", "Administration")), Right.SeeProposals),
        (new("/admin/proposals", new("申請", "Proposals")), Right.SeeProposals),
        (new("/admin/fees", new("料金表", "Fees")), Right.SeeProposals),
        (new("/admin/people", new("職員", "People")), Right.SeeSettings),
        (new("/admin/appointments", new("任命", "Appointments")), Right.SeeSettings),
        (new("/admin/places", new("収納場所", "Places")), Right.SeeSettings),
        (new("/admin/terminals", new("端末", "Terminals")), Right.SeeSettings),
        (new("/admin/clients", new("APIキー", "API keys")), Right.SeeSettings),
        (new("/admin/webhooks", new("通知の送り先", "Webhooks")), Right.SeeSettings),
        (new("/admin/providers", new("決済事業者", "Providers")), Right.SeeSettings),
        (new("/admin/routing", new("停止と指定", "Stops")), Right.SeeProposals),
        (new("/admin/audit", new("操作の記録", "Audit trail")), Right.SeeAudit),
        (new("/tools/slip", new("見本の納付書", "Sample slip")), null),
        (new("/tools/scanner", new("スキャナーを確かめる", "Try a scanner")), null),
    ];

    public static IEnumerable<Link> For(StaffMember? staff) => All.Where(entry => entry.Needs is not { } right || staff?.May(right) == true).Select(static entry => entry.Link);
}
