using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Fees;

/// <summary>Fee items with the price of a day, accounts and slip layouts.</summary>
public static class FeeStore
{
    private const string ItemColumns = "f.code, f.name, f.kana, f.revenue_account, f.tax_class, f.methods, f.section, f.places, p.unit_amount, p.valid_from, p.valid_to";

    private static readonly Sql ItemsOn = new($"""
        select {ItemColumns}
        from fee_item f
        join fee_price p on p.municipality = f.municipality and p.fee = f.code
        where f.municipality = @municipality and p.valid_from <= @date and (p.valid_to is null or p.valid_to >= @date)
        order by f.position, f.code
        """);

    private static readonly Sql ItemOn = new($"""
        select {ItemColumns}
        from fee_item f
        join fee_price p on p.municipality = f.municipality and p.fee = f.code
        where f.municipality = @municipality and f.code = @code and p.valid_from <= @date and (p.valid_to is null or p.valid_to >= @date)
        """);

    private static readonly Sql Account = new("""
        select code, title, year_rule, money_owner, enterprise
        from revenue_account
        where municipality = @municipality and code = @code
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

    public static Task<FeeItem?> Find(Reader reader, string municipality, string code, BusinessDate date) =>
        reader.One<FeeItem>(ItemOn, new { municipality, code, date });

    public static Task<RevenueAccount?> FindAccount(Reader reader, string municipality, string code) =>
        reader.One<RevenueAccount>(Account, new { municipality, code });

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
