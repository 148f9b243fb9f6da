using CashlessGateway.Access.Roles;
using CashlessGateway.Instances;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/providers: each contract and how it answers, as this process sees it. Contracts are settings of the operator.</summary>
[Needs(Right.SeeSettings)]
public sealed class ProvidersScreen(ProviderInstances instances) : AdminScreen
{
    protected override Words Name => new("決済事業者", "Providers");

    public IReadOnlyList<ProviderInstance> All { get; private set; } = [];

    /// <summary>Contracts belong to the deployment, not to a place of it.</summary>
    public IActionResult OnGet()
    {
        if (!Me.May(Right.SeeSettings, null)) return NotFound();
        All = [.. instances.All.OrderBy(static instance => instance.Name, StringComparer.Ordinal)];
        return Page();
    }
}
