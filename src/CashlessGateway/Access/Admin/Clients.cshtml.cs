using CashlessGateway.Access.Clients;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/clients: programs that call the API, and a new one with its first key.</summary>
[Needs(Right.SeeSettings)]
public sealed class ClientsScreen(ManageApiClients clients, PlaceStore places, Settings settings, Clock clock) : AdminScreen
{
    protected override Words Name => new("APIクライアントと鍵", "API clients and keys");

    public IReadOnlyList<ClientRow> All { get; private set; } = [];
    public ILookup<string, KeyRow> Keys { get; private set; } = null!;
    public IReadOnlyList<Place> Places { get; private set; } = [];
    public Instant Now { get; private set; }

    /// <summary>Shown on this one answer and never again.</summary>
    public AskedKey? Asked { get; private set; }

    public int UsualRate => settings.RequestsPerMinutePerClient;

    public IReadOnlyList<(string Value, string Name)> Offices =>
        [("", Say("できることから決める（返金の承認があれば出納機関）", "by its scopes (the treasury if it approves refunds)")), .. Enum.GetValues<Office>().Select(office => (Names.Of(office), Say(office.Name())))];

    public IEnumerable<Place> Mine => Places.Where(place => Me.May(Right.ManageClients, place.Code));

    public Task OnGet() => Load();

    [Needs(Right.ManageClients)]
    public async Task<IActionResult> OnPostAdd()
    {
        await ReadForm();
        await Load();
        var key = ClientForms.Key(Form);
        var wanted = (Client: ClientForms.NewClient(Form, Places.Select(static place => place.Code), key), Key: key);
        if (!Form.Of(wanted).IsOk(out wanted, out var problem)) return await Refused(problem, Load);
        if (!(await clients.Create(Me, wanted.Client, wanted.Key)).IsOk(out var asked, out problem)) return await Refused(problem, Load);
        Asked = asked;
        return Page();
    }

    private async Task Load()
    {
        var cancellation = HttpContext.RequestAborted;
        Now = clock.Now();
        Places = (await places.All(Me.Municipality, clock.Today(), cancellation)).Select(static place => place.Place).ToList();
        All = (await clients.Clients(Me.Municipality, cancellation)).Where(client => client.MayBeManagedBy(Me, Right.SeeSettings)).ToList();
        Keys = (await clients.Keys(Me.Municipality, cancellation)).ToLookup(static key => key.Client, StringComparer.Ordinal);
    }
}
