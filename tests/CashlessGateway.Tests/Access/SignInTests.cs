using System.Net;
using CashlessGateway.Access;
using CashlessGateway.Access.Staff;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Access;

/// <summary>Signing in, seen from a browser.</summary>
public sealed class SignInTests
{
    [Theory, EachEngine]
    public async Task Login_password_and_the_apps_code_open_the_account(Engine engine)
    {
        await using var city = await City.Open(engine);
        using var browser = new Browser(city);
        var page = await browser.Password("clerk", browser.PasswordOf("clerk"));
        Assert.Contains("もうひとつの確認", page.Text, StringComparison.Ordinal);
        Assert.Null(browser.Token);
        var account = await browser.Code(browser.AppCode());
        Assert.Equal((200, "/account"), (account.Status, browser.Address));
        Assert.Contains("デモ 窓口担当", account.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_alone_opens_nothing()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.Password("clerk", browser.PasswordOf("clerk"));
        await browser.Open("/account");
        Assert.StartsWith("/sign-in?returnUrl=", browser.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_the_same_in_capitals_and_in_full_width()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        var page = await browser.Password(" ＣＬＥＲＫ ", browser.PasswordOf("clerk"));
        Assert.Contains("もうひとつの確認", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_login_wrong_password_and_disabled_person_get_one_answer_for_one_hash_each()
    {
        var hasher = new CountingHasher();
        await using var city = await City.OpenWith(services => services.AddSingleton<IPasswordHasher<Person>>(hasher));
        await Disable(city, "auditor");
        using var browser = new Browser(city);
        var right = browser.PasswordOf("auditor");
        (string Login, string Password)[] tries = [("nobody-here", "wrong wrong wrong"), ("clerk", "wrong wrong wrong"), ("auditor", right)];
        var answers = new List<(int, string, int)>();
        foreach (var (login, password) in tries)
        {
            var before = hasher.Verified;
            var answer = await browser.SendFrom("/sign-in", "/sign-in", ("login", login), ("password", password));
            var plain = System.Text.RegularExpressions.Regex.Replace(answer.Text.Replace(login, "LOGIN", StringComparison.Ordinal), "name=\"formToken\" type=\"hidden\" value=\"[^\"]*\"", "TOKEN", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            answers.Add((answer.Status, plain, hasher.Verified - before));
        }

        Assert.Equal((400, 1), (answers[0].Item1, answers[0].Item3));
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task The_fourth_wrong_password_waits_twice_as_long_each_time_and_says_so()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        for (var i = 0; i < 3; i++) Assert.Equal(400, (await Wrong(browser, "clerk")).Status);
        var waits = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var refused = await Wrong(browser, "clerk");
            Assert.Equal(429, refused.Status);
            waits.Add(refused.Headers["Retry-After"]);
            Assert.Contains($"あと{refused.Headers["Retry-After"]}秒", refused.Text, StringComparison.Ordinal);
            city.Time.Advance(TimeSpan.FromSeconds(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(400, (await Wrong(browser, "clerk")).Status);
        }

        Assert.Equal(["1", "2", "4", "8"], waits);
    }

    [Fact]
    public async Task Guesses_at_a_login_that_does_not_exist_wait_just_as_long()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        for (var i = 0; i < 3; i++) Assert.Equal(400, (await Wrong(browser, "nobody-here")).Status);
        Assert.Equal(429, (await Wrong(browser, "nobody-here")).Status);
    }

    [Fact]
    public async Task Many_guesses_sent_together_do_not_all_go_first()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        var page = await browser.Open("/sign-in");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => browser.Send(page, "/sign-in", ("login", "clerk"), ("password", "wrong wrong wrong"))));
        Assert.Equal(3, answers.Count(answer => answer.Status == 400));
        Assert.Equal(9, answers.Count(answer => answer.Status == 429));
    }

    [Fact]
    public async Task Nobody_elses_guesses_hold_up_a_colleague_or_a_session()
    {
        await using var city = await City.Open();
        using var working = new Browser(city);
        await working.SignIn("clerk");
        using var guessing = new Browser(city);
        for (var i = 0; i < 5; i++) await Wrong(guessing, "clerk");
        Assert.Equal(200, (await working.Open("/account")).Status);
        using var colleague = new Browser(city);
        Assert.Equal(200, (await colleague.SignIn("approver")).Status);
        Assert.Equal("/account", colleague.Address);
    }

    [Fact]
    public async Task A_code_of_the_app_is_good_once()
    {
        await using var city = await City.Open();
        using var first = new Browser(city);
        var code = first.AppCode();
        await first.Password("clerk", first.PasswordOf("clerk"));
        await first.Code(code);
        Assert.Equal("/account", first.Address);
        using var second = new Browser(city);
        await second.Password("clerk", second.PasswordOf("clerk"));
        var refused = await second.Code(code);
        Assert.Equal(400, refused.Status);
        Assert.Contains("もう使われています", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_codes_even_the_right_one_waits_and_time_ends_it()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.Password("clerk", browser.PasswordOf("clerk"));
        for (var i = 0; i < 5; i++) Assert.Equal(400, (await browser.Code("000000")).Status);
        var held = await browser.Code(OneTimeCode.At(city.Gateway.DemoLogins!.Secret, city.Of<CashlessGateway.Money.Clock>().Now()));
        Assert.Equal(429, held.Status);
        Assert.Contains("あと30秒", held.Text, StringComparison.Ordinal);
        city.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await browser.Code(browser.AppCode())).Status);
        Assert.Equal("/account", browser.Address);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/account\r\nSet-Cookie: x=y")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%0d%0aSet-Cookie:%20x=y/../..//evil.example")]
    [InlineData("/sign-out")]
    public async Task A_return_address_leads_to_our_own_pages_only(string returnUrl)
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.Password("clerk", browser.PasswordOf("clerk"), returnUrl);
        var answer = await browser.SendFrom("/sign-in/code", "/sign-in/code", ("code", browser.AppCode()));
        Assert.Equal(302, answer.Status);
        Assert.StartsWith("/", answer.Headers["Location"], StringComparison.Ordinal);
        Assert.False(answer.Headers["Location"].StartsWith("//", StringComparison.Ordinal) || answer.Headers["Location"].Contains('\\', StringComparison.Ordinal) || answer.Headers["Location"] == "/sign-out", answer.Headers["Location"]);
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie" && header.Value.Contains("x=y", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_signing_in_one_is_where_one_wanted_to_go()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        await browser.Open("/operator?x=1");
        Assert.Equal("/sign-in?returnUrl=%2Foperator%3Fx%3D1", browser.Address);
        await browser.SignIn("clerk", "/operator?x=1");
        Assert.Equal("/operator?x=1", browser.Address);
    }

    [Fact]
    public async Task A_form_without_its_token_or_with_another_browsers_is_refused()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        using var other = new Browser(city);
        var stolen = Browser.Form(await other.Open("/sign-in"), "/sign-in");
        await browser.Open("/sign-in");
        Assert.Equal(400, (await browser.Post("/sign-in", [new("login", "clerk"), new("password", browser.PasswordOf("clerk"))])).Status);
        stolen["login"] = "clerk";
        stolen["password"] = browser.PasswordOf("clerk");
        var refused = await browser.Post("/sign-in", stolen);
        Assert.Equal(400, refused.Status);
        Assert.Contains("画面を開き直して", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused_even_with_a_token()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        var form = Browser.Form(await browser.Open("/sign-in"), "/sign-in");
        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(403, (await browser.Raw(request)).Status);
    }

    [Fact]
    public async Task Fields_that_nobody_types_are_refused_like_any_wrong_one()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        Assert.Equal(400, (await browser.SendFrom("/sign-in", "/sign-in", ("login", new string('x', 5_000)), ("password", new string('y', 20_000)))).Status);
        Assert.Equal(413, (await browser.SendFrom("/sign-in", "/sign-in", ("login", new string('x', 400_000)), ("password", "y"))).Status);
        Assert.Equal(400, (await browser.SendFrom("/sign-in", "/sign-in", ("login", "\uD800\u0000"), ("password", "y"))).Status);
    }

    [Fact]
    public async Task What_was_typed_comes_back_as_text()
    {
        await using var city = await City.Open();
        using var browser = new Browser(city);
        var answer = await browser.SendFrom("/sign-in", "/sign-in", ("login", "\"><script>alert(1)</script>"), ("password", "y"));
        Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_several_cities_the_address_says_which()
    {
        await using var city = await City.Open();
        await TwoCities.Add(city);
        using var browser = new Browser(city);
        var chooser = await browser.Open("/sign-in");
        Assert.Contains($"/m/{TwoCities.Other}/sign-in", chooser.Text, StringComparison.Ordinal);
        var refused = await browser.SendFrom($"/m/{TwoCities.Other}/sign-in", $"/m/{TwoCities.Other}/sign-in", ("login", "clerk"), ("password", browser.PasswordOf("clerk")));
        Assert.Equal(400, refused.Status);
        await browser.Submit($"/m/{City.Code}/sign-in", $"/m/{City.Code}/sign-in", ("login", "clerk"), ("password", browser.PasswordOf("clerk")));
        Assert.Equal("/sign-in/code", browser.Address);
        Assert.Equal(404, (await browser.Open("/m/999999/sign-in")).Status);
    }

    [Fact]
    public async Task Somebody_without_a_second_factor_gets_nowhere_but_to_set_one_up()
    {
        await using var city = await City.Open();
        var (login, password) = await NewClerk.Add(city);
        using var browser = new Browser(city);
        var account = await browser.Password(login, password);
        Assert.Equal("/account", browser.Address);
        Assert.Contains("使い始める前に", account.Text, StringComparison.Ordinal);
        await browser.Open("/operator");
        Assert.StartsWith("/sign-in?", browser.Address, StringComparison.Ordinal);

        const string own = "a sentence that is long enough";
        await browser.Submit("/account", "/account?handler=Password", ("new", own), ("again", own));
        var app = await browser.Open("/account/app");
        var secret = Browser.Codes(app)[0].Replace(" ", "", StringComparison.Ordinal);
        var codes = await browser.Send(app, "/account/app", ("code", OneTimeCode.At(secret, city.Of<CashlessGateway.Money.Clock>().Now())));
        Assert.Contains("回復コード", codes.Text, StringComparison.Ordinal);
        Assert.Equal(RecoveryCodes.Count, Browser.Codes(codes).Count(static code => code.Length == 19));
        Assert.Equal(200, (await browser.Open("/operator")).Status);
        Assert.Equal("/operator", browser.Address);
    }

    [Fact]
    public async Task Two_that_use_one_recovery_code_at_the_same_time_do_not_both_get_in()
    {
        await using var city = await City.Open();
        var person = (await city.Of<PersonStore>().ByLogin(City.Code, "clerk"))!;
        var code = (await city.Of<StaffAccounts>().NewRecoveryCodes(person, default))[0];
        using var first = new Browser(city);
        using var second = new Browser(city);
        await first.Password("clerk", first.PasswordOf("clerk"));
        await second.Password("clerk", second.PasswordOf("clerk"));
        var pages = await Task.WhenAll(first.Open("/sign-in/code"), second.Open("/sign-in/code"));
        var answers = await Task.WhenAll(first.Send(pages[0], "/sign-in/code", ("code", code)), second.Send(pages[1], "/sign-in/code", ("code", code.ToLowerInvariant())));
        Assert.Equal([302, 400], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task The_cookie_is_for_this_host_only_where_there_is_TLS()
    {
        await using var city = await City.Open(Engine.Sqlite, "--PublicUrl=https://pay.example.jp");
        using var browser = new Browser(city);
        var page = await browser.Raw(new HttpRequestMessage(HttpMethod.Get, "/sign-in"));
        var cookie = page.Headers["Set-Cookie"];
        Assert.StartsWith("__Host-staff-forms=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    internal static async Task Disable(City city, string login) =>
        Assert.Null(await city.Of<People>().Disable(Newcomer.Administrator(), (await city.Of<PersonStore>().ByLogin(City.Code, login))!.Id));

    private static Task<Answer> Wrong(Browser browser, string login) => browser.SendFrom("/sign-in", "/sign-in", ("login", login), ("password", "wrong wrong wrong"));

    private sealed class CountingHasher : IPasswordHasher<Person>
    {
        private readonly PasswordHasher<Person> _real = new();

        public int Verified;

        public string HashPassword(Person user, string password) => _real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref Verified);
            return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}

internal static class TwoCities
{
    public const string Other = "131016";

    /// <summary>Another city in the same deployment, with a clerk of the same login.</summary>
    public static async Task<Person> Add(City city)
    {
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            await CashlessGateway.Places.PlaceImport.AddMunicipality(unit, Other, "隣市", city.Of<CashlessGateway.Money.Clock>().Now());
            return true;
        }, ReadBack.SafeToRepeat);
        return (await Newcomer.Add(city.Gateway.App.Services, Other, "clerk", "隣の窓口")).Person;
    }
}

internal static class NewClerk
{
    public static async Task<(string Login, string Password)> Add(City city, string login = "tanaka", string name = "田中")
    {
        return (login, (await Newcomer.Add(city.Gateway.App.Services, City.Code, login, name)).Password);
    }
}
