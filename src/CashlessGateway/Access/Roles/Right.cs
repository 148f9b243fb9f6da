using CashlessGateway.Web;

namespace CashlessGateway.Access.Roles;

/// <summary>One thing that a page or an action asks for. Who has it says <see cref="RoleRights"/>.</summary>
public enum Right
{
    SeeMoney,
    TakeMoney,
    OrderRefunds,
    ResolvePayments,
    CloseForOthers,
    SeeBooks,
    KeepBooks,
    ApproveMoney,
    SeeAudit,
    SeeSettings,
    ManagePeople,
    ManagePlaces,
    ManageClients,
    ManageWebhooks,
    StopPayments,
    SeeProposals,
    ApproveAccess,
    ManageFees,
    ApproveFees,
}

/// <summary>What a right touches. What is refused together is decided from here, not from names of roles.</summary>
public enum RightKind
{
    /// <summary>Looks on.</summary>
    Reads,

    /// <summary>Moves money, or lets others move it.</summary>
    ChangesMoney,

    /// <summary>Changes who and what may do something.</summary>
    ChangesSettings,
}

public static class RightWords
{
    public static Words Name(this Right right) => right switch
    {
        Right.SeeMoney => new("請求・決済・日計を見る", "see receivables, payments and day sheets"),
        Right.TakeMoney => new("収納する（開局・会計・精算）", "take money (open, sell, close)"),
        Right.OrderRefunds => new("返金を申請する", "order refunds"),
        Right.ResolvePayments => new("結果不明の決済に所見を出す", "find on payments in doubt"),
        Right.CloseForOthers => new("ほかの人の開局を締める", "close somebody else's session"),
        Right.SeeBooks => new("仕訳・残高・差異を見る", "see the journal, balances and differences"),
        Right.KeepBooks => new("精算明細・入金・差異を処理する", "work on settlements, deposits and differences"),
        Right.ApproveMoney => new("お金の申請を承認する", "approve what moves money"),
        Right.SeeAudit => new("操作の記録を見る", "see the audit trail"),
        Right.SeeSettings => new("職員・収納場所・鍵・送り先を見る", "see people, places, keys and endpoints"),
        Right.ManagePeople => new("職員・役割・任命を扱う", "manage people, roles and appointments"),
        Right.ManagePlaces => new("収納場所・端末を扱う", "manage places and terminals"),
        Right.ManageClients => new("APIクライアントと鍵を扱う", "manage API clients and keys"),
        Right.ManageWebhooks => new("通知の送信を扱う", "manage webhook deliveries"),
        Right.StopPayments => new("支払い方法を止める・再開する", "stop ways to pay and let them go on"),
        Right.SeeProposals => new("申請を見る", "see proposals"),
        Right.ApproveAccess => new("役割と鍵の申請を承認する", "approve roles and keys"),
        Right.ManageFees => new("料金表と減免区分の変更を申請する", "propose changes of fees and of grounds of reductions"),
        Right.ApproveFees => new("料金表と減免区分の変更を承認する", "approve changes of fees and of grounds of reductions"),
    };

    public static RightKind Kind(this Right right) => right switch
    {
        Right.SeeMoney or Right.SeeBooks or Right.SeeAudit or Right.SeeSettings or Right.SeeProposals => RightKind.Reads,
        Right.TakeMoney or Right.OrderRefunds or Right.ResolvePayments or Right.CloseForOthers or Right.KeepBooks or Right.ApproveMoney => RightKind.ChangesMoney,
        Right.ManagePeople or Right.ManagePlaces or Right.ManageClients or Right.ManageWebhooks or Right.StopPayments or Right.ApproveAccess or Right.ManageFees or Right.ApproveFees => RightKind.ChangesSettings,
    };

    /// <summary>Who holds it decides on what others ask for; such a role is itself given by two.</summary>
    public static bool Approves(this Right right) => right is Right.ApproveMoney or Right.ApproveAccess or Right.ApproveFees;
}
