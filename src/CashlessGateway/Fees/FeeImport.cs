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
    string Code, string Name, string Kana, string RevenueAccount, TaxClass TaxClass, IReadOnlyList<PaymentMethod> Methods, string Section, IReadOnlyList<string> Places, int? StepPeople = null)
{
    internal FeeContent At(Yen unitAmount) => new(
        Name, Kana, unitAmount, StepPeople, RevenueAccount, Names.Of(TaxClass), string.Join(FeeItem.Separator, Methods.Select(Names.Of)), Section, string.Join(FeeItem.Separator, Places));
}

/// <summary>Both days belong to the period; without a last day it is open.</summary>
public sealed record NewPrice(string Fee, BusinessDate ValidFrom, BusinessDate? ValidTo, Yen UnitAmount);

/// <summary>What a counter wants first, in this order.</summary>
public sealed record NewFavourites(string Place, IReadOnlyList<string> Fees);

/// <summary>Writes accounts, fees with their prices, grounds, favourites and slip layouts from files, inside the caller's unit; the order in a file becomes the position. What is loaded counts as approved.</summary>
public static class FeeImport
{
    private static readonly Sql InsertAccount = new("""
        insert into revenue_account (municipality, code, title, kaikei, kan, kou, moku, setsu, saisetsu, year_rule, money_owner, enterprise)
        values (@municipality, @code, @title, @kaikei, @kan, @kou, @moku, @setsu, @saisetsu, @yearRule, @moneyOwner, @enterprise)
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

    public static async Task AddFees(Unit unit, string municipality, IReadOnlyList<NewFee> fees, IReadOnlyList<NewPrice> prices, Instant now)
    {
        await FeeWriter.HoldCatalogue(unit, municipality);
        var approval = Approval.Of("import", now);
        foreach (var (position, fee) in fees.Index())
            foreach (var price in prices.Where(price => price.Fee == fee.Code))
                await FeeWriter.Insert(unit, municipality, FeeItem.Of(fee.Code, position, price.ValidFrom, price.ValidTo, fee.At(price.UnitAmount)), approval);
    }

    public static async Task AddGrounds(Unit unit, string municipality, IReadOnlyList<Ground> grounds, Instant now)
    {
        foreach (var (position, ground) in grounds.Index()) await GroundStore.Insert(unit, municipality, ground with { Position = position }, Approval.Of("import", now));
    }

    public static async Task AddFavourites(Unit unit, string municipality, IReadOnlyList<NewFavourites> favourites)
    {
        foreach (var place in favourites) await FavouriteStore.Set(unit, municipality, place.Place, place.Fees);
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
