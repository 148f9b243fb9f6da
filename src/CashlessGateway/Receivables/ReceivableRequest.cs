using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>A receivable as a caller asks for it.</summary>
public sealed record ReceivableRequest
{
    /// <summary>A counter sale of more lines than this is a mistake; a bill has one or two.</summary>
    public const int MostLines = 50;

    public const int MostAliases = 10;

    public ReceivableKind Kind { get; init; }
    public required string Place { get; init; }
    public string? Reference { get; init; }
    public string? Title { get; init; }
    public required IReadOnlyList<LineRequest> Lines { get; init; }
    public required IReadOnlyList<ReductionRequest> Reductions { get; init; }
    public BusinessDate? DueDate { get; init; }
    public BusinessDate? NoticeDate { get; init; }
    public Instant? PayBy { get; init; }
    public string? ExclusiveGroup { get; init; }
    public string? ExclusiveSide { get; init; }
    public required IReadOnlyList<AliasRequest> Aliases { get; init; }
    public string? Follows { get; init; }
    public LedgerEntryRequest? LedgerEntry { get; init; }
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
    public Instant? TicketAt { get; init; }
    public Instant? StartedAt { get; init; }

    public static ReceivableRequest Read(BodyObject body)
    {
        var kind = body.Choice<ReceivableKind>("kind", required: true) ?? ReceivableKind.CounterSale;
        var follows = ReadFollows(body);
        var times = body.Object("times");
        var request = new ReceivableRequest
        {
            Kind = kind,
            Place = body.Text("place", 40, required: true) ?? "",
            Reference = body.Text("reference", 100),
            Title = body.Text("title", 100),
            Lines = LineRequest.ReadAll(body, kind),
            Reductions = ReductionRequest.ReadAll(body),
            DueDate = body.Date("dueDate"),
            NoticeDate = body.Date("noticeDate"),
            PayBy = body.Time("payBy"),
            ExclusiveGroup = body.Text("exclusiveGroup", 100),
            ExclusiveSide = body.Text("exclusiveSide", 40),
            Aliases = body.Items("aliases", MostAliases).Select(AliasRequest.Read).OfType<AliasRequest>().ToList(),
            Follows = follows,
            LedgerEntry = LedgerEntryRequest.Read(body),
            Metadata = body.Pairs("metadata", 20, 200),
            TicketAt = times?.Time("ticketAt"),
            StartedAt = times?.Time("startedAt"),
        };
        times?.End();
        if (request.ExclusiveSide is not null && request.ExclusiveGroup is null)
            body.Refuse("exclusiveSide", "not-allowed", new Words("exclusiveGroup がないと使えません。", "It needs an exclusiveGroup."));
        if (follows is not null && request.Aliases.Count > 0)
            body.Refuse("aliases", "not-allowed", new Words("差額・追加の請求（follows）には番号を付けません。", "A receivable that follows another has no alias of its own."));
        foreach (var reduction in request.Reductions.Where(reduction => reduction.Line >= request.Lines.Count))
            body.Refuse("reductions", "out-of-range", new Words($"明細 {reduction.Line} はありません。", $"There is no line {reduction.Line}."));
        if (request.Reductions.GroupBy(reduction => reduction.Line).Any(line => line.Count() > 1))
            body.Refuse("reductions", "duplicate", new Words("1つの明細の減免は1つです。", "A line has at most one reduction."));
        return request;
    }

    private static string? ReadFollows(BodyObject body)
    {
        if (body.Text("follows", 40) is not { } text) return null;
        if (PublicId.Strip(PublicId.Receivable, text) is { } id) return id;
        body.Refuse("follows", "not-an-id", new Words("請求の番号（rcv_…）にしてください。", "It must be the id of a receivable (rcv_…)."));
        return null;
    }
}

/// <summary>A line: a fee of the catalogue, or a sum on an account.</summary>
public sealed record LineRequest(string Pointer, string? Fee, string? RevenueAccount, string? Description, long Quantity, Yen? UnitAmount, TaxClass? TaxClass, int? FiscalYear, bool CarriedOver)
{
    /// <summary>11 digits, as the widest amount field of any slip has.</summary>
    public const long MostYen = 99_999_999_999;

    public const long MostQuantity = 9_999;

    /// <summary>How many people stand on it, of a fee that is counted by people; null for as many as one step has.</summary>
    public int? People { get; init; }

    public static IReadOnlyList<LineRequest> ReadAll(BodyObject body, ReceivableKind kind) =>
        body.Items("lines", ReceivableRequest.MostLines, required: true).Select(item => Read(item, kind)).ToList();

    private static LineRequest Read(BodyObject item, ReceivableKind kind)
    {
        var fee = item.Text("fee", 40);
        var account = item.Text("revenueAccount", 40);
        var line = new LineRequest(item.Pointer, fee, account, item.Text("description", 100), item.Integer("quantity", 1, MostQuantity) ?? 1,
            item.Integer("unitAmount", 0, MostYen) is { } unit ? new Yen(unit) : null, item.Choice<TaxClass>("taxClass"),
            (int?)item.Integer("fiscalYear", 1989, 2999), item.Flag("carriedOver") ?? false)
        { People = (int?)item.Integer("people", 1, PeopleSteps.MostPeople) };
        item.End();
        if ((fee is null) == (account is null))
            item.Refuse("", "fee-or-account", new Words("fee か revenueAccount のどちらか一方を書いてください。", "Give either fee or revenueAccount."));
        else if (fee is not null) CheckFeeLine(item, line);
        else CheckAccountLine(item, line, kind);
        return line;
    }

    private static void CheckFeeLine(BodyObject item, LineRequest line)
    {
        if (line.UnitAmount is not null) item.Refuse("unitAmount", "not-allowed", new Words("手数料の単価は料金表で決まります。", "The price of a fee comes from the catalogue."));
        if (line.TaxClass is not null) item.Refuse("taxClass", "not-allowed", new Words("手数料の税区分は料金表で決まります。", "The tax class of a fee comes from the catalogue."));
        if (line.FiscalYear is not null) item.Refuse("fiscalYear", "not-allowed", new Words("手数料の年度は領収日で決まります（収納時調定）。", "The year of a fee follows from its receipt."));
        if (line.CarriedOver) item.Refuse("carriedOver", "not-allowed", new Words("手数料に滞納繰越はありません。", "A fee is never carried over."));
    }

    private static void CheckAccountLine(BodyObject item, LineRequest line, ReceivableKind kind)
    {
        if (line.UnitAmount is null) item.Refuse("unitAmount", "missing", new Words("必須の項目です。", "This member is required."));
        if (line.Description is null) item.Refuse("description", "missing", new Words("必須の項目です。", "This member is required."));
        if (line.People is not null) item.Refuse("people", "not-allowed", new Words("人数は手数料の明細にだけ書きます。", "Only a line of a fee counts people."));
        if (kind == ReceivableKind.Bill && line.FiscalYear is null)
            item.Refuse("fiscalYear", "missing", new Words("納付書の明細には所属年度が要ります。", "A bill's line needs the fiscal year it belongs to."));
    }
}

public sealed record ReductionRequest(int Line, ReductionKind Kind, int Rate, string GroundCode, string? DecisionNumber)
{
    public static IReadOnlyList<ReductionRequest> ReadAll(BodyObject body) =>
        body.Items("reductions", ReceivableRequest.MostLines).Select(Read).ToList();

    private static ReductionRequest Read(BodyObject item)
    {
        var kind = item.Choice<ReductionKind>("kind", required: true) ?? ReductionKind.Exempt;
        var rate = item.Integer("rate", 1, 100);
        var reduction = new ReductionRequest((int)(item.Integer("line", 0, ReceivableRequest.MostLines - 1, required: true) ?? 0), kind, (int)(rate ?? 100), item.Text("groundCode", 40, required: true) ?? "", item.Text("decisionNumber", 60));
        item.End();
        if (kind == ReductionKind.Reduce && rate is null) item.Refuse("rate", "missing", new Words("減額の割合（1〜100）が要ります。", "A reduction needs its rate (1 to 100)."));
        if (kind == ReductionKind.Exempt && rate is not null and not 100) item.Refuse("rate", "not-allowed", new Words("免除に割合は付けません。", "An exemption has no rate."));
        return reduction;
    }
}

/// <summary>諸証明台帳.</summary>
public sealed record LedgerEntryRequest(string? ReceptionNumber, string? Subject, string? Purpose, string? Applicant)
{
    public static LedgerEntryRequest? Read(BodyObject body)
    {
        if (body.Object("ledgerEntry") is not { } item) return null;
        var entry = new LedgerEntryRequest(item.Text("receptionNumber", 60), item.Text("subject", 200), item.Text("purpose", 200), item.Text("applicant", 100));
        item.End();
        return entry;
    }
}
