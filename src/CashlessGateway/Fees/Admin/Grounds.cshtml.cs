using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/grounds: by which law or ordinance something is free or cheaper.</summary>
[Needs(Right.SeeProposals)]
public sealed class GroundsScreen(ProposeFees proposing, Database database, Clock clock) : FeeScreen
{
    /// <summary>The form that adds one.</summary>
    public const string NewRow = "new";

    protected override Words Name => new("減免区分", "Grounds of reductions");

    public override Words? DoneWords => Done == "proposed" ? Proposed : null;

    public BusinessDate Today { get; private set; }
    public IReadOnlyList<Ground> All { get; private set; } = [];
    private IReadOnlyDictionary<string, string> FeeNames { get; set; } = new Dictionary<string, string>();
    private CatalogueFacts Facts { get; set; } = new(new HashSet<string>(), new HashSet<string>(), new HashSet<string>());

    public IReadOnlyList<(string Value, string Name)> KindOptions => [.. Enum.GetValues<GroundKind>().Select(kind => (Names.Of(kind), Say(kind.Name())))];

    public IReadOnlyList<(string Value, string Name)> DecisionOptions => [("0", Say("要らない", "not required")), ("1", Say("要る", "required"))];

    public string RowOf(Ground ground) => $"{ground.Code}/{ground.ValidFrom}";

    public string What(Ground ground) => ground.Way == GroundKind.Exempt ? Say("免除", "exempt") : ground.Rate is { } rate ? Say($"{rate}%減額", $"{rate}% off") : Say("減額（率は決定による）", "reduced as decided");

    public string FeesOf(Ground ground) => ground.Fees == Ground.AllFees ? Say("すべて", "all") : string.Join(Say("、", ", "), ground.FeeList.Select(code => FeeNames.GetValueOrDefault(code, code)));

    public Task OnGet() => Load();

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostAdd()
    {
        await ReadForm();
        await Load();
        var (ground, reason) = (FeeFields.Ground(Form, Facts), Form.Text("reason", 300));
        return await Propose(GroundChange.Add(ground), reason);
    }

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostEnd()
    {
        await ReadForm();
        await Load();
        if (All.FirstOrDefault(ground => RowOf(ground) == Row) is not { } ground) return NotFound();
        var (lastDay, reason) = (Form.Date("lastDay", required: true) ?? default, Form.Text("reason", 300));
        return await Propose(GroundChange.End(ground, lastDay), reason);
    }

    private async Task<IActionResult> Propose(GroundChange wanted, string? reason)
    {
        if (!Form.Of(wanted).IsOk(out var change, out var problem)) return await Refused(problem, Load);
        return await proposing.Propose(Me, change, reason) is { } refused ? await Refused(refused, Load) : Finished("proposed");
    }

    private async Task Load()
    {
        Today = clock.Today();
        (All, Facts, var items) = await database.Read(async reader => (await GroundStore.All(reader, Me.Municipality), await CatalogueFacts.Load(reader, Me.Municipality), await FeeStore.All(reader, Me.Municipality, Today)), HttpContext.RequestAborted);
        FeeNames = items.ToDictionary(static item => item.Code, static item => item.Name, StringComparer.Ordinal);
    }
}
