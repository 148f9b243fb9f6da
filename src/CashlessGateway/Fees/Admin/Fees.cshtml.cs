using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Fees.Admin;

/// <summary>An item as the list shows it.</summary>
/// <param name="Shown">What holds today, else what comes first, else what was last.</param>
/// <param name="Next">What changes next.</param>
/// <param name="EndsOn">Its last day, when nothing follows.</param>
public sealed record FeeRow(FeeItem Shown, FeeItem? Next, BusinessDate? EndsOn, bool HoldsToday)
{
    public static FeeRow Of(IReadOnlyList<FeeItem> versions, BusinessDate today)
    {
        var next = versions.FirstOrDefault(version => version.ValidFrom > today);
        var running = FeeTimeline.On(versions, today);
        return new FeeRow(running ?? next ?? versions[^1], running is null ? null : next, versions[^1].ValidTo, running is not null);
    }
}

/// <summary>GET /admin/fees: the catalogue, found by what people type, with what changes next.</summary>
[Needs(Right.SeeProposals)]
public sealed class FeesScreen(Database database, Proposals proposals, Clock clock) : FeeScreen
{
    protected override Words Name => new("料金表", "Fees");

    public override IReadOnlyList<Link> Above => [new("/admin", new("管理", "Administration"))];

    public override Words? DoneWords => Done == "proposed" ? Proposed : null;

    public string Text { get; private set; } = "";
    public string At { get; private set; } = "";
    public BusinessDate Today { get; private set; }
    public IReadOnlyList<FeeRow> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Waiting { get; private set; }
    private IReadOnlyList<Place> Places { get; set; } = [];

    public IReadOnlyList<(string Value, string Name)> PlaceOptions => [("", Say("すべての収納場所", "all places")), .. Places.Select(static place => (place.Code, $"{place.Name}（{place.Code}）"))];

    public FieldView SearchField => new(this, "q", new Words("コード・名称・読み", "Code, name or reading"), Text) { Optional = true };

    public FieldView PlaceField => new(this, "place", new Words("収納場所", "Place"), At) { Optional = true, Options = PlaceOptions };

    public async Task OnGet()
    {
        Today = clock.Today();
        (Text, At) = (Asked("q"), Asked("place"));
        var (timelines, places) = await database.Read(async reader => (await FeeStore.Timelines(reader, Me.Municipality), await PlaceStore.List(reader, Me.Municipality)), HttpContext.RequestAborted);
        Places = places;
        Waiting = (await proposals.Open(Me.Municipality, HttpContext.RequestAborted)).Count(static proposal => proposal.Kind == FeeProposal.Name);
        var rows = timelines.Values.Select(versions => FeeRow.Of(versions, Today)).OrderBy(static row => row.Shown.Position).ThenBy(static row => row.Shown.Code, StringComparer.Ordinal).ToList();
        Total = rows.Count;
        if (Places.FirstOrDefault(place => place.Code == At) is { } place) rows = rows.FindAll(row => row.Shown.IsChargedAt(place));
        Rows = FeeSearch.Find(rows, static row => row.Shown, Text);
    }

    private string Asked(string name) => Request.Query[name] is [{ Length: > 0 and <= 100 } text] ? text : "";
}
