using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Routing;

/// <summary>
/// What the city and a provider agreed on, as far as the gateway and not the adapter needs it: <c>Providers:&lt;name&gt;:Contract:…</c>.
/// </summary>
public sealed record ContractTerms
{
    public const string City = "city";
    private const string Manager = "manager:";

    /// <summary>Whose contract it is: <c>city</c> or <c>manager:NAME</c>, as receivables' money owners are written.</summary>
    public string Holder { get; init; } = City;

    /// <summary>Whose account the payouts reach.</summary>
    public string PayoutOwner { get; init; } = City;

    /// <summary>The company's legal name, as receipts name it (指定納付受託者…); null for the contract's own name.</summary>
    public string? TrusteeName { get; init; }

    /// <summary>By method: the hours of a day, Tokyo, in which new payments are taken. What is not named is open always.</summary>
    public IReadOnlyDictionary<PaymentMethod, IReadOnlyList<OpenHours>> Hours { get; init; } = new Dictionary<PaymentMethod, IReadOnlyList<OpenHours>>();

    /// <summary>By method: the lowest and highest sum, where they are narrower than the adapter's.</summary>
    public IReadOnlyDictionary<PaymentMethod, AmountLimits> Limits { get; init; } = new Dictionary<PaymentMethod, AmountLimits>();

    /// <summary>By brand ('*' for all others): the days on which this contract takes it.</summary>
    public IReadOnlyDictionary<string, BrandDays> Brands { get; init; } = new Dictionary<string, BrandDays>(StringComparer.Ordinal);

    public IReadOnlyList<FeeRate> Fees { get; init; } = [];

    /// <summary>The city's money (外の歳計外現金 too) goes through the city's contracts only, a manager's own income through the manager's.</summary>
    public bool Holds(string moneyOwner) => Holder == moneyOwner || (Holder == City && !moneyOwner.StartsWith(Manager, StringComparison.Ordinal));

    /// <summary>Closed until when; null while it is open.</summary>
    public Instant? ClosedUntil(PaymentMethod method, Instant now)
    {
        if (!Hours.TryGetValue(method, out var hours)) return null;
        var (day, time) = (BusinessDate.Of(now), TimeOfDay(now));
        if (hours.Any(open => open.Contains(time))) return null;
        var next = hours.Where(open => open.From > time).Select(static open => (TimeSpan?)open.From).Min();
        return next is { } today ? day.Begins.Plus(today) : day.AddDays(1).Begins.Plus(hours.Min(static open => open.From));
    }

    /// <summary>Percent of the sum; null where the contract names none.</summary>
    public decimal? FeeOf(string? brand, BusinessDate day) =>
        (brand is null ? null : RateOf(brand, day)) ?? RateOf(FeeRate.AnyBrand, day);

    public bool TakesBrandOn(string brand, BusinessDate day) => !Brands.TryGetValue(brand, out var days) || days.Contain(day);

    private decimal? RateOf(string brand, BusinessDate day) => Fees.Where(rate => rate.Brand == brand && rate.From <= day).MaxBy(static rate => rate.From)?.Percent;

    private static TimeSpan TimeOfDay(Instant now) => now - BusinessDate.Of(now).Begins;

    /// <exception cref="StartupException">A term is impossible; it is named.</exception>
    public static ContractTerms Read(string instance, IReadOnlyDictionary<string, string> values)
    {
        var owner = values.GetValueOrDefault("Holder") ?? City;
        var terms = new ContractTerms { Holder = Owner(instance, "Holder", owner), PayoutOwner = Owner(instance, "PayoutOwner", values.GetValueOrDefault("PayoutOwner") ?? owner), TrusteeName = Words(instance, "TrusteeName", values.GetValueOrDefault("TrusteeName")) };
        var hours = new Dictionary<PaymentMethod, IReadOnlyList<OpenHours>>();
        var limits = new Dictionary<PaymentMethod, AmountLimits>();
        var brands = new Dictionary<string, BrandDays>(StringComparer.Ordinal);
        var fees = new List<FeeRate>();
        foreach (var (name, value) in values)
        {
            switch (name.Split(':'))
            {
                case ["Holder"] or ["PayoutOwner"] or ["TrusteeName"]:
                    break;
                case ["Hours", var method]:
                    hours[Method(instance, name, method)] = [.. value.Split(',', StringSplitOptions.TrimEntries).Select(text => OpenHours.TryParse(text, out var open) ? open : throw Wrong(instance, name, value, "hours such as 06:00-23:30, joined by commas"))];
                    break;
                case ["Limits", var method, "Lowest" or "Highest"]:
                    var (key, yen) = (Method(instance, name, method), Yen(instance, name, value));
                    var before = limits.GetValueOrDefault(key) ?? new AmountLimits(null, null);
                    limits[key] = name.EndsWith("Lowest", StringComparison.OrdinalIgnoreCase) ? before with { Lowest = yen } : before with { Highest = yen };
                    break;
                case ["Brands", var brand, "From" or "To"]:
                    var day = Day(instance, name, value);
                    var days = brands.GetValueOrDefault(brand) ?? new BrandDays(null, null);
                    brands[brand] = name.EndsWith("From", StringComparison.OrdinalIgnoreCase) ? days with { From = day } : days with { To = day };
                    break;
                case ["Fees", var brand, var from]:
                    fees.Add(new FeeRate(brand, Day(instance, name, from), Percent(instance, name, value)));
                    break;
                default:
                    throw new StartupException($"Providers:{instance}:Contract:{name} is no term that the gateway knows: Holder, PayoutOwner, Hours:<method>, Limits:<method>:Lowest|Highest, Brands:<brand>:From|To, Fees:<brand or *>:<first day>.");
            }
        }

        return terms with { Hours = hours, Limits = limits, Brands = brands, Fees = fees };
    }

    private static string Owner(string instance, string name, string value) =>
        value == City || (value.StartsWith(Manager, StringComparison.Ordinal) && value.Length > Manager.Length) ? value : throw Wrong(instance, name, value, "'city' or 'manager:NAME'");

    private static string? Words(string instance, string name, string? value) =>
        value is null || (value.Trim().Length is > 0 and <= 100 && !value.Any(char.IsControl)) ? value?.Trim() : throw Wrong(instance, name, value, "a name of at most 100 characters");

    private static PaymentMethod Method(string instance, string name, string text) =>
        Names.TryParse<PaymentMethod>(text, out var method) && method is PaymentMethod.Qr or PaymentMethod.Emoney or PaymentMethod.Card ? method : throw Wrong(instance, name, text, "for qr, emoney or card");

    private static long Yen(string instance, string name, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var yen) && yen is > 0 and < 100_000_000 ? yen : throw Wrong(instance, name, value, "a number of yen");

    private static BusinessDate Day(string instance, string name, string value) => BusinessDate.TryParse(value, out var day) ? day : throw Wrong(instance, name, value, "a day (yyyy-mm-dd)");

    private static decimal Percent(string instance, string name, string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 20 ? percent : throw Wrong(instance, name, value, "a percentage from 0 to 20");

    private static StartupException Wrong(string instance, string name, string value, string must) => new($"Providers:{instance}:Contract:{name} is '{value}'; it must be {must}.");
}

/// <summary>From a time to a time of one day; the end is not included, and 24:00 is midnight.</summary>
public sealed record OpenHours(TimeSpan From, TimeSpan To)
{
    public bool Contains(TimeSpan time) => time >= From && time < To;

    public static bool TryParse(string text, out OpenHours hours)
    {
        hours = new OpenHours(TimeSpan.Zero, TimeSpan.FromDays(1));
        if (text.Split('-') is not [var from, var to] || !Time(from, out var begins) || !Time(to, out var ends) || begins >= ends) return false;
        hours = new OpenHours(begins, ends);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(int)From.TotalHours:00}:{From.Minutes:00}-{(int)To.TotalHours:00}:{To.Minutes:00}");

    private static bool Time(string text, out TimeSpan time)
    {
        time = default;
        if (text.Split(':') is not [{ Length: 2 } hour, { Length: 2 } minute] || !int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h) || !int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m) || m > 59) return false;
        time = new TimeSpan(h, m, 0);
        return time <= TimeSpan.FromDays(1);
    }
}

/// <summary>Yen, both included.</summary>
public sealed record AmountLimits(long? Lowest, long? Highest);

/// <summary>Both included.</summary>
public sealed record BrandDays(BusinessDate? From, BusinessDate? To)
{
    public bool Contain(BusinessDate day) => (From is not { } from || day >= from) && (To is not { } to || day <= to);
}

/// <summary>What the provider keeps of each payment, from a day until the next rate of the same brand.</summary>
public sealed record FeeRate(string Brand, BusinessDate From, decimal Percent)
{
    public const string AnyBrand = "*";
}
