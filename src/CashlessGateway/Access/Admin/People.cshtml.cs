using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/people: who there is, and somebody new.</summary>
[Needs(Right.SeeSettings)]
public sealed class PeopleScreen(People people, Database database, Clock clock) : AdminScreen
{
    /// <summary>More are found by searching.</summary>
    private const int Shown = 200;

    protected override Words Name => new("職員", "People");

    public override Words? DoneWords => Done == "disabled" ? new("利用を停止しました。開いている画面もすべて終わりました", "Disabled. Every session of theirs has ended") : null;

    public string Asked => Request.Query["q"].ToString().Trim();

    public IReadOnlyList<PersonRow> Found { get; private set; } = [];

    public bool More { get; private set; }

    public ILookup<string, RoleGrant> Roles { get; private set; } = null!;

    public Task OnGet() => Load();

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostAdd()
    {
        await ReadForm();
        var wanted = new NewPerson(Form.Text("login", 64, required: true) ?? "", Form.Text("name", 100, required: true) ?? "", Form.Text("mail", 320));
        if (wanted.Login.Length > 0 && StaffAccounts.CheckLogin(wanted.Login) is { } notLogin) Form.Refuse("login", "not-a-login", notLogin);
        if (wanted.Mail is { } mail && !mail.Contains('@', StringComparison.Ordinal)) Form.Refuse("mail", "not-mail", new Words("メールアドレスを入れてください。", "It must be a mail address."));
        if (!Form.Of(wanted).IsOk(out wanted, out var problem)) return await Refused(problem, Load);
        return (await people.Add(Me, wanted)).IsOk(out var id, out problem) ? Finished("added", $"/admin/people/{id}") : await Refused(problem, Load);
    }

    private async Task Load()
    {
        var all = await people.All(Me.Municipality, HttpContext.RequestAborted);
        var found = Asked.Length == 0 ? all : all.Where(row => row.Matches(Asked)).ToList();
        (Found, More) = (found.Take(Shown).ToList(), found.Count > Shown);
        Roles = (await database.Read(reader => RoleStore.Today(reader, Me.Municipality, clock.Today()), HttpContext.RequestAborted)).ToLookup(static grant => grant.Person, StringComparer.Ordinal);
    }
}
