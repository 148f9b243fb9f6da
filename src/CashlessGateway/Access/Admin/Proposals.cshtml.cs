using CashlessGateway.Access.Clients;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/proposals: what waits for a second person, and what became of the rest.</summary>
[Needs(Right.SeeProposals)]
public sealed class ProposalsScreen(Proposals proposals, People people, ManageApiClients clients, Database database, Clock clock) : AdminScreen
{
    protected override Words Name => new("申請", "Proposals");

    public override Words? DoneWords => Done switch
    {
        "approved" => new("承認しました", "Approved"),
        "rejected" => new("差し戻しました", "Rejected"),
        "withdrawn" => new("取り下げました", "Withdrawn"),
        _ => null,
    };

    public IReadOnlyList<Proposal> Open { get; private set; } = [];
    public IReadOnlyList<Proposal> Ended { get; private set; } = [];
    private Dictionary<string, string> People { get; set; } = [];
    private Dictionary<string, string> Clients { get; set; } = [];
    private Dictionary<string, string> Notes { get; set; } = [];

    public ProposalKind KindOf(Proposal proposal) => proposals.KindOf(proposal);

    /// <summary>Why this one cannot decide, or null; the database is asked again when they press.</summary>
    public Problem? Refusal(Proposal proposal) => ProposalRules.MayDecide(KindOf(proposal), proposal, Me, samePerson: false, clock.Now());

    public string Who(string? value) => value switch
    {
        null => "—",
        _ when StaffMember.PersonOf(value) is { } person => People.GetValueOrDefault(person, value),
        _ when value.StartsWith("person:", StringComparison.Ordinal) => People.GetValueOrDefault(value["person:".Length..], value),
        _ when value.StartsWith("client:", StringComparison.Ordinal) => Clients.GetValueOrDefault(value["client:".Length..], value),
        _ => value,
    };

    public string? Said(string? note) => note is null ? null : Notes.GetValueOrDefault(note);

    public Words StateOf(Proposal proposal) => proposal.Status switch
    {
        ProposalState.Open => new("決裁待ち", "open"),
        ProposalState.Approved => new("承認", "approved"),
        ProposalState.Rejected => new("差戻し", "rejected"),
        ProposalState.Withdrawn => new("取下げ", "withdrawn"),
        ProposalState.Expired => new("期限切れ", "expired"),
        ProposalState.Alone => new("1人で実施（限度額未満）", "done by one, below the limit"),
    };

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostApprove() => Decide("approved", (id, version) => proposals.Approve(Me, id, version));

    public async Task<IActionResult> OnPostReject()
    {
        await ReadForm();
        if (!Form.Of(Form.Text("reason", 300, required: true) ?? "").IsOk(out var reason, out var problem)) return await Refused(problem, Load);
        return await Decide("rejected", (id, version) => proposals.Reject(Me, id, version, reason));
    }

    public Task<IActionResult> OnPostWithdraw() => Decide("withdrawn", (id, version) => proposals.Withdraw(Me, id, version));

    private async Task<IActionResult> Decide(string done, Func<string, long, Task<Problem?>> decide)
    {
        await ReadForm();
        if (Row is not { } id || !Ids.IsId(id) || !long.TryParse(Form.Raw("version"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version)) return NotFound();
        return await decide(id, version) is { } refused ? await Refused(refused, Load) : Finished(done);
    }

    private async Task Load()
    {
        var cancellation = HttpContext.RequestAborted;
        Open = (await proposals.Open(Me.Municipality, cancellation)).Where(Visible).ToList();
        Ended = (await proposals.Ended(Me.Municipality, cancellation)).Where(Visible).ToList();
        People = (await people.All(Me.Municipality, cancellation)).ToDictionary(static person => person.Id, static person => person.Name, StringComparer.Ordinal);
        Clients = (await clients.Clients(Me.Municipality, cancellation)).ToDictionary(static client => client.Id, static client => client.Name, StringComparer.Ordinal);
        var notes = Open.Concat(Ended).SelectMany(static proposal => new[] { proposal.Note, proposal.DecisionNote }).OfType<string>().ToList();
        Notes = await database.Read(reader => Ledger.Notes.Words(reader, Me.Municipality, notes), cancellation);
    }

    private bool Visible(Proposal proposal) => Me.May(Right.SeeProposals, proposal.Place);
}
