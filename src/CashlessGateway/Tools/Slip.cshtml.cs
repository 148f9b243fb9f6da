using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Tools;

/// <summary>GET /tools/slip: draws a payment slip that no one can pay, for trying scanners, printers and tills. It stores nothing.</summary>
[OpenToAll("draws only numbers that belong to nobody")]
public sealed class SlipScreen(Clock clock) : Screen
{
    private static readonly Words Name = new("見本の納付書", "Sample slip");

    public override Words Title => Problem is null ? Name : new Words($"入力を確かめてください: {Name.Ja}", $"Check what you entered: {Name.En}");

    public SlipForm Form { get; private set; } = null!;

    /// <summary>What is drawn; null where something is wrong.</summary>
    public SlipOrder? Order { get; private set; }

    public Problem? Problem { get; private set; }

    public IReadOnlyList<(string Value, Words Name)> Cases { get; } =
    [
        (SlipForm.Name(SlipCase.Ordinary), new("ふつうの納付書", "Ordinary")),
        (SlipForm.Name(SlipCase.NoLimit), new("期限なし（999999）", "Without a last day (999999)")),
        (SlipForm.Name(SlipCase.Expired), new("期限が過ぎている", "Expired")),
        (SlipForm.Name(SlipCase.OverLimit), new("30万円を超える（バーコードなし）", "Over 300,000 yen (no bar code)")),
    ];

    public void OnGet()
    {
        Form = SlipForm.From(Request.Query);
        if (Form.Check(clock.Today()).IsOk(out var order, out var problem)) Order = order;
        else (Problem, Response.StatusCode) = (problem, StatusCodes.Status400BadRequest);
    }

    /// <summary>What is wrong with one field, or null.</summary>
    public string? WrongWith(string field) => Problem?.Violations?.FirstOrDefault(violation => violation.Pointer == "?" + field) is { } found ? Say(found.Detail) : null;

    /// <summary>The same slip as a file.</summary>
    public string File(string name) => $"/tools/{name}{Form.Query()}";
}
