using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Access.Staff;
using CashlessGateway.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Access;

/// <summary>How long a session lives, and what it is not fooled by.</summary>
public sealed class StaffSessionTests
{
    [Theory, EachEngine]
    public async Task A_disabled_persons_session_ends_at_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        using var browser = new Browser(city);
        await browser.SignIn("clerk");
        Assert.True(await IsIn(browser));
        await SignInTests.Disable(city, "clerk");
        Assert.False(await IsIn(browser));
    }

    [Fact]
    public async Task A_counters_session_lasts_twelve_hours_however_quiet_it_is()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.SignIn("clerk");
        city.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.True(await IsIn(browser));
        city.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsIn(browser));
    }

    [Fact]
    public async Task An_offices_session_ends_after_half_an_hour_of_nothing()
    {
        await using var city = await City.OpenWith(static services => services.AddSingleton<Func<string, string, Task<SessionKind>>>(static (_, _) => Task.FromResult(SessionKind.Office)));
        using var browser = new Browser(city);
        await browser.SignIn("treasurer");
        for (var i = 0; i < 3; i++)
        {
            city.Time.Advance(TimeSpan.FromMinutes(29));
            Assert.True(await IsIn(browser));
        }

        city.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.False(await IsIn(browser));
    }

    [Fact]
    public async Task A_session_planted_before_signing_in_opens_nothing_afterwards()
    {
        await using var city = await City.Open();
        using var attacker = new Browser(city);
        await attacker.SignIn("approver");
        var planted = attacker.Token!;
        using var victim = new Browser(city) { Token = planted };
        await victim.SignIn("clerk");
        Assert.NotEqual(planted, victim.Token);
        Assert.False(await IsIn(attacker));
        Assert.True(await IsIn(victim));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u007F")]
    public async Task A_made_up_cookie_opens_nothing(string token)
    {
        await using var city = await City.Open();
        using var browser = new Browser(city) { Token = token };
        Assert.False(await IsIn(browser));
    }

    [Fact]
    public async Task The_database_has_the_hash_of_a_token_and_the_hash_opens_nothing()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.SignIn("clerk");
        var hash = await city.Gateway.Database.One<byte[]>(new Sql("select token_hash from staff_session where ended_at is null"));
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(browser.Token!)), hash);
        using var thief = new Browser(city) { Token = System.Buffers.Text.Base64Url.EncodeToString(hash) };
        Assert.False(await IsIn(thief));
    }

    [Fact]
    public async Task A_cookie_of_before_signing_out_opens_nothing()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.SignIn("clerk");
        var kept = browser.Token!;
        await browser.Submit("/sign-out", "/sign-out");
        Assert.Null(browser.Token);
        using var thief = new Browser(city) { Token = kept };
        Assert.False(await IsIn(thief));
    }

    [Fact]
    public async Task A_session_of_one_city_shows_nothing_of_another()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.SignIn("clerk");
        var neighbour = await TwoCities.Add(city);
        var account = await browser.Open("/account");
        Assert.Contains("デモ 窓口担当", account.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("隣の窓口", account.Text, StringComparison.Ordinal);
        // Handed to a person of another city a session would name somebody who is not there.
        var session = (await city.Of<StaffSessions>().Open(City.Code, (await city.Of<PersonStore>().ByLogin(City.Code, "clerk"))!.Id, default)).Single();
        Assert.Empty(await city.Of<StaffSessions>().Open(City.Code, neighbour.Id, default));
        Assert.False(await city.Of<StaffSessions>().End(TwoCities.Other, session.Person, session.Id, "test", default));
    }

    [Fact]
    public async Task Other_roles_or_another_password_end_what_was_open_under_the_old_ones()
    {
        await using var city = await City.Open();
        using var first = new Browser(city);
        using var second = new Browser(city);
        await first.SignIn("clerk");
        await second.SignIn("clerk");
        const string own = "a sentence that is long enough";
        await first.Submit("/account", "/account?handler=Password", ("now", first.PasswordOf("clerk")), ("new", own), ("again", own));
        Assert.True(await IsIn(first));
        Assert.False(await IsIn(second));
        await new Desk(city).Grant((await city.Of<PersonStore>().ByLogin(City.Code, "admin2"))!.Id, CashlessGateway.Access.Roles.Role.Clerk);
        var today = city.Of<CashlessGateway.Money.Clock>().Today();
        Assert.IsType<CashlessGateway.Web.Result<CashlessGateway.Access.Roles.Granted>.Ok>(await city.Of<CashlessGateway.Access.Roles.ManageRoles>().Grant(Newcomer.Administrator(), new CashlessGateway.Access.Roles.RoleOrder((await city.Of<PersonStore>().ByLogin(City.Code, "clerk"))!.Id, CashlessGateway.Access.Roles.Role.Treasury, null, today, null)));
        await Task.Delay(1_100);
        Assert.False(await IsIn(first));
    }

    [Fact]
    public async Task One_ends_ones_own_sessions_elsewhere_and_nobody_elses()
    {
        await using var city = await City.Open();
        using var first = new Browser(city);
        using var second = new Browser(city);
        using var colleague = new Browser(city);
        await first.SignIn("clerk");
        await second.SignIn("clerk");
        await colleague.SignIn("approver");
        var theirs = (await city.Of<StaffSessions>().Open(City.Code, (await city.Of<PersonStore>().ByLogin(City.Code, "approver"))!.Id, default)).Single();
        var page = await first.Open("/account");
        await first.Send(page, "/account?handler=End", ("session", theirs.Id));
        await first.Send(page, "/account?handler=End", ("session", "others"));
        Assert.True(await IsIn(first));
        Assert.False(await IsIn(second));
        Assert.True(await IsIn(colleague));
    }

    [Fact]
    public async Task A_page_from_before_the_change_of_operator_sends_nothing_in_a_colleagues_name()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.SignIn("clerk");
        var old = await browser.Open("/account");
        await browser.SignIn("approver");
        Assert.Equal(400, (await browser.Send(old, "/account?handler=Recovery", ("now", browser.PasswordOf("clerk")))).Status);
    }

    [Fact]
    public async Task Keys_and_logins_are_for_the_owners_eyes_and_outlive_a_restart()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.SignIn("clerk");
        var logins = city.Gateway.DemoLogins!;
        var keys = Path.Combine(city.Directory, "keys");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        foreach (var file in Directory.GetFiles(keys, "*.xml").Append(Path.Combine(city.Directory, "demo-logins.txt")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await using var again = await city.Reopen();
        using var later = new Browser(again) { Token = browser.Token };
        Assert.True(await IsIn(later));
        Assert.Equal(logins.People, again.Gateway.DemoLogins!.People);
        using var fresh = new Browser(again);
        await fresh.SignIn("clerk");
        Assert.Equal("/account", fresh.Address);
    }

    internal static async Task<bool> IsIn(Browser browser)
    {
        await browser.Open("/account");
        return browser.Address == "/account";
    }
}
