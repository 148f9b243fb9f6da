using System.Text.Json.Nodes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Counter;

/// <summary>/counter/refunds: every refund that is not finished, the oldest first, with what the next person has to do. Nothing is forgotten here.</summary>
[Needs(Right.SeeMoney)]
public sealed class RefundsScreen(PlaceStore places, Database database, StaffDesk desk, DecideRefund deciding, PayOutRefund paying, Settings settings, Clock clock, Ids ids) : CounterPage(places)
{
    private const long Most = 300;

    private static readonly Sql Unfinished = new("""
        select f.id, f.payment, f.receivable, r.title, f.amount, f.way, f.status, f.order_number, f.place, f.note, f.requested_by, f.decided_by, f.created_at, f.decided_at, f.city_mistake, p.method, p.brand
        from refund f
        join payment p on p.municipality = f.municipality and p.id = f.payment
        join receivable r on r.municipality = f.municipality and r.id = f.receivable
        where f.municipality = @municipality and f.place {{in @places}} and f.status in ('requested', 'awaitingApproval', 'pending', 'inDoubt')
        order by f.created_at, f.id
        {{limit @most}}
        """);

    private static readonly Sql One = new("""
        select f.id, f.payment, f.receivable, r.title, f.amount, f.way, f.status, f.order_number, f.place, f.note, f.requested_by, f.decided_by, f.created_at, f.decided_at, f.city_mistake, p.method, p.brand
        from refund f
        join payment p on p.municipality = f.municipality and p.id = f.payment
        join receivable r on r.municipality = f.municipality and r.id = f.receivable
        where f.municipality = @municipality and f.place {{in @places}} and f.id = @id
        """);

    private static readonly Sql BankAccounts = new("""
        select code, name
        from bank_account
        where municipality = @municipality
        order by code
        """);

    protected override Words Name => new("返金・還付", "Refunds");

    public override Words? DoneWords => Done switch
    {
        "approved" => new("承認しました", "Approved"),
        "rejected" => new("差し戻しました", "Rejected"),
        "paid" => new("支払い済みにしました", "Marked as paid"),
        _ => null,
    };

    public IReadOnlyList<RefundRow> Rows { get; private set; } = [];
    public IReadOnlyList<(string Value, string Name)> Accounts { get; private set; } = [];
    public IReadOnlyDictionary<string, string> Reasons { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);
    public BusinessDate Today { get; private set; }

    public string Key => ids.Next();

    /// <summary>Older than the city allows itself.</summary>
    public bool IsLate(RefundRow row) => BusinessDate.Of(row.CreatedAt).AddDays(settings.RefundWithinDays) < Today;

    public BusinessDate Deadline(RefundRow row) => BusinessDate.Of(row.CreatedAt).AddDays(settings.RefundWithinDays);

    public bool MayApprove(RefundRow row) => Me.May(Right.ApproveMoney, row.Place);

    public async Task OnGet() => await Load();

    [Needs(Right.ApproveMoney)]
    public Task<IActionResult> OnPostApprove() => Decide(deciding.Approve, "approved", static (form, body) =>
    {
        if (form.Date("payOn") is { } day) body["payOn"] = day.ToString();
    });

    [Needs(Right.ApproveMoney)]
    public Task<IActionResult> OnPostReject() => Decide(deciding.Reject, "rejected", static (_, _) => { });

    [Needs(Right.ApproveMoney)]
    public Task<IActionResult> OnPostPaid() => Decide(paying.Route, "paid", static (form, body) =>
    {
        body["date"] = form.Date("date", required: true)?.ToString();
        body["bankAccount"] = form.Text("bankAccount", 40, required: true);
    });

    private async Task<IActionResult> Decide(Operation operation, string done, Action<Web.Screens.Posted, JsonObject> fill)
    {
        await ReadForm();
        await Load();
        if (Rows.FirstOrDefault(row => row.Id == Row) is not { } about) return NotFound();
        var body = new JsonObject();
        fill(Form, body);
        if (Form.Wrong.Count > 0) return await Refused(new Problem(Errors.Invalid, Form.Wrong[0].Detail, Form.Wrong), Load);
        var order = new DeskOrder(operation, Right.ApproveMoney, about.Place, Form.Raw("key") ?? "", body) { Path = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = PublicId.Refund + about.Id } };
        return (await desk.Run(HttpContext, Me, order)).IsOk(out _, out var problem) ? Finished(done) : await Refused(problem, Load);
    }

    private async Task Load()
    {
        Today = clock.Today();
        await LoadPlaces(Right.SeeMoney, Today);
        var asked = PublicId.Strip(PublicId.Refund, Request.Query["id"].ToString());
        var values = new { municipality = Me.Municipality, places = Mine.Select(static place => place.Code).ToArray(), id = asked, most = Most };
        if (Mine.Count == 0) return;
        (Rows, Accounts, Reasons) = await database.Read(async reader =>
        {
            var rows = await reader.All<RefundRow>(asked is null ? Unfinished : One, values);
            var accounts = await reader.All<AccountRow>(BankAccounts, values);
            var words = await Notes.Words(reader, Me.Municipality, [.. rows.Select(static row => row.Note).OfType<string>()]);
            var reasons = rows.Where(row => row.Note is { } note && words.ContainsKey(note)).ToDictionary(static row => row.Id, row => words[row.Note!], StringComparer.Ordinal);
            return ((IReadOnlyList<RefundRow>)rows, (IReadOnlyList<(string, string)>)accounts.ConvertAll(static account => (account.Code, account.Name)), (IReadOnlyDictionary<string, string>)reasons);
        }, HttpContext.RequestAborted);
    }

    private sealed class AccountRow
    {
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
    }
}

/// <summary>A refund as the list shows it.</summary>
public sealed record RefundRow
{
    public string Id { get; init; } = "";
    public string Payment { get; init; } = "";
    public string Receivable { get; init; } = "";
    public string Title { get; init; } = "";
    public Yen Amount { get; init; }
    public string Way { get; init; } = "";
    public string Status { get; init; } = "";
    public string? OrderNumber { get; init; }
    public string Place { get; init; } = "";
    public string? Note { get; init; }
    public string RequestedBy { get; init; } = "";
    public string? DecidedBy { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? DecidedAt { get; init; }
    public long? CityMistake { get; init; }
    public string Method { get; init; } = "";
    public string? Brand { get; init; }

    public RefundStatus State => Names.Parse<RefundStatus>(Status);
    public RefundWay How => Names.Parse<RefundWay>(Way);
}
