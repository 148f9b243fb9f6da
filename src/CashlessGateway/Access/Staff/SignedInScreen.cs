using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CashlessGateway.Access.Staff;

/// <summary>A page that opens to people who are signed in, and to nobody else.</summary>
[NeedsSession]
public abstract class SignedInScreen : FormScreen
{
    public StaffSession Session => HttpContext.Staff() ?? throw new InvalidOperationException("A page for people who are signed in was opened without a session.");
}

/// <summary>Sends everybody else to the sign-in, and back afterwards.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsSessionAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before anything of the form is read.</summary>
    public int Order => 100;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (http.Staff() is not null) return;
        context.Result = new LocalRedirectResult(StaffAuthentication.SignInAddress(http.Request));
    }
}
