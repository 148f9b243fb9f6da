using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Access;

/// <summary>People with roles before the pages of a running city.</summary>
internal sealed partial class Desk(City city)
{
    public const string Other = "131016";

    private static readonly Sql InsertPerson = new("""
        insert into person (municipality, id, login, login_key, name, mail, language, security_stamp, two_factor, failed_count, created_at, created_by, version)
        values (@municipality, @id, @login, @key, @name, @mail, 'ja', 'x', 0, 0, 0, 'test', 1)
        """);

    private static readonly Sql InsertGrant = new("""
        insert into role_grant (municipality, id, person, role, place, valid_from, valid_to, granted_at, granted_by)
        values (@municipality, @id, @person, @role, @place, @from, @to, 0, 'test')
        """);

    private static readonly Sql InsertSession = new("""
        insert into staff_session (municipality, id, token_hash, person, kind, stamp, created_at, seen_at, expires_at)
        values (@municipality, @id, @hash, @person, 'office', 'x', 0, 0, 9999999999999)
        """);

    public static readonly Sql OpenSessions = new("select count(*) from staff_session where municipality = @municipality and person = @person and ended_at is null");

    public City City { get; } = city;

    /// <summary>Somebody with a role at all places, or at one.</summary>
    public async Task<string> Person(Role? role = null, string? place = null, string municipality = City.Code, string? mail = null, string from = "2020-01-01", string? to = null, string? name = null)
    {
        var id = City.Of<Ids>().Next();
        await Write(unit => unit.Execute(InsertPerson, new { municipality, id, login = id, key = System.Text.Encoding.ASCII.GetBytes(id), name = name ?? $"職員{id[^4..]}", mail }));
        if (role is { } held) await Grant(id, held, place, municipality, from, to);
        return id;
    }

    public Task Grant(string person, Role role, string? place = null, string municipality = City.Code, string from = "2020-01-01", string? to = null) =>
        Write(unit => unit.Execute(InsertGrant, new { municipality, id = City.Of<Ids>().Next(), person, role = Names.Of(role), place, from, to }));

    public Task Session(string person) => Write(unit => unit.Execute(InsertSession, new { municipality = City.Code, id = City.Of<Ids>().Next(), person, hash = System.Text.Encoding.ASCII.GetBytes(City.Of<Ids>().Next()) }));

    public Task AddOtherCity() => City.Gateway.Database.WriteSurely(async unit =>
    {
        await PlaceImport.AddMunicipality(unit, Other, "別の市", City.Of<Clock>().Now());
        await PlaceImport.AddPlaces(unit, [new NewPlace(new Place { Municipality = Other, Code = "yoso-1", Name = "よその窓口", Section = "よその課", OpensOn = BusinessDate.Of(2020, 1, 1) }, [])]);
        return true;
    }, ReadBack.SafeToRepeat);

    /// <summary>The same as the pages see them, without a page.</summary>
    public async Task<StaffMember> Member(string person, string municipality = City.Code, string session = "s1")
    {
        await using var scope = City.Gateway.App.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers[TestSignIn.Header] = $"{municipality}/{person}/{session}";
        return await City.Of<SignedIn>().Find(http) ?? throw new InvalidOperationException($"Nobody is {person}.");
    }

    public HttpClient As(string? person, string municipality = City.Code)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = City.Nobody.BaseAddress };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        if (person is not null) client.DefaultRequestHeaders.Add(TestSignIn.Header, $"{municipality}/{person}/s1");
        return client;
    }

    public static async Task<Answer> Get(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await Answer.Of(response);
    }

    public static async Task<Answer> Post(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var body = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        using var response = await client.PostAsync(path, body);
        return await Answer.Of(response);
    }

    /// <summary>The key that an answer shows once.</summary>
    public static string SecretOn(Answer page) => WebUtility.HtmlDecode(Secret().Match(page.Text).Groups["key"].Value);

    [GeneratedRegex("<code class=\"secret\">(?<key>[^<]+)</code>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    private Task Write(Func<Unit, Task<int>> work) => City.Gateway.Database.WriteSurely(work, ReadBack.SafeToRepeat);
}
