using System.Globalization;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Drawers.Screens;

/// <summary>/counter/session?place=&amp;session=: 開局, 点検 and 精算 of one drawer.</summary>
[Needs(Right.SeeMoney)]
public sealed class SessionScreen(PlaceStore places, Database database, BeginSession beginning, InspectSession inspecting, CloseSession closing, BrandCatalogue brands, Clock clock) : DrawerPage(places)
{
    protected override Words Name => new("開局・点検・精算", "Open, inspect, close");

    public override Words? DoneWords => Done switch
    {
        "opened" => new("開局しました", "The drawer is open"),
        "inspected" => new("点検を記録しました。何も締めていません", "The count was written; nothing was closed"),
        "closed" => new("精算しました", "The session is closed"),
        _ => null,
    };

    /// <summary>Open drawers of the place, whichever day they were opened.</summary>
    public IReadOnlyList<Session> Open { get; private set; } = [];

    public SessionDetail? Shown { get; private set; }

    /// <summary>Who holds up the close, with what to do.</summary>
    public IReadOnlyList<(UnfinishedPayment Payment, Brand? Brand)> Unfinished { get; private set; } = [];

    /// <summary>The codes under which I may have cash in hand here today.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IReadOnlyList<(string Value, string Name)> Drawers { get; private set; } = [];

    /// <summary>Methods that a terminal takes, with what our books say of each.</summary>
    public IReadOnlyList<SlipRow> SlipRows { get; private set; } = [];

    public BusinessDate Today { get; private set; }

    public Instant Now { get; private set; }

    public bool IsOwn => Shown is { Session.Operator: { } op } && Codes.Contains(op, StringComparer.Ordinal);

    public sealed record SlipRow(PaymentMethod Method, string? Brand, string? Provider, long Count, Yen Amount);

    public string Address(string? session = null) => $"/counter/session?place={Uri.EscapeDataString(Place?.Code ?? Asked)}{(session is null ? "" : "&session=" + session)}";

    public string Piece(long yen) => CountForm.PieceField(yen);

    public string Slip(int row, string part) => CountForm.Slip(row, part);

    public bool IsLate(Session session) => session.DueAt is { } due && due < Now;

    public async Task<IActionResult> OnGet() => await Load() ? Page() : NotFound();

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostBegin()
    {
        await ReadForm();
        var (drawer, floatCash) = (Form.Code("drawer") ?? "", CountForm.Cash(Form, "floatAmount"));
        if (BeginRequest.Reserved(drawer) is { } reserved) Form.Refuse("drawer", "reserved", reserved);
        TimeOnly? until = null;
        if (Form.Text("closesAt", 5) is { } hour)
        {
            if (PlaceClosing.TryHour(hour, out var named)) until = named;
            else Form.Refuse("closesAt", "not-a-time", new Words("時刻を 19:00 のように入れてください。", "A time of day such as 19:00."));
        }

        if (!Form.Of(new BeginRequest(drawer, Form.Text("operator", 40), floatCash, until)).IsOk(out var request, out var problem)) return await Wrongly(problem);
        if (!Me.May(Right.TakeMoney, Asked)) return NotFound();
        return (await beginning.Begin(AsCaller(Asked), Asked, request)).IsOk(out var view, out problem) ? GoTo($"/counter/session?place={Uri.EscapeDataString(Asked)}&session={view.Id}", "opened") : await Wrongly(problem);
    }

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostInspect()
    {
        await ReadForm();
        if (!Form.Of(new InspectRequest(CountForm.Cash(Form, "countedAmount"))).IsOk(out var request, out var problem)) return await Wrongly(problem);
        if (SentSession is not { } at) return NotFound();
        return (await inspecting.Inspect(AsCaller(at.Place), at, request)).IsOk(out var view, out problem) ? GoTo($"/counter/session?place={Uri.EscapeDataString(at.Place)}&session={view.Id}", "inspected") : await Wrongly(problem);
    }

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostClose()
    {
        await ReadForm();
        var cash = CountForm.Cash(Form, "countedAmount");
        var deputy = Form.Has("asDeputy", "1")
            ? new DeputyOrder(Form.Text("deputyReason", CloseRequest.LongestReason, required: true) ?? "", Form.Text("deputyOwner", 100, required: true) ?? "", Form.Date("deadline", required: true) ?? default)
            : null;
        var sales = long.TryParse(Form.Raw("sales"), NumberStyles.None, CultureInfo.InvariantCulture, out var counted) ? counted : (long?)null;
        var form = new CloseRequest(cash, sales, Form.Text("reason", CloseRequest.LongestReason), Form.Text("circumstances", CloseRequest.LongestCircumstances), Form.Has("closeDay", "1"), CountForm.Slips(Form), deputy);
        if (!Form.Of(form).IsOk(out var request, out var problem)) return await Wrongly(problem);
        if (SentSession is not { } at) return NotFound();
        return (await closing.Close(AsCaller(at.Place), at, request, From)).IsOk(out var view, out problem) ? GoTo($"/counter/session?place={Uri.EscapeDataString(at.Place)}&session={view.Id}", "closed") : await Wrongly(problem);
    }

    /// <summary>The session of the form, at a place where somebody takes money.</summary>
    private SessionAddress? SentSession => Me.May(Right.TakeMoney, Asked) && PublicId.Strip(PublicId.Session, Form.Raw("session")) is { } id ? new SessionAddress(Me.Municipality, Asked, id) : null;

    private async Task<IActionResult> Wrongly(Problem problem)
    {
        var there = false;
        var answer = await Refused(AtFields(problem, Field), async () => there = await Load());
        return there ? answer : NotFound();
    }

    private static string Field(string pointer) => pointer switch
    {
        "deputy" => "asDeputy",
        "deputy/deadline" => "deadline",
        _ => pointer,
    };

    /// <summary>False when the place or the session is none of theirs.</summary>
    private async Task<bool> Load()
    {
        (Today, Now) = (clock.Today(), clock.Now());
        if (!await LoadPlace(Today)) return false;
        if (Place is not { } place) return true;
        var asked = Form.Raw("session") is { Length: > 0 } sent ? sent : Request.Query["session"].ToString();
        var terminals = await TerminalsOf(place.Code);
        return await database.Read(async reader =>
        {
            Open = await Sessions.AllOpen(reader, Me.Municipality, place.Code);
            Codes = await Appointments.CodesOf(reader, Me.Municipality, place.Code, Me.Person, Today);
            var own = Open.Where(session => session.Operator is { } op && Codes.Contains(op, StringComparer.Ordinal)).ToList();
            var id = asked.Length > 0 ? PublicId.Strip(PublicId.Session, asked) : own.Count == 1 ? own[0].Id : null;
            if (asked.Length > 0 && id is null) return false;
            if (id is not null && !await LoadSession(reader, place, id)) return false;
            Drawers = [.. terminals.Where(terminal => Open.All(session => session.Drawer != terminal.Code)).Select(static terminal => (terminal.Code, $"{terminal.Name}（{terminal.Code}）"))];
            return true;
        }, HttpContext.RequestAborted);
    }

    private readonly PlaceStore _places = places;

    private async Task<IReadOnlyList<Terminal>> TerminalsOf(string place) =>
        [.. (await _places.Terminals(Me.Municipality, HttpContext.RequestAborted)).Where(terminal => terminal.Place == place)];

    private async Task<bool> LoadSession(Reader reader, Place place, string id)
    {
        if (await ReadSession.Read(reader, new SessionAddress(Me.Municipality, place.Code, id)) is not { } detail) return false;
        Shown = detail;
        await LoadNames(reader, [detail.Session.OpenedBy, detail.Session.ClosedBy, .. detail.Inspections.Select(static one => one.CountedBy), detail.CashReport?.ReportedBy, detail.CashReport?.ConfirmedBy]);
        if (detail.Session.State != Names.Of(SessionState.Open)) return true;
        var waiting = await UnfinishedPayments.Of(reader, new SheetDay(Me.Municipality, place.Code, detail.Session.Date));
        Unfinished = [.. waiting.Where(payment => detail.Unfinished.Contains(payment.PublicId, StringComparer.Ordinal)).Select(payment => (payment, brands.Find(Names.Parse<PaymentMethod>(payment.Method), payment.Brand)))];
        var known = detail.Gateway.Where(static sum => sum.AtTerminal).Select(static sum => new SlipRow(sum.Method, sum.Brand, sum.Provider, sum.Count, sum.Amount));
        var others = (await PlaceStore.Methods(reader, Me.Municipality, place.Code)).Where(static way => way.Presentation == Presentation.Terminal).Select(static way => way.Method).Distinct()
            .Select(static method => new SlipRow(method, null, null, 0, Yen.Zero));
        SlipRows = [.. known.Concat(others).OrderBy(static row => row.Method).ThenBy(static row => row.Brand is null).Take(TerminalTotal.MostLines)];
        return true;
    }
}
