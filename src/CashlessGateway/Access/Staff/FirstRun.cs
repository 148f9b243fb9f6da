using System.Net;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// A city in which nobody can sign in yet: whoever reads the console of the machine makes the first administrator, with a code that is
/// printed there, lives an hour and opens this one page.
/// </summary>
public sealed class FirstRun(Database database, Clock clock, PersonStore people, PasswordWork work, SignInCities cities, Ids ids, Settings settings, SignInDelays delays, StaffTrail events)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>32^12 is 60 bits; wrong ones become as slow as wrong passwords.</summary>
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private const int Length = 12;

    /// <summary>The first of a city has this id, whoever makes it: two that come at the same moment meet at the primary key.</summary>
    private const string FirstId = "00000000000000000000000001";

    private readonly Lock _gate = new();
    private static readonly byte[] DelayKey = SHA256.HashData("setup"u8);

    private byte[]? _hash;
    private Instant _until;

    /// <summary>A new code, when there is a city without anybody or no city at all; null otherwise, and in Development, whose city has its people.</summary>
    public async Task<string?> NewCode(CancellationToken cancellation)
    {
        if (settings.Demo || (await Open(cancellation)) is not { Any: true }) return null;
        var code = RandomNumberGenerator.GetString(Letters, Length);
        lock (_gate) (_hash, _until) = (Hash(code), clock.Now().Plus(Life));
        return string.Join('-', code.Chunk(4).Select(static part => new string(part)));
    }

    public async Task<FirstRunCities> Open(CancellationToken cancellation)
    {
        var all = await cities.All(cancellation);
        var empty = new List<SignInCity>();
        foreach (var city in all)
            if (!await people.HasAnybody(city.Code, cancellation)) empty.Add(city);
        return new FirstRunCities(all.Count == 0, empty);
    }

    /// <summary>The person, or what is wrong by field.</summary>
    public async Task<(Person? Person, Dictionary<string, Words> Wrong)> Make(FirstRunOrder order, IPAddress? address, CancellationToken cancellation)
    {
        var wrong = new Dictionary<string, Words>(StringComparer.Ordinal);
        var open = await Open(cancellation);
        var city = open.NoCity ? new SignInCity { Code = LoginKey.Plain(order.City), Name = order.CityName.Trim() } : open.Empty.Find(one => one.Code == order.City) ?? (open.Empty is [var only] ? only : null);
        if (TakeTry(order.Code, address) is { } refused) wrong["code"] = refused;
        if (city is null) wrong["city"] = new("まだ職員のいない団体を選んでください。", "Choose a city that nobody belongs to yet.");
        else if (open.NoCity && !MunicipalityCode.IsRight(city.Code)) wrong["city"] = new("6桁の全国地方公共団体コードを、検査数字まで正しく入力してください。", "Enter the six-digit code of the municipality, its check digit included.");
        if (open.NoCity && city is not null && (city.Name.Length is 0 or > Person.LongestName || city.Name.Any(char.IsControl))) wrong["cityName"] = new("団体の名前を入力してください。", "Enter the city's name.");
        if (StaffAccounts.CheckLogin(order.Login) is { } login) wrong["login"] = login;
        if (StaffAccounts.CheckName(order.Name) is { } name) wrong["name"] = name;
        if (PasswordRules.Check(order.Password, order.Login, city?.Name ?? "") is { } password) wrong["password"] = password;
        return wrong.Count > 0 ? (null, wrong) : await Write(city!, open.NoCity, order, wrong, cancellation);
    }

    private async Task<(Person? Person, Dictionary<string, Words> Wrong)> Write(SignInCity city, bool newCity, FirstRunOrder order, Dictionary<string, Words> wrong, CancellationToken cancellation)
    {
        var now = clock.Now();
        var person = StaffAccounts.Fresh(city.Code, FirstId, order.Login, order.Name, null, "setup", now);
        if (await work.Hash(person, order.Password, cancellation) is not { } hash)
        {
            wrong["code"] = SignInSteps.TooBusy;
            return (null, wrong);
        }

        (person.PasswordHash, person.PasswordChangedAt) = (hash, now);
        var (row, admin) = (PersonStore.Row(person), new RoleGrant(ids.Next(), FirstId, Role.Admin, null, BusinessDate.Of(now), null));
        var said = events.Prepare(new StaffEvent(city.Code, FirstId, StaffAction.PersonAdded, By: Actors.System("setup")));
        var written = await database.Write(async unit =>
        {
            if (newCity) await PlaceImport.AddMunicipality(unit, city.Code, city.Name, now);
            await unit.Execute(PersonStore.Insert, row);
            await RoleStore.Add(unit, city.Code, admin, "setup", now);
            await said(unit);
            return true;
        }, ReadBack.ByRow(PersonStore.WrittenBy, new { municipality = city.Code, id = FirstId, version = person.Version }), cancellation);
        if (written is Written<bool>.Taken)
        {
            wrong["code"] = new("ほかの人が先に設定しました。サインインしてください。", "Somebody else was faster. Sign in.");
            return (null, wrong);
        }

        // Another city without anybody needs the code of the next start.
        lock (_gate) _hash = null;
        return (person, wrong);
    }

    private Words? TakeTry(string code, IPAddress? address)
    {
        if (delays.Begin(DelayKey, address) is { } wait) return WaitWords.Of(wait);
        lock (_gate)
        {
            if (_hash is null || clock.Now() >= _until) return new("設定コードの期限が切れています。再起動すると新しいコードが表示されます。", "The set-up code is over. A restart prints a new one.");
            if (!CryptographicOperations.FixedTimeEquals(_hash, Hash(code))) return new("設定コードが違います。", "This is not the set-up code.");
        }

        delays.Succeeded(DelayKey, address);
        return null;
    }

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(LoginKey.Plain(code.Length > 100 ? "" : code).Where(char.IsAsciiLetterOrDigit))));
}

/// <param name="NoCity">There is none yet: the first one is made too.</param>
/// <param name="Empty">Cities in which nobody can sign in.</param>
public sealed record FirstRunCities(bool NoCity, List<SignInCity> Empty)
{
    public bool Any => NoCity || Empty.Count > 0;
}

public sealed record FirstRunOrder(string Code, string City, string CityName, string Login, string Name, string Password);

/// <summary>全国地方公共団体コード: five digits and a check digit.</summary>
public static class MunicipalityCode
{
    private const int Length = 6;

    public static bool IsRight(string code) => code.Length == Length && code.All(char.IsAsciiDigit) && code[5] - '0' == CheckDigit(code);

    /// <summary>Weights 6 to 2 from the left, modulus 11; the last digit of what is left to 11.</summary>
    private static int CheckDigit(string code)
    {
        var sum = 0;
        for (var i = 0; i < Length - 1; i++) sum += (code[i] - '0') * (Length - i);
        return (11 - (sum % 11)) % 10;
    }
}
