using System.Text.RegularExpressions;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;

namespace CashlessGateway.Demo;

/// <summary>accounts.csv, fees.csv and fee-prices.csv.</summary>
public static partial class FeeFiles
{
    public const string AccountsName = "accounts.csv";
    private const string FeesName = "fees.csv";

    /// <summary>利用料金: the account names its designated manager.</summary>
    private const string ManagerOwner = "manager:";

    private static readonly string[] Levels = ["kaikei", "kan", "kou", "moku", "setsu", "saisetsu"];

    public static List<NewAccount> Accounts(DemoFolder folder, IReadOnlyList<NewPlace> places)
    {
        var owners = places.Select(place => place.Place.Manager).OfType<string>().Select(manager => ManagerOwner + manager).Concat(["city", "outside"]).ToHashSet(StringComparer.Ordinal);
        var rows = folder.Table(AccountsName, ["code", "title", .. Levels, "yearRule", "moneyOwner", "enterprise"]);
        return CsvFile.Unique(rows, row => row.Text("code")).ConvertAll(row => Account(row, owners));
    }

    public static List<NewFee> Fees(DemoFolder folder, IReadOnlySet<string> accounts, IReadOnlySet<string> places)
    {
        var known = places.Concat(["*counter", "*facility"]).ToHashSet(StringComparer.Ordinal);
        var rows = folder.Table(FeesName, "code", "name", "kana", "revenueAccount", "taxClass", "methods", "section", "places");
        return CsvFile.Unique(rows, row => row.Text("code")).ConvertAll(row => new NewFee(
            row.Text("code"), row.Text("name"), row.Text("kana"), row.Known("revenueAccount", accounts, AccountsName), row.Choice<TaxClass>("taxClass"),
            row.Choices<PaymentMethod>("methods"), row.Text("section"), row.KnownList("places", known, PlaceFiles.Name)));
    }

    public static List<NewPrice> Prices(DemoFolder folder, IReadOnlySet<string> fees)
    {
        var prices = new List<NewPrice>();
        foreach (var row in folder.Table("fee-prices.csv", "fee", "validFrom", "validTo", "unitAmount"))
        {
            var price = new NewPrice(row.Known("fee", fees, FeesName), row.Date("validFrom"), row.OptionalDate("validTo"), new Yen(row.Whole("unitAmount", 0, LineRequest.MostYen)));
            if (price.ValidTo < price.ValidFrom) throw row.Wrong("validTo lies before validFrom.");
            if (prices.Any(other => Overlap(price, other))) throw row.Wrong($"the period overlaps another price of '{price.Fee}'; a fee has one price a day.");
            prices.Add(price);
        }

        return prices;
    }

    private static NewAccount Account(CsvRow row, IReadOnlySet<string> owners)
    {
        var code = row.Text("code");
        if (!SixLevels().IsMatch(code)) throw row.Wrong($"code is '{code}', not six levels of two digits like 01-13-02-01-03-00.");
        foreach (var (level, digits) in Levels.Zip(code.Split('-')))
            if ((digits == "00") != (row.Optional(level) is null)) throw row.Wrong($"{level} is '{row.Field(level)}' and its level in the code is {digits}; 00 and an empty name go together.");
        return new NewAccount(
            code, row.Text("title"), row.Field("kaikei"), row.Field("kan"), row.Field("kou"), row.Field("moku"), row.Field("setsu"), row.Field("saisetsu"),
            row.Choice<YearRule>("yearRule"), row.Known("moneyOwner", owners, $"{PlaceFiles.Name} (city and outside are always there)"), row.Flag("enterprise"));
    }

    private static bool Overlap(NewPrice a, NewPrice b) =>
        a.Fee == b.Fee && (a.ValidTo is not { } aEnd || b.ValidFrom <= aEnd) && (b.ValidTo is not { } bEnd || a.ValidFrom <= bEnd);

    [GeneratedRegex(@"\A[0-9]{2}(-[0-9]{2}){5}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SixLevels();
}
