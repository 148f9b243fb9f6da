using CashlessGateway.Access.Clients;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/clients/{id}: one client and its keys.</summary>
[Needs(Right.SeeSettings)]
public sealed class ClientScreen(ManageApiClients clients, People people, Settings settings, Clock clock) : AdminScreen
{
    protected override Words Name => new(Client.Name, Client.Name);

    public override IReadOnlyList<Link> Above => [.. base.Above, new("/admin/clients", new("APIクライアントと鍵", "API clients and keys"))];

    public override Words? DoneWords => Done switch
    {
        "changed" => new("変更しました", "Changed"),
        "revoked" => new("鍵を失効させました。もう使えません", "The key was revoked and opens nothing"),
        "disabled" => new("クライアントを停止しました。鍵はどれも使えません", "The client was disabled; none of its keys works"),
        _ => null,
    };

    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public ClientRow Client { get; private set; } = new();
    public IReadOnlyList<KeyRow> Keys { get; private set; } = [];
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public Instant Now { get; private set; }
    public AskedKey? Asked { get; private set; }
    public int UsualRate => settings.RequestsPerMinutePerClient;

    public bool MayChange => Client.DisabledAt is null && Client.MayBeManagedBy(Me, Right.ManageClients);

    public string Who(string? principal) => StaffMember.PersonOf(principal) is { } person && Names.TryGetValue(person, out var name) ? name : principal ?? Say("記録なし", "not recorded");

    public async Task<IActionResult> OnGet() => await Find() ? Page() : NotFound();

    [Needs(Right.ManageClients)]
    public async Task<IActionResult> OnPostChange()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        if (!Form.Of(ClientForms.Client(Form, [])).IsOk(out var form, out var problem)) return await Refused(problem, Find);
        return await clients.Change(Me, Id, form) is { } refused ? await Refused(refused, Find) : Finished("changed");
    }

    [Needs(Right.ManageClients)]
    public async Task<IActionResult> OnPostAddKey()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        if (!Form.Of(ClientForms.Key(Form)).IsOk(out var wanted, out var problem)) return await Refused(problem, Find);
        return await Shown(await clients.AddKey(Me, Id, wanted));
    }

    [Needs(Right.ManageClients)]
    public async Task<IActionResult> OnPostRotate()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        var wanted = (Days: Form.Number("overlap", 0, ManageApiClients.MostOverlapDays) ?? 0, Last: Form.Date("until"));
        if (!Form.Of(wanted).IsOk(out wanted, out var problem)) return await Refused(problem, Find);
        return await Shown(await clients.Rotate(Me, Id, Row ?? "", wanted.Days, wanted.Last));
    }

    [Needs(Right.ManageClients)]
    public async Task<IActionResult> OnPostRevoke()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        return await clients.Revoke(Me, Id, Row ?? "") is { } refused ? await Refused(refused, Find) : Finished("revoked");
    }

    [Needs(Right.ManageClients)]
    public async Task<IActionResult> OnPostDisable()
    {
        if (!await Find()) return NotFound();
        return await clients.Disable(Me, Id) is { } refused ? await Refused(refused, Find) : Finished("disabled");
    }

    private async Task<IActionResult> Shown(Result<AskedKey> result)
    {
        if (!result.IsOk(out var asked, out var problem)) return await Refused(problem.Violations is null ? problem : problem with { Violations = null }, Find);
        Asked = asked;
        return Page();
    }

    private async Task<bool> Find()
    {
        if (await clients.Find(Me, Id, Right.SeeSettings, HttpContext.RequestAborted) is not var (client, keys)) return false;
        (Client, Keys, Now) = (client, keys, clock.Now());
        Names = (await people.All(Me.Municipality, HttpContext.RequestAborted)).ToDictionary(static person => person.Id, static person => person.Name, StringComparer.Ordinal);
        return true;
    }
}
