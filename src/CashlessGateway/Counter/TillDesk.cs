using System.Text.Json;
using System.Text.Json.Nodes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receipts;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Counter;

/// <summary>What came of a scan at a till.</summary>
/// <param name="Moved">The till is at something else now.</param>
public sealed record ScanAnswer(bool Moved, IReadOnlyList<Words> Words, Problem? Problem = null);

/// <summary>The deeds of a till, each through the operation of the API that does it.</summary>
public sealed class TillDesk(
    StaffDesk desk, TillStore store, Database database, Clock clock, Ids ids, CustomerCodeTable customerCodes, AskProvider asking,
    MakeSale sales, TakePayment payments, CancelPayment cancelling, CancelReceivable dropping, HandOver handing, NoteUnfinishedSlip slips, ResolvePayment resolving, ReceiptDesk receipts)
{
    private static readonly Words OneAfterTheOther = new("先に今の会計を終えるか取り消してください。", "Finish this sale first, or take it back.");

    /// <summary>What a clerk must not pass over; a slip over 300,000 yen is paid at a counter like any other.</summary>
    private const string PaidAtCountersAllTheSame = "over-limit";

    /// <summary>True when it was asked, and may have changed.</summary>
    public async Task<bool> AskIfDue(Payment payment)
    {
        if (!asking.IsDue(payment, clock.Now())) return false;
        await asking.AskSoon(payment.Municipality, payment.Id);
        return true;
    }

    public async Task<Problem?> Pay(HttpContext http, StaffMember who, TillView view, Posted form, string key)
    {
        if (TillWay.Parse(form.Raw("way")) is not var (method, presentation, brand)) return Problem.At(Errors.Invalid, "?way", "missing", new Words("支払い方法を選んでください。", "Choose how it is paid."));
        var payment = new JsonObject { ["method"] = Names.Of(method), ["presentation"] = Names.Of(presentation), ["terminal"] = view.Terminal.Code };
        if (brand is not null) payment["brand"] = brand;
        if (presentation == Presentation.CustomerCode) payment["customerCode"] = form.Raw("code");
        if (method == PaymentMethod.Cash && form.Raw("tendered") is { Length: > 0 })
        {
            if (form.Number("tendered", 0, 99_999_999) is not { } tendered) return new Problem(Errors.Invalid, form.Wrong[0].Detail, form.Wrong);
            payment["cash"] = new JsonObject { ["tenderedAmount"] = tendered };
        }

        return await Pay(http, who, view, payment, form.Raw("shown"), key);
    }

    public async Task<ScanAnswer> Scan(HttpContext http, StaffMember who, TillView view, string code, string key)
    {
        if (code.Trim().Length == 0) return new ScanAnswer(false, []);
        var reading = CodeReader.Read(code, customerCodes, clock.Today().Day);
        if (reading is CustomerCode) return await PayByCode(http, who, view, code, key);
        var bill = await database.Read(async reader => (await ReadCode.Find(reader, view.Till.Municipality, reading, clock.Now())).Bill);
        var problems = CodeProblems.Of(reading, bill, clock.Today()).Where(static problem => problem.Code != PaidAtCountersAllTheSame).Select(static problem => problem.Message).ToList();
        if (bill is null || problems.Count > 0) return new ScanAnswer(false, problems.Count > 0 ? problems : [new Words("この納付書の請求は、この市に登録されていません。担当課に確かめてください。", "No bill of this city bears this code. Ask the office in charge.")]);
        if (view.Sale is not null || view.Till.Draft is { Lines.Count: > 0 }) return new ScanAnswer(false, [OneAfterTheOther]);
        var id = PublicId.Strip(PublicId.Receivable, bill.Id)!;
        await store.Change(view.Till.Municipality, view.Terminal.Code, who.Principal, till => till.Sale is null ? till with { Sale = id, Draft = null } : till);
        return new ScanAnswer(true, []);
    }

    public async Task<Problem?> CancelPayment(HttpContext http, StaffMember who, TillView view, string key)
    {
        if (view.Payment is not { } payment) return null;
        return Refusal(await desk.Run(http, who, new DeskOrder(cancelling.Route, Right.TakeMoney, view.Place.Code, key, []) { Path = Id(PublicId.Payment + payment.Id) }));
    }

    /// <summary>The sale is taken back and its cart comes again; a bill is only put aside.</summary>
    public async Task<Problem?> Drop(HttpContext http, StaffMember who, TillView view, string key)
    {
        var own = view.Sale is { } sale && view.Till.Draft?.Reference == sale.Reference && sale.Reference is not null;
        if (own && view.SaleStatus != ReceivableStatus.Cancelled
            && Refusal(await desk.Run(http, who, new DeskOrder(dropping.Route, Right.TakeMoney, view.Place.Code, key, []) { Path = Id(view.Sale!.Id) })) is { } refused) return refused;
        var next = ids.Next();
        await store.Change(view.Till.Municipality, view.Terminal.Code, who.Principal, till => till.Sale != view.Till.Sale ? till : own ? till with { Sale = null, Draft = till.Draft is { } draft ? draft with { Id = next } : null } : till.Emptied);
        return null;
    }

    public async Task<Problem?> HandOver(HttpContext http, StaffMember who, TillView view, string key)
    {
        if (view.Sale is not { } sale) return null;
        var body = new JsonObject();
        if (view.Operator is { } clerk) body["operator"] = clerk;
        return Refusal(await desk.Run(http, who, new DeskOrder(handing.Route, Right.TakeMoney, view.Place.Code, key, body) { Path = Id(sale.Id) }));
    }

    public async Task<Problem?> NoteSlip(HttpContext http, StaffMember who, TillView view, string number, string key)
    {
        if (view.Payment is not { } payment || number.Length == 0) return null;
        return Refusal(await desk.Run(http, who, new DeskOrder(slips.Route, Right.TakeMoney, view.Place.Code, key, new JsonObject { ["number"] = number }) { Path = Id(PublicId.Payment + payment.Id) }));
    }

    public async Task<Problem?> Resolve(HttpContext http, StaffMember who, TillView view, Posted form, string key)
    {
        if (view.Payment is not { } payment) return null;
        var (outcome, reason, evidence) = (form.Choice<ResolveOutcome>("outcome"), form.Text("reason", 300, required: true), form.Text("evidence", 300, required: true));
        if (form.Wrong.Count > 0) return null;
        var body = new JsonObject { ["outcome"] = Names.Of(outcome!.Value), ["reason"] = reason, ["evidence"] = evidence };
        return Refusal(await desk.Run(http, who, new DeskOrder(resolving.Route, Right.ResolvePayments, view.Place.Code, key, body) { Path = Id(PublicId.Payment + payment.Id) }));
    }

    /// <summary>On paper: through the till's own receipt printer, else as a page that the browser prints.</summary>
    /// <returns>The print, for the page; what went wrong at the printer, for whoever stands beside it.</returns>
    public async Task<Result<IssuedReceipt>> Paper(StaffMember who, TillView view)
    {
        var printer = view.Terminal.Printer is null ? null : view.Terminal.Code;
        return await receipts.Print(who.Municipality, Subject(view), new PrintOrder(printer is null ? ReceiptForm.Html : ReceiptForm.Escpos, who.Principal, printer));
    }

    /// <summary>For the customer's phone: a link as a QR code on both screens.</summary>
    public async Task<Problem?> Link(StaffMember who, TillView view)
    {
        if (!(await receipts.QrAddress(who.Municipality, Subject(view), who.Principal)).IsOk(out var address, out var problem)) return problem;
        await store.Change(who.Municipality, view.Terminal.Code, who.Principal, till => till.Sale == view.Till.Sale ? till with { ReceiptLink = address.ToString() } : till);
        return null;
    }

    private static ReceiptSubject Subject(TillView view) => ReceiptSubject.Receivable(view.Till.Sale ?? throw new InvalidOperationException("There is no sale at this till."));

    private async Task<ScanAnswer> PayByCode(HttpContext http, StaffMember who, TillView view, string code, string key)
    {
        if (!view.TakesMoney) return new ScanAnswer(false, [new Words("お客様の支払コードです。先に会計の内容を入れてください。", "A customer's payment code. Enter what is to be paid first.")]);
        if (view.Ways.FirstOrDefault(static way => way.Presentation == Presentation.CustomerCode) is not { } way)
            return new ScanAnswer(false, [new Words("この窓口では、お客様のコードを読み取る支払いは使えません。ほかの方法を選んでください。", "This counter does not take customers' codes. Choose another way.")]);
        var payment = new JsonObject { ["method"] = Names.Of(way.Method), ["presentation"] = Names.Of(way.Presentation), ["terminal"] = view.Terminal.Code, ["customerCode"] = code };
        return await Pay(http, who, view, payment, null, key) is { } refused ? new ScanAnswer(false, [], refused) : new ScanAnswer(true, []);
    }

    /// <param name="shown">The version of the cart that the clerk saw; null where it was not on a form.</param>
    private async Task<Problem?> Pay(HttpContext http, StaffMember who, TillView view, JsonObject payment, string? shown, string key)
    {
        if (view.Operator is { } clerk) payment["operator"] = clerk;
        if (view.Sale is { } sale)
        {
            payment["receivable"] = sale.Id;
            payment["place"] = view.Place.Code;
            return Refusal(await desk.Run(http, who, new DeskOrder(payments.Route, Right.TakeMoney, view.Place.Code, key, payment)));
        }

        if (view.Till.Draft is not { Lines.Count: > 0 } draft) return new Problem(Errors.Invalid, new Words("会計の内容が空です。", "The cart is empty."));
        if (shown is not null && shown != view.Till.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
            return new Problem(Errors.VersionChanged, new Words("会計の内容が別の画面で変わりました。金額を確かめてから、もう一度押してください。", "Another screen changed the cart. Look at the sum and press again."));
        var body = new JsonObject { ["receivable"] = draft.AsReceivable(view.Place.Code), ["payment"] = payment };
        var made = await desk.Run(http, who, new DeskOrder(sales.Route, Right.TakeMoney, view.Place.Code, draft.SaleKey, body));
        // Made in this call or an earlier one of the same key: either way the till is at it now.
        if (await database.Read(reader => TillStore.SaleOf(reader, view.Till.Municipality, draft)) is { } id)
            await store.Change(view.Till.Municipality, view.Terminal.Code, who.Principal, till => till.Draft?.Id == draft.Id && till.Sale is null ? till with { Sale = id } : till);
        return Refusal(made);
    }

    private static Problem? Refusal(Result<JsonElement> answer) => answer.IsOk(out _, out var problem) ? null : problem;

    private static Dictionary<string, string> Id(string id) => new(StringComparer.Ordinal) { ["id"] = id };
}
