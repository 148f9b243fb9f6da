using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Access.Admin;

/// <summary>GET /admin: what waits, and the way to everything else.</summary>
[Needs(Right.SeeProposals)]
public sealed class OverviewScreen(Proposals proposals) : AdminScreen
{
    protected override Words Name => new("管理", "Administration");

    public override IReadOnlyList<Link> Above => [];

    public int Waiting { get; private set; }

    public IReadOnlyList<(Link Link, Words What)> Cards { get; } =
    [
        (new("/admin/people", new("職員", "People")), new("登録、役割、利用の停止", "Register people, give roles, disable")),
        (new("/admin/appointments", new("任命", "Appointments")), new("出納員・分任出納員・現金取扱員と担当者コード", "Treasurers, deputies, cash handlers and operator codes")),
        (new("/admin/places", new("収納場所", "Places")), new("名前、課、使う期間", "Names, sections, days of use")),
        (new("/admin/terminals", new("端末", "Terminals")), new("レジ、決済端末、券売機", "Tills, readers, kiosks")),
        (new("/admin/clients", new("APIクライアントと鍵", "API clients and keys")), new("発行、更新、失効、接続元", "Issue, rotate, revoke, addresses")),
        (new("/admin/webhooks", new("通知の送り先", "Webhooks")), new("送り先の状態、送信の記録、再送", "Endpoints, deliveries, redeliver")),
        (new("/admin/providers", new("決済事業者", "Providers")), new("契約ごとの状態", "How each contract is doing")),
    ];

    public async Task OnGet() => Waiting = (await proposals.Open(Me.Municipality, HttpContext.RequestAborted)).Count(proposal => Me.May(Right.SeeProposals, proposal.Place));
}
