using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/new: proposes an item that nobody has sold yet.</summary>
[Needs(Right.SeeProposals)]
public sealed class NewItemScreen(ProposeFees proposing, Database database, Clock clock) : ItemScreen
{
    protected override Words Name => new("項目を増やす", "New item");

    public Task OnGet() => Load();

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostPropose()
    {
        await ReadForm();
        await Load();
        var (code, content, from, reason) = (Form.Code("code") ?? "", FeeFields.Content(Form, Facts), Form.Date("validFrom", required: true) ?? default, Form.Text("reason", 300));
        if (!Form.Of(FeeChange.Add(code, from, content)).IsOk(out var change, out var problem)) return await Refused(problem, Load);
        return await proposing.Propose(Me, change, reason) is { } refused ? await Refused(refused, Load) : Finished("proposed", "/admin/fees");
    }

    private Task Load()
    {
        Today = clock.Today();
        return LoadFacts(database);
    }
}
