using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Fees;

/// <summary>What can change about an item: all that a sale copies from it, and how people find it.</summary>
/// <param name="StepPeople">人数の刻み: beyond this many people one more is charged for each further so many begun; null where people do not count.</param>
/// <param name="Places">Codes, '*counter', '*facility' or '*', joined by '|'.</param>
public sealed record FeeContent(
    string Name, string Kana, Yen UnitAmount, int? StepPeople, string RevenueAccount, string TaxClass, string Methods, string Section, string Places)
{
    /// <summary>
    /// This content, planned for a later day, after another change was put in before it: what the plan did not touch follows that change,
    /// what the plan itself changes stays as planned.
    /// </summary>
    public FeeContent Following(FeeContent before, FeeContent now) => new(
        Name == before.Name ? now.Name : Name,
        Kana == before.Kana ? now.Kana : Kana,
        UnitAmount == before.UnitAmount ? now.UnitAmount : UnitAmount,
        StepPeople == before.StepPeople ? now.StepPeople : StepPeople,
        RevenueAccount == before.RevenueAccount ? now.RevenueAccount : RevenueAccount,
        TaxClass == before.TaxClass ? now.TaxClass : TaxClass,
        Methods == before.Methods ? now.Methods : Methods,
        Section == before.Section ? now.Section : Section,
        Places == before.Places ? now.Places : Places);
}

/// <summary>手数料・使用料: a priced thing, as it is from one day to another. Both days belong to it; without a last day it is open.</summary>
public sealed record FeeItem
{
    public const char Separator = '|';

    public const string Everywhere = "*";

    public string Code { get; init; } = "";
    public string Name { get; init; } = "";
    public string Kana { get; init; } = "";
    public string RevenueAccount { get; init; } = "";
    public string TaxClass { get; init; } = "";
    public string Methods { get; init; } = "";
    public string Section { get; init; } = "";
    public string Places { get; init; } = "";
    public Yen UnitAmount { get; init; }
    public int? StepPeople { get; init; }

    /// <summary>Where it stands in the catalogue.</summary>
    public int Position { get; init; }

    public BusinessDate ValidFrom { get; init; }
    public BusinessDate? ValidTo { get; init; }

    public IReadOnlyList<string> MethodList => Methods.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> PlaceList => Places.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    public FeeContent Content => new(Name, Kana, UnitAmount, StepPeople, RevenueAccount, TaxClass, Methods, Section, Places);

    public static FeeItem Of(string code, int position, BusinessDate from, BusinessDate? to, FeeContent content) => new()
    {
        Code = code,
        Position = position,
        ValidFrom = from,
        ValidTo = to,
        Name = content.Name,
        Kana = content.Kana,
        UnitAmount = content.UnitAmount,
        StepPeople = content.StepPeople,
        RevenueAccount = content.RevenueAccount,
        TaxClass = content.TaxClass,
        Methods = content.Methods,
        Section = content.Section,
        Places = content.Places,
    };

    public bool HoldsOn(BusinessDate day) => ValidFrom <= day && (ValidTo is not { } last || last >= day);

    /// <summary>'*counter' and '*facility' stand for all of that kind, '*' for all places.</summary>
    public bool IsChargedAt(string place, string kind)
    {
        var places = PlaceList;
        return places.Contains(Everywhere) || places.Contains(Everywhere + kind) || places.Contains(place);
    }

    public bool IsChargedAt(Place place) => IsChargedAt(place.Code, Names.Of(place.Kind));
}

/// <summary>人数で刻む料金: a certificate of many people counts as several.</summary>
public static class PeopleSteps
{
    /// <summary>More people than any household or register page has.</summary>
    public const int MostPeople = 999;

    /// <summary>How many one copy counts as: 1 up to <paramref name="step"/> people, and one more for each further so many begun.</summary>
    public static long Of(int? step, int people)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 1);
        return step is not { } size || people <= size ? 1 : (people + size - 1) / size;
    }
}
