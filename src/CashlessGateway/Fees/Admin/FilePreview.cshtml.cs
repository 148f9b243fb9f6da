using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/files/{id}: what a file would change today, for whoever proposes it and for whoever decides.</summary>
[Needs(Right.SeeProposals)]
public sealed class FilePreviewScreen(ImportFees importing, ProposeFees proposing, Proposals proposals) : FeeScreen
{
    protected override Words Name => new("ファイルの中身", "What is in the file");

    public override IReadOnlyList<Link> Above => [.. base.Above, new("/admin/fees/files", new("CSV", "CSV"))];

    public string Id => RouteData.Values["id"] as string ?? "";

    public FilePreview Preview { get; private set; } = null!;

    /// <summary>Proposed and not yet decided.</summary>
    public bool IsAskedFor { get; private set; }

    public async Task<IActionResult> OnGet() => await Load() ? Page() : NotFound();

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostPropose()
    {
        await ReadForm();
        if (!await Load()) return NotFound();
        if (!Form.Of(Form.Text("reason", 300)).IsOk(out var reason, out var problem)) return await Refused(problem, Load);
        return await proposing.Propose(Me, Preview.File, Preview.Plan, reason) is { } refused ? await Refused(refused, Load) : Finished("proposed", "/admin/fees");
    }

    private async Task<bool> Load()
    {
        if (!Ids.IsId(Id) || await importing.Find(Me.Municipality, Id) is not { } preview) return false;
        Preview = preview;
        IsAskedFor = (await proposals.Open(Me.Municipality, HttpContext.RequestAborted)).Any(proposal => proposal.Kind == FeeProposal.Name && FeeProposal.Read(proposal.Data).File?.File == Id);
        return true;
    }
}
