using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Staff;

/// <summary>/setup: the first administrator, and the first city where there is none. Gone once somebody can sign in.</summary>
[OpenToAll("makes the first administrator, with a code from the console")]
public sealed class SetupPage(FirstRun firstRun, SignInStart start, Settings settings) : FormScreen
{
    private static readonly Words Name = new("初期設定", "First set-up");

    public override Words Title => Wrong.Count == 0 ? Name : new($"入力を確かめてください: {Name.Ja}", $"Check what you entered: {Name.En}");

    public FirstRunCities Cities { get; private set; } = null!;

    public FirstRunOrder Order { get; private set; } = new("", "", "", "", "", "");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await Load(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await Load(cancellation)) return NotFound();
        Order = new FirstRunOrder(Field("code"), Field("city"), Field("cityName"), Field("login"), Field("name"), Field("password", SignInSteps.LongestPassword));
        var (person, wrong) = await firstRun.Make(Order, HttpContext.Connection.RemoteIpAddress, cancellation);
        if (person is not null) return LocalRedirect(await start.InFull(HttpContext, person, change: false, "/account", cancellation));
        foreach (var (field, words) in wrong) Wrong[field] = words;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<bool> Load(CancellationToken cancellation)
    {
        if (settings.Demo) return false;
        Cities = await firstRun.Open(cancellation);
        return Cities.Any;
    }
}
