using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/items/{id}: one item, what it was, is and will be, and the forms that propose a change.</summary>
[Needs(Right.SeeProposals)]
public sealed class FeeItemScreen(ProposeFees proposing, Proposals proposals, Database database, Clock clock) : ItemScreen
{
    protected override Words Name => Shown is { } item ? new($"{item.Name}（料金表）", $"{item.Name}, fees") : new("料金表", "Fees");

    public override Words? DoneWords => Done == "proposed" ? Proposed : null;

    public string Code => RouteData.Values["id"] as string ?? "";

    public IReadOnlyList<FeeItem> Versions { get; private set; } = [];
    public FeeItem? Shown { get; private set; }
    public bool IsAskedFor { get; private set; }

    public BusinessDate Tomorrow => Today.AddDays(1);

    public bool MayChange => MayPropose && Versions.Count > 0 && (Versions[^1].ValidTo is not { } end || end > Today);

    public async Task<IActionResult> OnGet()
    {
        await Load();
        return Shown is null ? NotFound() : Page();
    }

    /// <summary>Newest first, each with what it changed.</summary>
    public IEnumerable<(FeeItem Version, IReadOnlyList<(string Column, string? Before, string? After)> Differences)> History =>
        Versions.Index().Select(version => (version.Item, version.Index == 0 ? [] : FeeDifferences.Between(Versions[version.Index - 1].Content, version.Item.Content))).Reverse();

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostPrice()
    {
        await ReadForm();
        await Load();
        var (price, from, reason) = (new Yen(Form.Number("unitAmount", 0, FeeFields.MostYen) ?? 0), Form.Date("validFrom", required: true) ?? default, Form.Text("reason", 300));
        if (Shown is not { } item) return NotFound();
        // Whatever else is planned for that day stays as planned.
        return await Propose(FeeChange.Of(Code, from, (FeeTimeline.On(Versions, from) ?? item).Content with { UnitAmount = price }), reason);
    }

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostContent()
    {
        await ReadForm();
        await Load();
        var from = Form.Date("validFrom", required: true) ?? default;
        if (Shown is not { } item || !BusinessDate.TryParse(Form.Raw("shown"), out var shown) || FeeTimeline.On(Versions, shown) is not { } before) return NotFound();
        var reason = Form.Text("reason", 300);
        var running = (FeeTimeline.On(Versions, from) ?? item).Content;
        var wanted = FeeFields.Content(Form, Facts) with { UnitAmount = before.UnitAmount };
        // What was left as the page showed it is what holds on that day.
        return await Propose(FeeChange.Of(Code, from, wanted.Following(before.Content, running)), reason);
    }

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostEnd()
    {
        await ReadForm();
        await Load();
        if (Shown is null) return NotFound();
        var (lastDay, reason) = (Form.Date("lastDay", required: true) ?? default, Form.Text("reason", 300));
        return await Propose(FeeChange.End(Code, lastDay), reason);
    }

    private async Task<IActionResult> Propose(FeeChange wanted, string? reason)
    {
        if (!Form.Of(wanted).IsOk(out var change, out var problem)) return await Refused(problem, Load);
        return await proposing.Propose(Me, change, reason) is { } refused ? await Refused(refused, Load) : Finished("proposed");
    }

    private async Task Load()
    {
        Today = clock.Today();
        Versions = (await database.Read(reader => FeeStore.Timelines(reader, Me.Municipality, [Code]), HttpContext.RequestAborted)).GetValueOrDefault(Code, []);
        if (Versions.Count == 0) return;
        Shown = FeeRow.Of(Versions, Today).Shown;
        Base = Shown.Content;
        IsAskedFor = (await proposals.Open(Me.Municipality, HttpContext.RequestAborted)).Any(proposal => proposal.Kind == FeeProposal.Name && proposal.Subject == $"fee:{Code}");
        await LoadFacts(database);
    }
}
