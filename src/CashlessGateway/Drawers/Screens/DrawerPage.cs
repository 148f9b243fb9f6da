using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Drawers.Screens;

/// <summary>A page about the drawers of one place. It does what the API's operations do, as the person who sits there.</summary>
public abstract class DrawerPage(PlaceStore places) : StaffPage
{
    public override IReadOnlyList<Link> Above => [new("/counter", new Words("窓口", "Counter"))];

    /// <summary>Where somebody sees money.</summary>
    public IReadOnlyList<Place> Mine { get; private set; } = [];

    /// <summary>Null where none was asked for and there are several.</summary>
    public Place? Place { get; private set; }

    private ActorNames _names = new();

    /// <summary>The place of the address, or of the form that was sent.</summary>
    protected string Asked => Form.Raw("place") is { Length: > 0 } sent ? sent : Request.Query["place"].ToString();

    protected async Task<bool> LoadPlace(BusinessDate today)
    {
        var allowed = Me.Rights.PlacesOf(Right.SeeMoney);
        Mine = [.. (await places.All(Me.Municipality, today, HttpContext.RequestAborted)).Select(static place => place.Place).Where(place => allowed is null || allowed.Contains(place.Code))];
        Place = Mine.FirstOrDefault(place => place.Code == Asked) ?? (Asked.Length == 0 && Mine.Count == 1 ? Mine[0] : null);
        return Place is not null || Asked.Length == 0;
    }

    protected async Task LoadNames(Reader reader, IEnumerable<string?> actors) => _names = await ActorNames.Of(reader, Me.Municipality, actors.OfType<string>());

    public bool May(Right right) => Place is { } place && Me.May(right, place.Code);

    /// <summary>The rules of the API's operations hold for people too: their rights at this place stand for a key's scopes.</summary>
    protected Caller AsCaller(string place)
    {
        var scopes = new HashSet<string>(StringComparer.Ordinal);
        if (Me.May(Right.TakeMoney, place)) scopes.Add(Scopes.SessionsWrite);
        if (Me.May(Right.CloseForOthers, place)) scopes.Add(Scopes.SessionsManage);
        return new Caller(Me.Municipality, Me.Person, Me.Name, "", scopes, new HashSet<string>([place], StringComparer.Ordinal), 1, null) { Person = Me.Person };
    }

    protected string? From => RefusedAccess.Address(HttpContext);

    /// <summary>The page again at its own address, so that a reload does nothing twice.</summary>
    protected IActionResult GoTo(string address, string done)
    {
        Response.Headers.Location = $"{address}&done={done}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    protected static Problem AtFields(Problem problem, Func<string, string> field) => problem with
    {
        Violations = problem.Violations?.Select(violation => violation with { Pointer = "?" + field(violation.Pointer.TrimStart('/', '?')) }).ToList(),
    };

    /// <summary>Tokyo, to the minute.</summary>
    public string When(Instant? time) => time is { } at ? Tokyo(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "—";

    public string Hour(Instant? time) => time is { } at ? Tokyo(at).ToString("HH:mm", CultureInfo.InvariantCulture) : "—";

    public string Who(string? actor) => actor switch
    {
        null => "—",
        "automatic" => Say("自動", "automatic"),
        _ => _names.Of(actor) ?? actor,
    };

    public string MethodName(PaymentMethod method) => Say(method switch
    {
        PaymentMethod.Cash => new Words("現金", "cash"),
        PaymentMethod.Qr => new("コード決済", "QR code"),
        PaymentMethod.Emoney => new("電子マネー", "e-money"),
        PaymentMethod.Card => new("クレジットカード", "card"),
        PaymentMethod.Collector => new("収納代行", "collector"),
    });

    public string MethodName(string? method, string? brand) => (method is null ? "—" : MethodName(Names.Parse<PaymentMethod>(method))) + (brand is null ? "" : $"（{brand}）");

    private static DateTimeOffset Tokyo(Instant at) => at.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(9));
}
