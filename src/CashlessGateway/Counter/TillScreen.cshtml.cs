using System.Globalization;
using System.Text.Json.Nodes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Codes;
using CashlessGateway.Codes.Drawing;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Counter;

/// <summary>/counter/till/{terminal}: the clerk's screen. What it shows lies in the database, so it comes back to the truth after a crash, a reload or another browser.</summary>
[Needs(Right.TakeMoney)]
public sealed class TillScreen(TillReader tills, TillStore store, TillDesk desk, KnownFees catalogue, Database database, Settings settings, Clock clock, Ids ids) : StaffPage
{
    protected override Words Name => new($"会計 {View.Terminal.Name}", $"Till {View.Terminal.Name}");

    public TillView View { get; private set; } = null!;

    /// <summary>What the place charges, its favourites first; only what was searched for, where that stands in the address.</summary>
    public IReadOnlyList<FeeAtPlace> Fees { get; private set; } = [];

    /// <summary>All of them by code, for the names and steps of the cart's lines.</summary>
    public IReadOnlyDictionary<string, FeeItem> Items { get; private set; } = new Dictionary<string, FeeItem>(StringComparer.Ordinal);

    /// <summary>減免区分 in force today.</summary>
    public IReadOnlyList<Ground> Grounds { get; private set; } = [];

    public string? Search => Request.Query["q"].ToString() is { Length: > 0 and <= 100 } text ? text : null;

    public IEnumerable<Ground> GroundsFor(string? fee) => Grounds.Where(ground => ground.Covers(fee));

    public IReadOnlyList<AccountChoice> Accounts { get; private set; } = [];

    /// <summary>What was scanned, and what is wrong with it.</summary>
    public IReadOnlyList<Words> Scanned { get; private set; } = [];

    public string Step { get; private set; } = "";

    /// <summary>Of the next deed on this page: pressing its button twice is doing it once.</summary>
    public string Key => ids.Next();

    public Brand? Brand => View.Payment is { } payment ? settings.Brands.Find(payment.How, payment.Brand) : null;

    public string? Qr => View.Payment is { } payment && PaymentAction.Of(payment) is { Type: PaymentAction.ShowCode, Payload: { } payload } ? Picture(payload) : null;

    /// <summary>A symbol as it stands inside a page: the first line of a picture of its own has no place there.</summary>
    internal static string Picture(string text)
    {
        var svg = QrSymbol.Of(text).Svg();
        return svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
    }

    public string? ReceiptQr => View.Till.ReceiptLink is { } link ? Picture(link) : null;

    public override Words? DoneWords => Done switch
    {
        "handed" => new("お渡しを記録しました", "The handover was recorded"),
        "slip" => new("処理未了票の番号を記録しました", "The slip's number was recorded"),
        "printed" => new("レシートプリンターで印刷しました", "Printed on the receipt printer"),
        "dropped" => new("会計を取り消しました。お金は動いていません", "The sale was taken back. No money moved"),
        _ => null,
    };

    public bool MayResolve => Me.May(Right.ResolvePayments, View.Place.Code);

    private string Terminal => (string)RouteData.Values["terminal"]!;

    private string Address => $"/counter/till/{Uri.EscapeDataString(Terminal)}";

    public async Task<IActionResult> OnGet() => await Load() ?? Page();

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostAdd() => Edit(draft => draft.Add(Form.Text("fee", 40) ?? ""));

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostFree() => Edit(draft =>
    {
        var line = new TillLine(null, Form.Text("account", 40, required: true), Form.Text("description", 100), 1, new Yen(Form.Number("amount", 1, 99_999_999) ?? 0));
        return draft.Add(line);
    });

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostLine() => Edit(draft =>
    {
        if (!int.TryParse(Row, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return draft;
        var step = Form.Raw("step");
        return draft.Change(at, line => step switch
        {
            "less" => line with { Quantity = line.Quantity - 1 },
            "more" => line with { Quantity = line.Quantity + 1 },
            "remove" => line with { Quantity = 0 },
            _ => Changed(line),
        });
    });

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostNotes() => Edit(draft => draft with { ReceptionNumber = Form.Text("receptionNumber", 60), Purpose = Form.Text("purpose", 200), TicketAt = Ticket() });

    /// <summary>A slip becomes the sale; the customer's own code pays it.</summary>
    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostScan()
    {
        await ReadForm();
        if (await Load() is { } elsewhere) return elsewhere;
        var scanned = await desk.Scan(HttpContext, Me, View, Form.Raw("code") ?? "", Form.Raw("key") ?? "");
        if (scanned.Moved) return Finished("", Address);
        Scanned = scanned.Words;
        if (scanned.Problem is { } problem) return await Refused(problem, Reload);
        await Reload();
        return Page();
    }

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostPay()
    {
        await ReadForm();
        if (await Load() is { } elsewhere) return elsewhere;
        if (await desk.Pay(HttpContext, Me, View, Form, Form.Raw("key") ?? "") is { } refused) return await Refused(refused, Reload);
        return Finished("", Address);
    }

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostCancel() => Do(desk.CancelPayment, "");

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostDrop() => Do(desk.Drop, "dropped");

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostHandOver() => Do(desk.HandOver, "handed");

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostSlip() => Do((http, who, view, key) => desk.NoteSlip(http, who, view, Form.Text("slip", 60, required: true) ?? "", key), "slip");

    [Needs(Right.ResolvePayments)]
    public Task<IActionResult> OnPostResolve() => Do((http, who, view, key) => desk.Resolve(http, who, view, Form, key), "");

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostPaper()
    {
        await ReadForm();
        if (await Load() is { } elsewhere) return elsewhere;
        if (View.Sale is null) return Finished("", Address);
        if (!(await desk.Paper(Me, View)).IsOk(out var issued, out var problem)) return await Refused(problem, Reload);
        if (issued.Why is { } why) return await Refused(new Problem(Errors.PrinterUnavailable, why), Reload);
        if (issued.Print.Printer is not null) return Finished("printed", Address);
        Response.Headers.Location = CounterReceipts.AddressOf(issued.Print);
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    [Needs(Right.TakeMoney)]
    public Task<IActionResult> OnPostLink() => Do((_, who, view, _) => view.Sale is null ? Task.FromResult<Problem?>(null) : desk.Link(who, view), "");

    /// <summary>For the next customer. What is not finished stays on the lists and is asked for.</summary>
    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostNext()
    {
        await ReadForm();
        if (await Load() is { } elsewhere) return elsewhere;
        await store.Change(Me.Municipality, Terminal, Me.Principal, static till => till.Emptied);
        return Finished("", Address);
    }

    private async Task<IActionResult> Do(Func<HttpContext, StaffMember, TillView, string, Task<Problem?>> deed, string done)
    {
        await ReadForm();
        if (await Load() is { } elsewhere) return elsewhere;
        var refused = await deed(HttpContext, Me, View, Form.Raw("key") ?? "");
        if (Form.Wrong.Count > 0) refused = new Problem(Errors.Invalid, Form.Wrong[0].Detail, Form.Wrong);
        return refused is null ? Finished(done, Address) : await Refused(refused, Reload);
    }

    private async Task<IActionResult> Edit(Func<TillDraft, TillDraft> edit)
    {
        await ReadForm();
        if (await Load() is { } elsewhere) return elsewhere;
        // A sale that is begun is changed by taking it back, never under the customer's hand.
        if (View.Sale is not null) return Finished("", Address);
        _ = edit(View.Till.Draft ?? New());
        if (Form.Wrong.Count > 0) return await Refused(new Problem(Errors.Invalid, Form.Wrong[0].Detail, Form.Wrong), Reload);
        await store.Change(Me.Municipality, Terminal, Me.Principal, till => till.Sale is not null ? till : Changed(till, edit));
        return Finished("", Address);
    }

    private Till Changed(Till till, Func<TillDraft, TillDraft> edit)
    {
        var after = edit(till.Draft ?? New());
        return after.Lines.Count == 0 && after is { ReceptionNumber: null, Purpose: null, TicketAt: null } ? till with { Draft = null } : till with { Draft = after };
    }

    private TillDraft New() => new() { Id = ids.Next(), StartedAt = clock.Now() };

    private TillLine Changed(TillLine line)
    {
        var ground = Grounds.FirstOrDefault(ground => ground.Code == Form.Raw("ground"));
        var asked = Form.Raw("rate") is { Length: > 0 } ? Form.Number("rate", 1, 99) : null;
        return line with
        {
            Quantity = Form.Number("quantity", 0, 999) ?? line.Quantity,
            People = Form.Raw("people") is { Length: > 0 } ? Form.Number("people", 1, PeopleSteps.MostPeople) : null,
            Ground = Form.Text("ground", 40),
            // A registered ground says by how much; one that leaves it open asks.
            Rate = ground is null ? asked : ground.Way == GroundKind.Exempt ? null : ground.Rate ?? asked,
            DecisionNumber = Form.Text("decisionNumber", 60),
        };
    }

    private Instant? Ticket()
    {
        if (Form.Text("ticketAt", 10) is not { } text) return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && clock.Today().Begins.Plus(time.ToTimeSpan()) is var at && at <= clock.Now()) return at;
        Form.Refuse("ticketAt", "not-a-time", new Words("今日の過ぎた時刻を 09:15 のように入れてください。", "A time of today that is over, such as 09:15."));
        return null;
    }

    /// <summary>Null when the page can be shown.</summary>
    private async Task<IActionResult?> Load()
    {
        Step = await store.Step(Me.Municipality, Terminal, HttpContext.RequestAborted);
        if (await tills.Read(Me.Municipality, Terminal, Me.Person, HttpContext.RequestAborted) is not { } view || !Me.May(Right.TakeMoney, view.Place.Code)) return NotFound();
        View = view;
        if (view.Sale is not null && view.Payment is { IsFinal: false } waiting && await desk.AskIfDue(waiting) && await tills.Read(Me.Municipality, Terminal, Me.Person, HttpContext.RequestAborted) is { } asked) View = asked;
        if (View.Sale is null) await LoadCatalogue(view.Place);
        return null;
    }

    private async Task LoadCatalogue(Place place)
    {
        var (today, here) = (clock.Today(), (await catalogue.Of(Me.Municipality, clock.Today(), HttpContext.RequestAborted)).At(place));
        Items = here.ToDictionary(static fee => fee.Item.Code, static fee => fee.Item, StringComparer.Ordinal);
        Fees = FeeSearch.Find(here, static fee => fee.Item, Search);
        (Accounts, Grounds) = await database.Read(async reader => (await TillCatalogue.Accounts(reader, Me.Municipality), (IReadOnlyList<Ground>)[.. (await GroundStore.All(reader, Me.Municipality)).Where(ground => ground.HoldsOn(today))]), HttpContext.RequestAborted);
    }

    private Task Reload() => Load();
}
