using System.Globalization;
using CashlessGateway.Codes;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Receivables;

namespace CashlessGateway.Demo;

/// <summary>bills.csv: a row is a line; the rows of one reference are one bill and stand together.</summary>
public sealed class BillFile(string municipality, IReadOnlySet<string> places, IReadOnlyList<NewAccount> accounts, IReadOnlyList<SlipLayout> issuers)
{
    /// <summary>As in the API: from 平成元年 on.</summary>
    private const int OldestYear = 1989;

    private const int LastYear = 2999;

    private static readonly string[] Repeated = ["reference", "title", "place", "dueDate", "payBy", "slip", "elqr", "exclusiveGroup", "exclusiveSide", "fiscalYear", "carriedOver"];

    private static readonly string[] OwnOfLine = ["line", "revenueAccount", "description", "amount"];

    private readonly Dictionary<string, string> _owners = accounts.ToDictionary(account => account.Code, account => account.MoneyOwner, StringComparer.Ordinal);

    private readonly HashSet<string> _accounts = accounts.Select(account => account.Code).ToHashSet(StringComparer.Ordinal);

    private readonly HashSet<string> _companies = issuers.Select(issuer => issuer.Company).ToHashSet(StringComparer.Ordinal);

    public List<BillToLoad> Read(DemoFolder folder)
    {
        var bills = Together(folder.Table("bills.csv", [.. Repeated, .. OwnOfLine]));
        CsvFile.Unique(bills.ConvertAll(rows => rows[0]), row => row.Text("reference"));
        return bills.ConvertAll(Bill);
    }

    private static List<List<CsvRow>> Together(List<CsvRow> rows)
    {
        var bills = new List<List<CsvRow>>();
        foreach (var row in rows)
        {
            if (bills.LastOrDefault() is { } bill && bill[0].Field("reference") == row.Field("reference")) bill.Add(row);
            else bills.Add([row]);
        }

        return bills;
    }

    private BillToLoad Bill(List<CsvRow> rows)
    {
        var head = rows[0];
        foreach (var (index, row) in rows.Index()) CheckLine(row, index, head);
        var bill = new BillToLoad
        {
            Municipality = municipality,
            Reference = head.Text("reference"),
            Title = head.Text("title"),
            Place = head.Known("place", places, PlaceFiles.Name),
            DueDate = head.OptionalDate("dueDate"),
            PayBy = PayBy(head),
            Slip = Slip(head),
            ElQr = ElQr(head),
            ExclusiveGroup = head.Optional("exclusiveGroup"),
            ExclusiveSide = head.Optional("exclusiveSide"),
            Lines = rows.ConvertAll(Line),
        };
        if (bill is { ExclusiveSide: not null, ExclusiveGroup: null }) throw head.Wrong("exclusiveSide needs an exclusiveGroup.");
        if (bill.Slip is { } slip) CheckSlip(head, bill, slip);
        if (bill.ElQr is { } elQr) CheckElQr(head, bill, elQr);
        return bill;
    }

    private void CheckLine(CsvRow row, int index, CsvRow head)
    {
        if (row.Text("line") != index.ToString(CultureInfo.InvariantCulture))
            throw row.Wrong($"line is {row.Text("line")}, and {index} was expected: the lines of a bill count from 0.");
        if (Array.Find(Repeated, column => row.Field(column) != head.Field(column)) is { } differs)
            throw row.Wrong($"{differs} is '{row.Field(differs)}', and '{head.Field(differs)}' at line {head.Line}; the lines of one bill repeat it.");
        if (Owner(row) != Owner(head))
            throw row.Wrong($"its money belongs to '{Owner(row)}', that of line {head.Line} to '{Owner(head)}'; a bill never mixes owners.");
    }

    private string Owner(CsvRow row) => _owners[row.Known("revenueAccount", _accounts, FeeFiles.AccountsName)];

    private static BillLine Line(CsvRow row) => new(
        row.Text("revenueAccount"), row.Text("description"), new Yen(row.Whole("amount", 1, LineRequest.MostYen)), new FiscalYear((int)row.Whole("fiscalYear", OldestYear, LastYear)), row.Flag("carriedOver"));

    private static Instant? PayBy(CsvRow row)
    {
        if (row.Optional("payBy") is not { } text) return null;
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? Instant.From(moment)
            : throw row.Wrong($"payBy is '{text}', not a moment in UTC like 2031-03-31T14:59:59Z.");
    }

    private SlipCode? Slip(CsvRow row)
    {
        if (row.Optional("slip") is not { } digits) return null;
        if (CodeReader.Read(digits) is not SlipCode slip) throw row.Wrong("slip is not the 44 digits of a slip with the right check digit.");
        return _companies.Contains(slip.Company) ? slip : throw row.Wrong($"slip is of company {slip.Company}, which is not among the issuers of city.json.");
    }

    private static ElQr? ElQr(CsvRow row)
    {
        if (row.Optional("elqr") is not { } digits) return null;
        return CodeReader.Read(digits) as ElQr ?? throw row.Wrong("elqr is not the 255 digits of an eL-QR with the right checksum.");
    }

    private static void CheckElQr(CsvRow head, BillToLoad bill, ElQr code)
    {
        var total = Yen.Sum(bill.Lines.Select(line => line.Amount));
        if (code.Amount != total.Value) throw head.Wrong($"elqr says {code.Amount} yen, and the lines sum to {total.Value}.");
        if (bill.DueDate is { } due && due.Day != code.DueDate) throw head.Wrong("dueDate and the 納期限 in elqr are not the same day.");
    }

    private static void CheckSlip(CsvRow head, BillToLoad bill, SlipCode slip)
    {
        var total = Yen.Sum(bill.Lines.Select(line => line.Amount));
        if (slip.Amount != total.Value) throw head.Wrong($"slip says {slip.Amount} yen, and the lines sum to {total.Value}.");
        DateOnly? payBy = bill.PayBy is { } moment ? BusinessDate.Of(moment).Day : null;
        if (slip.PayBy != payBy) throw head.Wrong("payBy and the date in slip are not the same day in Tokyo.");
    }
}
