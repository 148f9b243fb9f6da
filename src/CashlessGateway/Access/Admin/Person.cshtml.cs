using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/people/{id}: one person's roles and appointments, with their periods, and the end of each.</summary>
[Needs(Right.SeeSettings)]
public sealed class PersonScreen(People people, PersonStore accountsOf, StaffAccounts accounts, ManageRoles roles, Appointments appointments, PlaceStore places, Database database, Clock clock) : AdminScreen
{
    protected override Words Name => new(Person.Name, Person.Name);

    public override IReadOnlyList<Link> Above => [.. base.Above, new("/admin/people", new("職員", "People"))];

    public override Words? DoneWords => Done switch
    {
        "added" => new("登録しました。次に役割を付け、最初のパスワードを作って渡してください", "Registered. Now give a role, and make a first password to hand over"),
        "enabled" => new("利用を再開しました", "Enabled again"),
        "granted" => new("役割を付けました", "The role was given"),
        "proposed" => new("申請しました。ほかの人が承認すると役割が付きます", "Asked for. The role counts when somebody else has approved"),
        "ended" => new("終わりの日を記録しました", "The end was written"),
        "appointed" => new("任命を登録しました", "The appointment was registered"),
        _ => null,
    };

    [FromRoute(Name = "id")]
    public string Id { get; set; } = "";

    public PersonRow Person { get; private set; } = new();
    public BusinessDate Today { get; private set; }
    public IReadOnlyList<RoleGrant> Grants { get; private set; } = [];
    public IReadOnlyList<Appointment> Appointments { get; private set; } = [];
    public IReadOnlyList<Place> Places { get; private set; } = [];

    public IReadOnlyList<(string Value, string Name)> RoleChoices => [.. Enum.GetValues<Role>().Select(role => (Names.Of(role), Say(role.Name()) + (role.Approves() ? Say("（もう一人の承認が要る）", " (somebody else must approve)") : "")))];

    public IReadOnlyList<(string Value, string Name)> OfficeChoices => [.. Enum.GetValues<CashOffice>().Reverse().Select(office => (Names.Of(office), Say(office.Name())))];

    public string PlaceName(string? code) => code is null or Appointment.Everywhere ? Say("すべて", "all") : Places.FirstOrDefault(place => place.Code == code)?.Name ?? code;

    public async Task<IActionResult> OnGet() => await Find() ? Page() : NotFound();

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostGrant()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        var order = new RoleOrder(Id, Form.Choice<Role>("role") ?? Role.Clerk, Form.Text("place", CodeText.Longest), Form.Date("validFrom", required: true) ?? default, Form.Date("validTo"));
        if (!Form.Of(order).IsOk(out order, out var problem)) return await Refused(problem, Load);
        if (!(await roles.Grant(Me, order)).IsOk(out var granted, out problem)) return await Refused(problem, Load);
        return Finished(granted is Granted.Proposed ? "proposed" : "granted");
    }

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostEnd()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        if (!Form.Of(Form.Date("lastDay", required: true) ?? default).IsOk(out var lastDay, out var problem)) return await Refused(problem, Load);
        return await roles.End(Me, Id, Row ?? "", lastDay) is { } refused ? await Refused(refused, Load) : Finished("ended");
    }

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostAppoint()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        if (!AppointmentForm.Read(Form, Id, Person.Name).IsOk(out var wanted, out var problem)) return await Refused(problem, Load);
        return (await appointments.Appoint(Me, wanted)).IsOk(out _, out problem) ? Finished("appointed") : await Refused(problem.Renamed("place", "at").Renamed("validTo", "to"), Load);
    }

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostEndAppointment()
    {
        if (!await Find()) return NotFound();
        await ReadForm();
        if (!Form.Of(Form.Date("lastDay", required: true) ?? default).IsOk(out var lastDay, out var problem)) return await Refused(problem, Load);
        return await appointments.End(Me, Row ?? "", lastDay) is { } refused ? await Refused(refused, Load) : Finished("ended");
    }

    /// <summary>Opens one first sign-in. Shown this once, and nowhere kept.</summary>
    public string? FirstPassword { get; private set; }

    /// <summary>For somebody new, and for whoever lost everything: what proved them before proves nothing any more.</summary>
    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostReset()
    {
        if (!await Find()) return NotFound();
        if (Id == Me.Person) return await Refused(new Problem(Errors.SamePrincipal, new Words("自分のサインインはやり直せません。ほかの管理者に頼んでください。", "Ask another administrator to do this for you.")), Load);
        // Whoever could sign in as the approver would be both pairs of eyes. Giving the role back takes two people.
        if (Grants.Any(grant => grant.Role == Role.TreasuryApprover && (grant.ValidTo is not { } end || end >= Today)))
            return await Refused(new Problem(Errors.SamePrincipal, new Words("会計承認者のサインインはやり直せません。先に役割を終わらせ、やり直したあとで、もう一人の承認を受けて付け直してください。", "Not while they approve money: end that role first, and give it back with a second person's approval.")), Load);
        if (await accountsOf.Find(Me.Municipality, Id, HttpContext.RequestAborted) is not { DisabledAt: null } account) return NotFound();
        var (password, wrong) = await accounts.Reset(account, Me.Principal, HttpContext.RequestAborted);
        if (wrong is not null) return await Refused(new Problem(Errors.VersionChanged, wrong), Load);
        FirstPassword = password;
        return Page();
    }

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostDisable()
    {
        if (!await Find()) return NotFound();
        return await people.Disable(Me, Id) is { } refused ? await Refused(refused, Load) : Finished("disabled", "/admin/people");
    }

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostEnable()
    {
        if (!await Find()) return NotFound();
        return await people.Enable(Me, Id) is { } refused ? await Refused(refused, Load) : Finished("enabled");
    }

    private async Task<bool> Find()
    {
        if (await people.Find(Me.Municipality, Id, HttpContext.RequestAborted) is not { } person) return false;
        Person = person;
        await Load();
        return true;
    }

    private async Task Load()
    {
        var cancellation = HttpContext.RequestAborted;
        Today = clock.Today();
        Places = (await places.All(Me.Municipality, Today, cancellation)).Select(static place => place.Place).ToList();
        Grants = await database.Read(reader => RoleStore.OfPerson(reader, Me.Municipality, Id), cancellation);
        Appointments = (await appointments.All(Me.Municipality, cancellation)).Where(appointment => appointment.Person == Id).ToList();
    }
}
