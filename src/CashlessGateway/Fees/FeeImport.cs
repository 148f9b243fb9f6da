using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Fees;

/// <summary>歳入科目 with the names of its six groups; the name of a level that is not used is empty.</summary>
public sealed record NewAccount(
    string Code, string Title, string Kaikei, string Kan, string Kou, string Moku, string Setsu, string Saisetsu, YearRule YearRule, string MoneyOwner, bool Enterprise);

/// <summary>A priced thing without its prices. A place is a code, '*counter' or '*facility'.</summary>
public sealed record NewFee(
    string Code, string Name, string Kana, string RevenueAccount, TaxClass TaxClass, IReadOnlyList<PaymentMethod> Methods, string Section, IReadOnlyList<string> Places);

/// <summary>Both days belong to the period; without a last day it is open.</summary>
public sealed record NewPrice(string Fee, BusinessDate ValidFrom, BusinessDate? ValidTo, Yen UnitAmount);

/// <summary>Writes accounts, fees, prices and slip layouts from files, inside the caller's unit; the order of the fees becomes their position.</summary>
public static class FeeImport
{
    private static readonly Sql InsertAccount = new("""
        insert into revenue_account (municipality, code, title, kaikei, kan, kou, moku, setsu, saisetsu, year_rule, money_owner, enterprise)
        values (@municipality, @code, @title, @kaikei, @kan, @kou, @moku, @setsu, @saisetsu, @yearRule, @moneyOwner, @enterprise)
        """);

    private static readonly Sql InsertFee = new("""
        insert into fee_item (municipality, code, name, kana, revenue_account, tax_class, methods, section, places, position)
        values (@municipality, @code, @name, @kana, @revenueAccount, @taxClass, @methods, @section, @places, @position)
        """);

    private static readonly Sql InsertPrice = new("""
        insert into fee_price (municipality, fee, valid_from, valid_to, unit_amount)
        values (@municipality, @fee, @validFrom, @validTo, @unitAmount)
        """);

    private static readonly Sql InsertIssuer = new("""
        insert into slip_issuer (municipality, company, key_offset, key_length, reissue_in_key)
        values (@municipality, @company, @keyOffset, @keyLength, @reissueInKey)
        """);

    public static async Task AddAccounts(Unit unit, string municipality, IReadOnlyList<NewAccount> accounts)
    {
        foreach (var account in accounts)
        {
            await unit.Execute(InsertAccount, new
            {
                municipality,
                code = account.Code,
                title = account.Title,
                kaikei = account.Kaikei,
                kan = account.Kan,
                kou = account.Kou,
                moku = account.Moku,
                setsu = account.Setsu,
                saisetsu = account.Saisetsu,
                yearRule = Names.Of(account.YearRule),
                moneyOwner = account.MoneyOwner,
                enterprise = account.Enterprise ? 1 : 0,
            });
        }
    }

    private static readonly Sql InsertIssuerField = new("""
        insert into slip_field (municipality, company, name, digit_offset, digit_length)
        values (@municipality, @company, @name, @offset, @length)
        """);

    public static async Task AddFees(Unit unit, string municipality, IReadOnlyList<NewFee> fees)
    {
        foreach (var (position, fee) in fees.Index())
        {
            await unit.Execute(InsertFee, new
            {
                municipality,
                code = fee.Code,
                name = fee.Name,
                kana = fee.Kana,
                revenueAccount = fee.RevenueAccount,
                taxClass = Names.Of(fee.TaxClass),
                methods = string.Join('|', fee.Methods.Select(Names.Of)),
                section = fee.Section,
                places = string.Join('|', fee.Places),
                position,
            });
        }
    }

    public static async Task AddPrices(Unit unit, string municipality, IReadOnlyList<NewPrice> prices)
    {
        foreach (var price in prices)
            await unit.Execute(InsertPrice, new { municipality, fee = price.Fee, validFrom = price.ValidFrom, validTo = price.ValidTo, unitAmount = price.UnitAmount });
    }

    public static async Task AddIssuers(Unit unit, string municipality, IReadOnlyList<SlipLayout> issuers)
    {
        foreach (var issuer in issuers)
        {
            await unit.Execute(InsertIssuer, new
            {
                municipality,
                company = issuer.Company,
                keyOffset = issuer.KeyOffset,
                keyLength = issuer.KeyLength,
                reissueInKey = issuer.ReissueBelongsToKey ? 1 : 0,
            });
            foreach (var field in issuer.Fields)
                await unit.Execute(InsertIssuerField, new { municipality, company = issuer.Company, name = field.Name, offset = field.Offset, length = field.Length });
        }
    }
}
