using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Exceptions;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Drawers.Screens;

/// <summary>/counter/day?place=&amp;date=: 収納金日計表 with what came of its cash, on a screen, on A4 and as a file.</summary>
[Needs(Right.SeeMoney)]
public sealed class DayScreen(PlaceStore places, Database database, RecordPayIn recording, ConfirmCashReport confirming, ResolveException resolving, Clock clock) : DrawerPage(places)
{
    private static readonly Sql BankAccounts = new("select code, name from bank_account where municipality = @municipality order by code");

    /// <summary>More differences of one place than a day's page needs; all are in the list of exceptions.</summary>
    private const int MostExceptions = 50;

    protected override Words Name => new("収納金日計表", "Day sheet");

    public override Words? DoneWords => Done switch
    {
        "paid" => new("領収日を記録しました", "The bank's date was written"),
        "confirmed" => new("過不足の報告を確認しました", "The report is confirmed"),
        "explained" => new("説明を記録しました。ほかの人の承認を待ちます", "Written; somebody else has to agree"),
        "approved" => new("差異を解消しました", "The difference is resolved"),
        "rejected" => new("差し戻しました", "Sent back"),
        _ => null,
    };

    public BusinessDate Date { get; private set; }

    public BusinessDate Today { get; private set; }

    public DayView? Day { get; private set; }

    public UnfinishedView Waiting { get; private set; } = new([], [], [], []);

    public IReadOnlyList<ExceptionView> Differences { get; private set; } = [];

    public IReadOnlyList<(string Value, string Name)> Accounts { get; private set; } = [];

    private readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal);

    public string TitleOf(SheetRow row) => row.RevenueAccount is { } code && _titles.TryGetValue(code, out var title)
        ? title
        : row.Account.Split('/')[0] switch
        {
            "overpaid" => Say("過誤納", "overpaid"),
            "custody" => Say("指定管理者の収入", "a manager's own income"),
            _ => row.Account,
        };

    /// <summary>領収日 is recorded by whoever brings the stamped slip, or by the treasury.</summary>
    public bool MayRecord => May(Right.TakeMoney) || May(Right.KeepBooks);

    public bool MayConfirm => May(Right.CloseForOthers) || May(Right.ApproveMoney);

    public bool MayExplain => May(Right.CloseForOthers) || May(Right.KeepBooks);

    public bool MayDecide => May(Right.KeepBooks) || May(Right.ApproveMoney);

    public string Address(BusinessDate date) => $"/counter/day?place={Uri.EscapeDataString(Place?.Code ?? Asked)}&date={date}";

    public async Task<IActionResult> OnGet() => await Load() ? Page() : NotFound();

    /// <summary>The very sheet as a file.</summary>
    public async Task<IActionResult> OnGetCsv()
    {
        if (!await Load() || Day is not { } day) return NotFound();
        return CsvCharsets.TryParse(Request.Query["charset"], out var charset) ? new ReplyResult(DayFile.Reply(day, charset, Language)) : NotFound();
    }

    [Needs(Right.TakeMoney, Right.KeepBooks)]
    public async Task<IActionResult> OnPostPaid()
    {
        await ReadForm();
        var form = new PayInRequest(Form.Date("date", required: true) ?? default, Form.Text("bankAccount", 40));
        if (!Form.Of(form).IsOk(out var request, out var problem)) return await Wrongly(problem);
        if (!await Allowed(() => MayRecord) || PublicId.Strip(PublicId.PayIn, Row) is not { } id) return NotFound();
        return (await recording.Record(AsCaller(Asked), id, request, From)).IsOk(out _, out problem) ? GoTo(Address(Date), "paid") : await Wrongly(problem);
    }

    [Needs(Right.CloseForOthers, Right.ApproveMoney)]
    public async Task<IActionResult> OnPostConfirm()
    {
        await ReadForm();
        if (!await Allowed(() => MayConfirm) || PublicId.Strip(PublicId.CashReport, Row) is not { } id) return NotFound();
        return (await confirming.Confirm(AsCaller(Asked), id, From)).IsOk(out _, out var problem) ? GoTo(Address(Date), "confirmed") : await Wrongly(problem);
    }

    [Needs(Right.CloseForOthers, Right.KeepBooks)]
    public Task<IActionResult> OnPostExplain() => Step(ExceptionStep.Propose, () => MayExplain, "explained");

    [Needs(Right.KeepBooks, Right.ApproveMoney)]
    public Task<IActionResult> OnPostApprove() => Step(ExceptionStep.Approve, () => MayDecide, "approved");

    [Needs(Right.KeepBooks, Right.ApproveMoney)]
    public Task<IActionResult> OnPostReject() => Step(ExceptionStep.Reject, () => MayDecide, "rejected");

    private async Task<IActionResult> Step(ExceptionStep step, Func<bool> may, string done)
    {
        await ReadForm();
        if (!Form.Of(Form.Text("note", ExplanationRequest.Longest, required: true) ?? "").IsOk(out var note, out var problem)) return await Wrongly(problem);
        if (!await Allowed(may) || PublicId.Strip(PublicId.Exception, Row) is not { } id) return NotFound();
        return (await resolving.Step(AsCaller(Asked), id, step, note, From)).IsOk(out _, out problem) ? GoTo(Address(Date), done) : await Wrongly(problem);
    }

    /// <summary>The right is asked for at the place of the form.</summary>
    private async Task<bool> Allowed(Func<bool> may) => ReadDate() && await LoadPlace(clock.Today()) && Place is not null && may();

    private async Task<IActionResult> Wrongly(Problem problem)
    {
        var there = false;
        var answer = await Refused(AtFields(problem, static field => field), async () => there = await Load());
        return there ? answer : NotFound();
    }

    private bool ReadDate()
    {
        Today = clock.Today();
        var asked = Form.Raw("day") is { Length: > 0 } sent ? sent : Request.Query["date"].ToString();
        Date = Today;
        if (asked.Length == 0) return true;
        var there = ReadDay.IsDate(asked, out var date);
        Date = there ? date : Today;
        return there;
    }

    /// <summary>False when the place or the date is none.</summary>
    private async Task<bool> Load()
    {
        if (!ReadDate() || !await LoadPlace(Today)) return false;
        if (Place is not { } place) return true;
        var now = clock.Now();
        await database.Read(async reader =>
        {
            var caller = AsCaller(place.Code);
            Day = await ReadDay.Read(reader, new SheetDay(Me.Municipality, place.Code, Date)) ?? throw new InvalidOperationException($"The place {place.Code} is gone.");
            Waiting = await ReadUnfinished.Read(reader, caller, place.Code, now);
            var open = await ReadExceptions.Find(reader, caller, new ExceptionFilter(null, place.Code, null, Web.Page.First(MostExceptions)));
            Differences = [.. open.Items.Where(one => one.Status != Names.Of(ExceptionStatus.Closed) || Day.Sessions.Any(session => session.Id == one.Session))];
            Accounts = (await reader.All<(string Code, string Name)>(BankAccounts, new { municipality = Me.Municipality })).ConvertAll(static account => (account.Code, $"{account.Name}（{account.Code}）"));
            foreach (var code in Day.Lines.Concat(Day.EarlierLines).Select(static line => line.RevenueAccount).OfType<string>().Distinct(StringComparer.Ordinal))
                if (await FeeStore.FindAccount(reader, Me.Municipality, code) is { } account) _titles[code] = account.Title;
            await LoadNames(reader, [Day.ClosedBy, .. Day.Sessions.SelectMany(static session => new[] { session.OpenedBy, session.ClosedBy }), .. Day.CashReports.SelectMany(static report => new[] { report.ReportedBy, report.ConfirmedBy }),
                .. Day.PayIns.Select(static slip => slip.RecordedBy), .. Waiting.Payments.Select(static one => one.CarriedOver.CarriedBy), .. Differences.SelectMany(static one => new[] { one.ProposedBy, one.DecidedBy })]);
            return true;
        }, HttpContext.RequestAborted);
        return true;
    }
}
