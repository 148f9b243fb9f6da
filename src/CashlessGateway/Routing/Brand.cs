using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>取消: whether and where a payment can be undone at the terminal, by the brand's own rule.</summary>
public enum UndoRule
{
    /// <summary>As the contract's interfaces say.</summary>
    Provider,

    /// <summary>Only while it is the terminal's last payment and the card was not used since.</summary>
    LastOnTerminal,

    /// <summary>At the same terminal, for some days.</summary>
    SameTerminal,

    /// <summary>Never: cash or a transfer instead.</summary>
    Never,
}

/// <summary>処理未了: what an interrupted payment counts as until there is evidence.</summary>
public enum DoubtRule
{
    /// <summary>The provider answers.</summary>
    Ask,

    NotTaken,

    /// <summary>Counts as taken; it may be taken off later.</summary>
    Taken,

    /// <summary>Evidence may come for months; an inquiry is accepted for some days.</summary>
    MayCome,
}

/// <summary>A brand as payers know it.</summary>
/// <param name="From">First day of new payments; null for long since.</param>
/// <param name="To">Last day of new payments. Refunds go on.</param>
public sealed record Brand(string Code, PaymentMethod Method, Words Name, BusinessDate? From, BusinessDate? To, UndoRule Undo, int? UndoDays, DoubtRule Doubt, int? DoubtDays)
{
    public bool IsOfferedOn(BusinessDate day) => (From is not { } from || day >= from) && (To is not { } to || day <= to);

    /// <summary>What a clerk should know before it is needed (RFN-04).</summary>
    public Words UndoWords => Undo switch
    {
        UndoRule.Provider => new("取消・返金はこの画面から、契約の期限内にできます。", "It is undone or refunded from here, within the contract's time."),
        UndoRule.LastOnTerminal => new("取消は、その端末の最後の取引で、その後カードが使われていないときだけできます。それ以外は口座振込か現金で返します。", "It is undone only as the terminal's last payment and while the card was not used since; otherwise pay back by transfer or cash."),
        UndoRule.SameTerminal => new($"取消は、同じ端末で{UndoDays}日以内にできます。それ以外は口座振込か現金で返します。", $"It is undone at the same terminal within {UndoDays} days; otherwise pay back by transfer or cash."),
        UndoRule.Never => new("取消できません。現金か口座振込で返します。", "It cannot be undone: pay back in cash or by transfer."),
    };

    /// <summary>What a clerk does when a payment was interrupted (PAY-10, PAY-11).</summary>
    public Words DoubtWords => Doubt switch
    {
        DoubtRule.Ask => new("もう一度支払わせないでください。事業者に自動で確認しています。", "Do not let them pay again: the provider is being asked."),
        DoubtRule.NotTaken => new("処理未了は不成立として扱います。端末の処理未了票を保管し、残高照会で確かめてから、あらためて支払ってもらえます。", "An interrupted payment counts as not taken. Keep the terminal's slip, check the balance, then they may pay again."),
        DoubtRule.Taken => new("処理未了は成立として扱います（後で減算されることがあります）。もう一度支払わせないでください。処理未了票を保管します。", "An interrupted payment counts as taken (it may be deducted later). Do not let them pay again; keep the slip."),
        DoubtRule.MayCome => new($"成立したかは数か月分からないことがあります。もう一度支払わせないでください。処理未了票を保管し、{DoubtDays}日以内に調査を依頼します。", $"Whether it was taken may stay open for months. Do not let them pay again; keep the slip and order an inquiry within {DoubtDays} days."),
    };
}
