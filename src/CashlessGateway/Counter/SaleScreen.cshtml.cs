using System.Globalization;
using System.Text.Json.Nodes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receipts;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Counter;

/// <summary>One attempt with what can still be done about it.</summary>
/// <param name="Ways">Each way back, and why it is shut where it is: said before anything is pressed.</param>
public sealed record SalePayment(Payment Payment, Brand? Brand, IReadOnlyList<(RefundWay Way, RefundDecision Decision)> Ways, IReadOnlyList<Refund> Refunds, IReadOnlyList<EventRow> History);

/// <summary>/counter/sales/{id}: one sale with its lines, payments, refunds and history, and every accident's one next step.</summary>
[Needs(Right.SeeMoney)]
public sealed class SaleScreen(Database database, StaffDesk desk, RefundFacts facts, RequestRefund refunds, AttachPayment attaching, PlaceStore places, TillStore tills, ReceiptDesk receipts, SpoilPrint spoiling, Settings settings, Clock clock, Ids ids) : StaffPage
{
    private static readonly Sql PaymentsOf = new($"""
        select {PaymentStore.Columns}
        from payment p
        where p.municipality = @municipality and p.receivable = @receivable
        """);

    protected override Words Name => new("会計の詳細", "Sale");

    public override IReadOnlyList<Link> Above => [CounterLinks.Start, new($"/counter/sales?place={View.Place}", new Words("会計の一覧", "Sales"))];

    public override Words? DoneWords => Done switch
    {
        "void" => new("取り消しました", "Voided"),
        "refund" => new("返金を申請しました。承認を待っています", "The refund was ordered and waits for approval"),
        "spoilt" => new("書損として記録しました。用紙は保管してください", "Recorded as spoilt. Keep the paper"),
        "attached" => new("端末の決済を、この会計に結び付けました", "The terminal's payment was booked to this sale"),
        _ => null,
    };

    public ReceivableView View { get; private set; } = null!;
    public IReadOnlyList<ReceivableLine> Lines { get; private set; } = [];
    public IReadOnlyList<SalePayment> Payments { get; private set; } = [];
    /// <summary>What was handed out, the first first.</summary>
    public IReadOnlyList<ReceiptPrint> Prints { get; private set; } = [];

    public bool HasReceipt => Names.Parse<ReceivableStatus>(View.Status) is ReceivableStatus.Paid or ReceivableStatus.Overpaid or ReceivableStatus.Free or ReceivableStatus.Waived || Prints.Count > 0;

    public IReadOnlyList<(string Value, string Name)> SpoiltChoices =>
        [("paperJam", Say("紙づまり", "paper jam")), ("misprint", Say("印字の不良", "misprint")), ("wrongPaper", Say("用紙の間違い", "wrong paper")), ("other", Say("その他", "other"))];

    public IReadOnlyList<Terminal> Terminals { get; private set; } = [];

    public string Key => ids.Next();

    public bool MayRefund => Me.May(Right.OrderRefunds, View.Place);
    public bool MayTake => Me.May(Right.TakeMoney, View.Place);

    /// <summary>The terminal took it and we did not book it: only while nothing says that it is paid.</summary>
    public bool MayAttach => MayTake && Names.Parse<ReceivableStatus>(View.Status) is ReceivableStatus.Open or ReceivableStatus.Expired;

    public IReadOnlyList<(string Value, string Name)> TerminalChoices => [.. Terminals.Select(static terminal => (terminal.Code, terminal.Name))];

    private string Id => (string)RouteData.Values["id"]!;

    public async Task<IActionResult> OnGet() => await Load() ? Page() : NotFound();

    [Needs(Right.OrderRefunds)]
    public async Task<IActionResult> OnPostRefund()
    {
        await ReadForm();
        if (!await Load()) return NotFound();
        if (Payments.FirstOrDefault(payment => payment.Payment.Id == Row) is not { } about) return NotFound();
        if (Form.Choice<RefundWay>("way") is not { } way) return await Refused(new Problem(Errors.Invalid, Form.Wrong[0].Detail, Form.Wrong), Reload);
        var body = new JsonObject
        {
            ["way"] = Names.Of(way),
            ["reason"] = Form.Text("reason", 300, required: true),
            ["expectedRefundable"] = about.Payment.Refundable.Value,
            ["place"] = about.Payment.Place,
            ["cityMistake"] = Form.Has("cityMistake", "yes"),
        };
        if (Form.Text("terminal", 40) is { } terminal) body["terminal"] = terminal;
        if (Form.Text("orderNumber", 60) is { } order) body["orderNumber"] = order;
        if (await database.Read(reader => Appointments.CodeOf(reader, Me.Municipality, about.Payment.Place, Me.Person, clock.Today())) is { } clerk) body["operator"] = clerk;
        if (way != RefundWay.Void && LinesToRefund() is { Count: > 0 } lines) body["lines"] = lines;
        if (Form.Wrong.Count > 0) return await Refused(new Problem(Errors.Invalid, Form.Wrong[0].Detail, Form.Wrong), Reload);
        var answer = await desk.Run(HttpContext, Me, new DeskOrder(refunds.Route, Right.OrderRefunds, about.Payment.Place, Form.Raw("key") ?? "", body) { Path = Path(PublicId.Payment + about.Payment.Id) });
        return answer.IsOk(out _, out var problem) ? Finished(way == RefundWay.Void ? "void" : "refund") : await Refused(problem, Reload);
    }

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostAttach()
    {
        await ReadForm();
        if (!await Load()) return NotFound();
        var body = new JsonObject { ["terminal"] = Form.Text("at", 40, required: true), ["approvalNumber"] = Form.Text("approvalNumber", 40, required: true), ["method"] = Form.Raw("method") };
        if (Form.Text("brand", 40) is { } brand) body["brand"] = brand;
        if (Form.Date("takenOn") is { } day) body["takenOn"] = day.ToString();
        if (await database.Read(reader => Appointments.CodeOf(reader, Me.Municipality, View.Place, Me.Person, clock.Today())) is { } clerk) body["operator"] = clerk;
        if (Form.Wrong.Count > 0) return await Refused(new Problem(Errors.Invalid, Form.Wrong[0].Detail, Form.Wrong), Reload);
        var answer = await desk.Run(HttpContext, Me, new DeskOrder(attaching.Route, Right.TakeMoney, View.Place, Form.Raw("key") ?? "", body) { Path = Path(View.Id) });
        return answer.IsOk(out _, out var problem) ? Finished("attached") : await Refused(problem, Reload);
    }

    /// <summary>再発行: marked with its count, however often.</summary>
    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostPaper()
    {
        await ReadForm();
        if (!await Load() || !MayTake) return NotFound();
        var form = Form.Raw("form") == "pdf" ? ReceiptForm.Pdf : ReceiptForm.Html;
        if (!(await receipts.Print(Me.Municipality, ReceiptSubject.Receivable(PublicId.Strip(PublicId.Receivable, View.Id)!), new PrintOrder(form, Me.Principal))).IsOk(out var issued, out var problem)) return await Refused(problem, Reload);
        Response.Headers.Location = CounterReceipts.AddressOf(issued.Print);
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostSpoil()
    {
        await ReadForm();
        if (!await Load() || !MayTake) return NotFound();
        var order = new DeskOrder(spoiling.Route, Right.TakeMoney, View.Place, Form.Raw("key") ?? "", new JsonObject { ["why"] = Form.Raw("why") }) { Path = Path(PublicId.ReceiptPrint + Row) };
        return (await desk.Run(HttpContext, Me, order)).IsOk(out _, out var problem) ? Finished("spoilt") : await Refused(problem, Reload);
    }

    /// <summary>Back to a till: to pay it, to look at what it waits for, to hand it over.</summary>
    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPostOpen()
    {
        await ReadForm();
        if (!await Load() || !MayTake) return NotFound();
        if (Terminals.FirstOrDefault(terminal => terminal.Code == Form.Raw("till")) is not { } till) return NotFound();
        var id = PublicId.Strip(PublicId.Receivable, View.Id)!;
        var now = await tills.Change(Me.Municipality, till.Code, Me.Principal, at => at is { Sale: null, Draft: null } ? at with { Sale = id } : at);
        if (now.Sale != id) return await Refused(new Problem(Errors.Invalid, new Words($"{till.Name} は別の会計の途中です。先にそちらを終えてください。", $"{till.Name} is at another sale: finish that one first.")), Reload);
        Response.Headers.Location = $"/counter/till/{Uri.EscapeDataString(till.Code)}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private static Dictionary<string, string> Path(string id) => new(StringComparer.Ordinal) { ["id"] = id };

    /// <summary>Empty: all that is left.</summary>
    private JsonArray LinesToRefund()
    {
        var lines = new JsonArray();
        foreach (var line in Lines.Where(line => Form.Raw($"amount-{line.Line}") is { Length: > 0 }))
            if (Form.Number($"amount-{line.Line}", 0, 99_999_999) is { } amount and > 0)
                lines.Add((JsonNode)new JsonObject { ["line"] = line.Line, ["amount"] = amount });
        return lines;
    }

    private Task Reload() => Load();

    private async Task<bool> Load()
    {
        if (PublicId.Strip(PublicId.Receivable, Id) is not { } id) return false;
        var now = clock.Now();
        var found = await database.Read(async reader =>
        {
            if (await ReceivableStore.View(reader, Me.Municipality, id, now) is not { } view || !Me.May(Right.SeeMoney, view.Place)) return false;
            var (receivable, lines) = await ReceivableStore.FindWithItsLines(reader, Me.Municipality, id) ?? throw new InvalidOperationException($"Receivable {id} has no lines.");
            (View, Lines) = (view, lines);
            var payments = new List<SalePayment>();
            foreach (var payment in (await reader.All<Payment>(PaymentsOf, new { municipality = Me.Municipality, receivable = id })).OrderByDescending(static payment => (payment.CreatedAt, payment.Id))) payments.Add(await Look(reader, payment, receivable, now));
            Payments = payments;
            return true;
        }, HttpContext.RequestAborted);
        if (found) Prints = await receipts.Prints(Me.Municipality, SubjectOf(id), HttpContext.RequestAborted);
        if (found) Terminals = [.. (await places.Terminals(Me.Municipality, HttpContext.RequestAborted)).Where(terminal => terminal.Place == View.Place)];
        return found;
    }

    /// <summary>A paid sale and its payment share one receipt.</summary>
    private ReceiptSubject SubjectOf(string receivable) => Payments.FirstOrDefault(static payment => payment.Payment is { State: PaymentState.Captured, IsSurplus: false }) is { } paid ? ReceiptSubject.Payment(paid.Payment.Id) : ReceiptSubject.Receivable(receivable);

    private async Task<SalePayment> Look(Reader reader, Payment payment, Receivable receivable, Instant now)
    {
        var ways = new List<(RefundWay, RefundDecision)>();
        if (payment.Refundable > Yen.Zero)
            foreach (var way in Enum.GetValues<RefundWay>())
                // What a mistake of the city's would allow: the form asks whether it was one.
                ways.Add((way, RefundRules.Decide(await facts.Question(reader, payment, receivable, new RefundAsked(payment.Refundable, payment.Place, null, way, CityMistake: true), now))));
        return new SalePayment(payment, settings.Brands.Find(payment.How, payment.Brand), ways, await RefundStore.OfPayment(reader, Me.Municipality, payment.Id), await EventLog.Of(reader, Me.Municipality, payment.Id));
    }

    public Words EventName(string type) => CounterText.Event(type);
}
