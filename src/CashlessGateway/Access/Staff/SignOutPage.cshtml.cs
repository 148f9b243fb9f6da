using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Staff;

/// <summary>/sign-out: by a form only, since an address can be opened by any page's picture.</summary>
[OpenDuringSetup]
[OpenToAll("whoever sits there may leave")]
public sealed class SignOutPage(SignInStart start) : FormScreen
{
    public override Words Title => new("サインアウト", "Sign out");

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await start.SignOut(HttpContext, cancellation);
        return LocalRedirect("/sign-in");
    }
}
