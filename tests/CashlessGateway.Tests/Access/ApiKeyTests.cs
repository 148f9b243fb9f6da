using System.Net.Http.Headers;
using CashlessGateway.Access;
using CashlessGateway.Access.Clients;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Access;

public class ApiKeyTests
{
    [Theory, EachEngine]
    public async Task A_key_opens_nothing_before_somebody_else_has_approved(Engine engine)
    {
        await using var world = await World.Open(engine);
        var asked = await world.Ask(new ClientForm("レジ", null, null, 1_000, null));
        Assert.Equal("key-unknown", await world.With(asked.Secret));
        Assert.NotNull(await world.Proposals.Approve(world.Maker, asked.Proposal, 1));
        Assert.Equal("key-unknown", await world.With(asked.Secret));
        Assert.Null(await world.Proposals.Approve(world.Checker, asked.Proposal, 1));
        Assert.Null(await world.With(asked.Secret));
        var (client, keys) = (await world.Clients.Find(world.Maker, asked.Client, Right.SeeSettings))!.Value;
        Assert.Equal((world.Maker.Principal, world.Maker.Principal), (client.CreatedBy, Assert.Single(keys).CreatedBy));
    }

    [Fact]
    public async Task A_truncated_a_mistyped_and_a_foreign_key_are_told_apart()
    {
        await using var world = await World.Open();
        var key = (await world.Made(new ClientForm("レジ", null, null, 1_000, null))).Secret;
        Assert.Equal("key-malformed", await world.With(key[..^1]));
        Assert.Equal("key-malformed", await world.With(key[..^1] + (key[^1] == 'a' ? 'b' : 'a')));
        Assert.Equal("key-other-environment", await world.With(ApiKey.New("live").Text));
        Assert.Equal("key-unknown", await world.With(ApiKey.New("demo").Text));
    }

    [Theory, EachEngine]
    public async Task A_revoked_key_opens_nothing_from_that_moment_on(Engine engine)
    {
        await using var world = await World.Open(engine);
        var asked = await world.Made(new ClientForm("レジ", null, null, 1_000, null));
        Assert.Null(await world.With(asked.Secret));
        Assert.Null(await world.Clients.Revoke(world.Maker, asked.Client, asked.KeyId));
        Assert.Equal("key-unknown", await world.With(asked.Secret));
        var key = Assert.Single((await world.Clients.Find(world.Maker, asked.Client, Right.SeeSettings))!.Value.Keys);
        Assert.Equal(world.Maker.Principal, key.RevokedBy);
        Assert.NotNull(key.LastUsedAt);
    }

    [Theory, EachEngine]
    public async Task Both_keys_work_while_a_system_changes_over(Engine engine)
    {
        await using var world = await World.Open(engine);
        var old = await world.Made(new ClientForm("レジ", null, null, 1_000, null));
        var rotated = Value(await world.Clients.Rotate(world.Maker, old.Client, old.KeyId, ManageApiClients.UsualOverlapDays, null));
        Assert.Equal((null, "key-unknown"), (await world.With(old.Secret), await world.With(rotated.Secret)));
        Assert.Null(await world.Proposals.Approve(world.Checker, rotated.Proposal, 1));
        Assert.Equal((null, null), (await world.With(old.Secret), await world.With(rotated.Secret)));
        world.City.Time.Advance(TimeSpan.FromDays(7));
        await Task.Delay(TimeSpan.FromMilliseconds(1_100));
        Assert.Equal(("key-expired", null), (await world.With(old.Secret), await world.With(rotated.Secret)));
    }

    [Fact]
    public async Task A_key_works_until_its_last_day_is_over_in_Tokyo()
    {
        await using var world = await World.Open();
        var last = BusinessDate.Of(2026, 11, 30);
        var asked = await world.Made(new ClientForm("レジ", null, null, 1_000, null), last);
        world.City.Time.Set(last.AddDays(1).Begins.ToDateTimeOffset().AddMilliseconds(-1));
        Assert.Null(await world.With(asked.Secret));
        world.City.Time.Set(last.AddDays(1).Begins.ToDateTimeOffset());
        Assert.Equal("key-expired", await world.With(asked.Secret));
    }

    [Theory, EachEngine]
    public async Task A_key_works_from_its_clients_networks_only(Engine engine)
    {
        await using var world = await World.Open(engine);
        var asked = await world.Made(new ClientForm("予約システム", null, null, 1_000, "203.0.113.0/24"));
        Assert.Equal("address-not-allowed", await world.With(asked.Secret));
        Assert.Null(await world.Clients.Change(world.Maker, asked.Client, new ClientForm("予約システム", null, null, 1_000, "203.0.113.0/24 127.0.0.0/8 ::1")));
        Assert.Null(await world.With(asked.Secret));
    }

    [Fact]
    public async Task A_client_is_limited_to_its_places_and_its_rate()
    {
        await using var world = await World.Open();
        var asked = await world.Made(new ClientForm("体育館", null, ["shimin-1"], 6, null));
        using var client = world.Caller(asked.Secret);
        var places = (await world.City.Get("/v1/places", client)).Json.GetProperty("items").EnumerateArray().Select(place => place.GetProperty("code").GetString());
        Assert.Equal(["shimin-1"], places);
        Assert.Equal(429, (await world.City.Get("/v1/places", client)).Status);
    }

    [Fact]
    public async Task Disabling_a_client_ends_all_its_keys()
    {
        await using var world = await World.Open();
        var asked = await world.Made(new ClientForm("レジ", null, null, 1_000, null));
        Assert.Null(await world.With(asked.Secret));
        Assert.Null(await world.Clients.Disable(world.Maker, asked.Client));
        Assert.Equal("key-unknown", await world.With(asked.Secret));
        Assert.IsType<Result<AskedKey>.Refused>(await world.Clients.AddKey(world.Maker, asked.Client, new KeyForm(null, [Scopes.PlacesRead], null)));
    }

    private static T Value<T>(Result<T> result) => Assert.IsType<Result<T>.Ok>(result).Value;

    private sealed class World(City city, StaffMember maker, StaffMember checker) : IAsyncDisposable
    {
        public City City { get; } = city;
        public StaffMember Maker { get; } = maker;
        public StaffMember Checker { get; } = checker;
        public ManageApiClients Clients => City.Of<ManageApiClients>();
        public Proposals Proposals => City.Of<Proposals>();

        public static async Task<World> Open(Engine engine = Engine.Sqlite)
        {
            var city = await City.Open(engine);
            var desk = new Desk(city);
            return new World(city, await desk.Member(await desk.Person(Role.Admin)), await desk.Member(await desk.Person(Role.TreasuryApprover)));
        }

        public async Task<AskedKey> Ask(ClientForm form, BusinessDate? last = null) => Value(await Clients.Create(Maker, form, new KeyForm("2026年度", [Scopes.PlacesRead], last)));

        public async Task<AskedKey> Made(ClientForm form, BusinessDate? last = null)
        {
            var asked = await Ask(form, last);
            Assert.Null(await Proposals.Approve(Checker, asked.Proposal, 1));
            return asked;
        }

        public HttpClient Caller(string key)
        {
            var client = new HttpClient { BaseAddress = City.Till.BaseAddress };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            return client;
        }

        public async Task<string?> With(string key)
        {
            using var client = Caller(key);
            return (await City.Get("/v1/places", client)).Code;
        }

        public ValueTask DisposeAsync() => City.DisposeAsync();
    }
}
