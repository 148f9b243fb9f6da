using CashlessGateway.Access.Roles;
using CashlessGateway.Receivables;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>
/// 還付: money that left the city's revenue goes back on the order of the 歳入徴収者's side, and the 会計管理者's side lets it go, whatever the
/// sum. A designated manager's own income is not the city's: there two people of any office suffice.
/// </summary>
public static class Offices
{
    private const string Manager = "manager:";

    /// <summary>Null when this office may do its part.</summary>
    public static Problem? Refuse(Receivable receivable, Office office, Office needed) =>
        office == needed || receivable.MoneyOwner.StartsWith(Manager, StringComparison.Ordinal)
            ? null
            : new Problem(Errors.OtherOffice, needed == Office.Treasury
                ? new Words("市のお金の還付は出納機関（会計）が承認します。会計の担当に頼んでください。", "A refund of the city's money is approved by the treasury.")
                : new Words("市のお金の還付は命令機関（窓口・所管課）が申請します。所管課から申請し直してください。", "A refund of the city's money is ordered by the ordering side (counter, section): let them ask."));
}
