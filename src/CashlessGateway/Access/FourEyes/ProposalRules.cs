using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Access.FourEyes;

/// <summary>Who may propose, and who may decide. Pure; what only the database knows is handed in.</summary>
public static class ProposalRules
{
    /// <summary>An answer that took a month is an answer to another question.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromDays(30);

    /// <summary>The office that asks, or why nobody may ask like this.</summary>
    public static Result<Office?> MayPropose(ProposalKind kind, StaffMember by, string? place)
    {
        if (!by.May(kind.Proposes, place)) return NotAllowed(kind);
        var offices = by.Rights.OfficesOf(kind.Proposes, place);
        if (kind.OtherOffice && offices.Count > 1)
            return new Problem(StaffErrors.NotAllowed, new Words("命令機関と出納機関の両方の役割があるため、この申請はできません。どちらか一方の人が申請してください。", "You hold roles of the ordering side and of the treasury, so that nobody could decide as the other one: let somebody of one side ask."));
        return offices.Count == 1 ? offices.First() : (Office?)null;
    }

    /// <summary>Null when they may decide.</summary>
    /// <param name="samePerson">Another login of whoever asked counts as them.</param>
    public static Problem? MayDecide(ProposalKind kind, Proposal proposal, StaffMember by, bool samePerson, Instant now)
    {
        if (!by.May(kind.Approves, proposal.Place)) return NotAllowed(kind);
        if (samePerson || proposal.ProposedBy == by.Principal) return new Problem(Errors.SamePrincipal, new Words("申請した人は決裁できません。ほかの人に頼んでください。", "Whoever asked does not decide: ask somebody else."));
        if (kind.Concerns(proposal).Contains(by.Person)) return new Problem(Errors.SamePrincipal, new Words("自分に関わる申請は決裁できません。", "Nobody decides on what is about themselves."));
        if (kind.OtherOffice && !by.Rights.OfficesOf(kind.Approves, proposal.Place).Any(office => office != proposal.Office))
            return new Problem(StaffErrors.NotAllowed, new Words("申請した側とは別の機関（命令機関と出納機関）の人が決裁してください。", "Somebody of the other office must decide: the ordering side asks, the treasury decides, or the reverse."));
        return proposal.ProposedAt.Plus(OpenFor) <= now
            ? new Problem(StaffErrors.ProposalDecided, new Words($"申請から{OpenFor.Days}日を過ぎています。申請し直してください。", $"It is older than {OpenFor.Days} days: ask anew."))
            : null;
    }

    /// <summary>Does one person suffice?</summary>
    /// <param name="from">The sum from which on it takes two; 0 for always.</param>
    public static bool IsForOne(ProposalKind kind, Yen? amount, Yen from) => kind.HasLimit && amount is { } sum && sum < from;

    private static Problem NotAllowed(ProposalKind kind) => new(StaffErrors.NotAllowed, new Words($"「{kind.Words.Ja}」を扱う役割がありません。", $"None of your roles deals with {kind.Words.En} here."));
}
