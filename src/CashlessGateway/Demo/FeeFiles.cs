using System.Text.RegularExpressions;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;

namespace CashlessGateway.Demo;

/// <summary>accounts.csv, fees.csv, fee-prices.csv, grounds.csv and favourites.csv.</summary>
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
        var rows = folder.Table(FeesName, "code", "name", "kana", "revenueAccount", "taxClass", "methods", "section", "places", "stepPeople");
        return CsvFile.Unique(rows, row => row.Text("code")).ConvertAll(row => new NewFee(
            row.Text("code"), row.Text("name"), row.Text("kana"), row.Known("revenueAccount", accounts, AccountsName), row.Choice<TaxClass>("taxClass"),
            row.Choices<PaymentMethod>("methods"), row.Text("section"), row.KnownList("places", known, PlaceFiles.Name), row.Optional("stepPeople") is null ? null : (int)row.Whole("stepPeople", 1, PeopleSteps.MostPeople)));
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

    public static List<Ground> Grounds(DemoFolder folder, IReadOnlySet<string> fees)
    {
        var rows = folder.Table("grounds.csv", "code", "name", "article", "kind", "rate", "fees", "decisionRequired", "stamp", "validFrom", "validTo");
        return CsvFile.Unique(rows, row => row.Text("code")).ConvertAll(row => new Ground
        {
            Code = row.Text("code"),
            Name = row.Text("name"),
            Article = row.Text("article"),
            Kind = Storage.Names.Of(row.Choice<GroundKind>("kind")),
            Rate = row.Optional("rate") is null ? null : (int)row.Whole("rate", 1, 100),
            Fees = row.Text("fees") == Ground.AllFees ? Ground.AllFees : string.Join(FeeItem.Separator, row.KnownList("fees", fees, FeesName)),
            DecisionRequired = row.Whole("decisionRequired", 0, 1),
            Stamp = row.Optional("stamp"),
            ValidFrom = row.Date("validFrom"),
            ValidTo = row.OptionalDate("validTo"),
        });
    }

    public static List<NewFavourites> Favourites(DemoFolder folder, IReadOnlySet<string> places, IReadOnlySet<string> fees) =>
        folder.Table("favourites.csv", "place", "fees").ConvertAll(row => new NewFavourites(row.Known("place", places, PlaceFiles.Name), row.KnownList("fees", fees, FeesName)));

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
