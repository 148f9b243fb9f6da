using CashlessGateway.Money;
using CashlessGateway.Storage;
using Dapper;

namespace CashlessGateway.Fees;

/// <summary>The catalogue as it lies in the database, accounts and slip layouts.</summary>
public static class FeeStore
{
    private const string Columns = "v.fee as code, v.name, v.kana, v.unit_amount, v.step_people, v.revenue_account, v.tax_class, v.methods, v.section, v.places, v.position, v.valid_from, v.valid_to";

    private const string ItemsOnDay = $"""
        select {Columns}
        from fee_version v
        where v.municipality = @municipality and v.valid_from <= @date and (v.valid_to is null or v.valid_to >= @date)
        order by v.position, v.fee
        """;

    private static readonly Sql ItemsOn = new(ItemsOnDay);

    /// <summary>One message: a screen with five hundred items waits for one answer.</summary>
    private static readonly Sql CatalogueOn = new($"""
        {ItemsOnDay};
        select f.place, f.fee
        from fee_favourite f
        where f.municipality = @municipality
        order by f.place, f.position
        """);

    private static readonly Sql ItemsOfOn = new($"""
        select {Columns}
        from fee_version v
        where v.municipality = @municipality and v.fee {"{{in @codes}}"} and v.valid_from <= @date and (v.valid_to is null or v.valid_to >= @date)
        """);

    private static readonly Sql AllVersions = new($"""
        select {Columns}
        from fee_version v
        where v.municipality = @municipality
        order by v.position, v.fee, v.valid_from
        """);

    private static readonly Sql VersionsOf = new($"""
        select {Columns}
        from fee_version v
        where v.municipality = @municipality and v.fee {"{{in @codes}}"}
        order by v.fee, v.valid_from
        """);

    private static readonly Sql Accounts = new("""
        select code, title, year_rule, money_owner, enterprise
        from revenue_account
        where municipality = @municipality
        order by code
        """);

    private static readonly Sql Account = new("""
        select code, title, year_rule, money_owner, enterprise
        from revenue_account
        where municipality = @municipality and code = @code
        """);

    private static readonly Sql AccountsOf = new("""
        select code, title, year_rule, money_owner, enterprise
        from revenue_account
        where municipality = @municipality and code {{in @codes}}
        """);

    private static readonly Sql Issuer = new("""
        select company, key_offset, key_length, reissue_in_key
        from slip_issuer
        where municipality = @municipality and company = @company
        """);

    private static readonly Sql IssuerFields = new("""
        select name, digit_offset, digit_length
        from slip_field
        where municipality = @municipality and company = @company
        order by digit_offset
        """);

    public static Task<List<FeeItem>> All(Reader reader, string municipality, BusinessDate date) =>
        reader.All<FeeItem>(ItemsOn, new { municipality, date });

    /// <summary>Those of them that may be charged on the day.</summary>
    public static async Task<IReadOnlyDictionary<string, FeeItem>> Find(Reader reader, string municipality, IReadOnlyCollection<string> codes, BusinessDate date) =>
        codes.Count == 0 ? new Dictionary<string, FeeItem>(StringComparer.Ordinal)
            : (await reader.All<FeeItem>(ItemsOfOn, new { municipality, codes = codes.ToArray(), date })).ToDictionary(static item => item.Code, StringComparer.Ordinal);

    public static Task<Catalogue> Catalogue(Reader reader, string municipality, BusinessDate date) =>
        reader.Several(CatalogueOn, new { municipality, date }, static async answers =>
        {
            var items = (await answers.ReadAsync<FeeItem>()).AsList();
            var favourites = await answers.ReadAsync<FavouriteRow>();
            return new Catalogue(items, favourites.ToLookup(static row => row.Place, static row => row.Fee, StringComparer.Ordinal));
        });

    /// <summary>Every version there was and will be, by item.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<FeeItem>>> Timelines(Reader reader, string municipality) =>
        ByItem(await reader.All<FeeItem>(AllVersions, new { municipality }));

    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<FeeItem>>> Timelines(Reader reader, string municipality, IReadOnlyCollection<string> codes) =>
        ByItem(await reader.All<FeeItem>(VersionsOf, new { municipality, codes = codes.ToArray() }));

    private static Dictionary<string, IReadOnlyList<FeeItem>> ByItem(List<FeeItem> versions) =>
        versions.GroupBy(static version => version.Code, StringComparer.Ordinal).ToDictionary(static item => item.Key, static IReadOnlyList<FeeItem> (item) => [.. item], StringComparer.Ordinal);

    public static Task<List<RevenueAccount>> AllAccounts(Reader reader, string municipality) => reader.All<RevenueAccount>(Accounts, new { municipality });

    public static Task<RevenueAccount?> FindAccount(Reader reader, string municipality, string code) =>
        reader.One<RevenueAccount>(Account, new { municipality, code });

    public static async Task<IReadOnlyDictionary<string, RevenueAccount>> FindAccounts(Reader reader, string municipality, IReadOnlyCollection<string> codes) =>
        codes.Count == 0 ? new Dictionary<string, RevenueAccount>(StringComparer.Ordinal)
            : (await reader.All<RevenueAccount>(AccountsOf, new { municipality, codes = codes.ToArray() })).ToDictionary(static account => account.Code, StringComparer.Ordinal);

    public static async Task<Codes.SlipLayout> Layout(Reader reader, string municipality, string company) =>
        await reader.One<IssuerRow>(Issuer, new { municipality, company }) is { } row
            ? new Codes.SlipLayout(row.Company, row.KeyOffset, row.KeyLength, row.ReissueInKey != 0)
            : new Codes.SlipLayout(company, 0, 21, false);

    /// <summary>With the issuer's names for parts of the free digits: for people, so not where only the key counts.</summary>
    public static async Task<Codes.SlipLayout> LayoutWithFields(Reader reader, string municipality, string company)
    {
        var fields = await reader.All<FieldRow>(IssuerFields, new { municipality, company });
        return (await Layout(reader, municipality, company)) with { Fields = [.. fields.Select(field => new Codes.SlipField(field.Name, field.DigitOffset, field.DigitLength))] };
    }

    private sealed class FavouriteRow
    {
        public string Place { get; init; } = "";
        public string Fee { get; init; } = "";
    }

    private sealed class FieldRow
    {
        public string Name { get; init; } = "";
        public int DigitOffset { get; init; }
        public int DigitLength { get; init; }
    }

    private sealed class IssuerRow
    {
        public string Company { get; init; } = "";
        public int KeyOffset { get; init; }
        public int KeyLength { get; init; }
        public long ReissueInKey { get; init; }
    }
}
