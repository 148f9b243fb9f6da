using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/appointments: 出納員・分任出納員・現金取扱員 of all places, those without an account too.</summary>
[Needs(Right.SeeSettings)]
public sealed class AppointmentsScreen(Appointments appointments, PlaceStore places, Clock clock) : AdminScreen
{
    protected override Words Name => new("任命", "Appointments");

    public override Words? DoneWords => Done switch
    {
        "appointed" => new("任命を登録しました", "The appointment was registered"),
        "ended" => new("終わりの日を記録しました", "The end was written"),
        _ => null,
    };

    public BusinessDate Today { get; private set; }
    public IReadOnlyList<Appointment> All { get; private set; } = [];
    public IReadOnlyList<Place> Places { get; private set; } = [];

    public IReadOnlyList<(string Value, string Name)> OfficeChoices => [.. Enum.GetValues<CashOffice>().Reverse().Select(office => (Names.Of(office), Say(office.Name())))];

    public string PlaceName(string code) => code == Appointment.Everywhere ? Say("すべて", "all") : Places.FirstOrDefault(place => place.Code == code)?.Name ?? code;

    public Task OnGet() => Load();

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostAppoint()
    {
        await ReadForm();
        if (!AppointmentForm.Read(Form, null, null).IsOk(out var wanted, out var problem)) return await Refused(problem, Load);
        return (await appointments.Appoint(Me, wanted)).IsOk(out _, out problem) ? Finished("appointed") : await Refused(problem.Renamed("place", "at").Renamed("validTo", "to"), Load);
    }

    [Needs(Right.ManagePeople)]
    public async Task<IActionResult> OnPostEnd()
    {
        await ReadForm();
        if (!Form.Of(Form.Date("lastDay", required: true) ?? default).IsOk(out var lastDay, out var problem)) return await Refused(problem, Load);
        return await appointments.End(Me, Row ?? "", lastDay) is { } refused ? await Refused(refused, Load) : Finished("ended");
    }

    private async Task Load()
    {
        Today = clock.Today();
        Places = (await places.All(Me.Municipality, Today, HttpContext.RequestAborted)).Select(static place => place.Place).ToList();
        All = await appointments.All(Me.Municipality, HttpContext.RequestAborted);
    }
}
