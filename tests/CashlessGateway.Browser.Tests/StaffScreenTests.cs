using CashlessGateway.Access.Staff;
using CashlessGateway.Tests.Access;
using CashlessGateway.Tests;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CashlessGateway.Browser.Tests;

/// <summary>Signing in and the account as people meet them.</summary>
public sealed class StaffScreenTests(Site site) : IClassFixture<Site>
{
    private const string DemoCity = "072036";

    [Fact]
    public async Task A_new_colleague_adds_a_passkey_and_signs_in_with_nothing_else()
    {
        var added = await Newcomer.Add(site.Gateway.App.Services, DemoCity, "passkey", "鍵本");
        var page = await site.Visit();
        await Site.HoldKey(page);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#login", "passkey");
        await page.FillAsync("#password", added.Password);
        await page.ClickAsync("form:has(#password) button");
        await page.WaitForURLAsync("**/account");
        await page.FillAsync("#new", "a sentence that is long enough");
        await page.FillAsync("#again", "a sentence that is long enough");
        await page.ClickAsync("form:has(#again) button");
        await page.FillAsync("#passkey-name", "自分の電話");
        await page.ClickAsync("form[data-passkey=create] button");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("回復コード");
        await page.ClickAsync("main a.button");
        await Assertions.Expect(page.Locator("h3", new() { HasTextString = "自分の電話" })).ToBeVisibleAsync();
        await Look(page, "/account?lang=en");
        await Look(page, "/account?lang=ja");

        await page.GotoAsync("/sign-out");
        await page.ClickAsync("form:has(button) button");
        await page.WaitForURLAsync("**/sign-in");
        await page.ClickAsync("form[data-passkey=get] button");
        await page.WaitForURLAsync("**/account");
        await Assertions.Expect(page.Locator(".top .who")).ToHaveTextAsync("鍵本");

        // Taking over from oneself is taking over all the same.
        await page.GotoAsync("/operator");
        await page.ClickAsync("form[data-passkey=get] button");
        await page.WaitForURLAsync("**/operator");
        await Assertions.Expect(page.Locator("main strong")).ToHaveTextAsync("鍵本");
    }

    [Fact]
    public async Task An_answer_of_a_passkey_is_taken_once()
    {
        var page = await site.Visit();
        await Site.HoldKey(page);
        await site.SignIn(page, "facility");
        await page.FillAsync("#passkey-name", "鍵");
        await page.FillAsync("#passkey-now", site.PasswordOf("facility"));
        await page.ClickAsync("form[data-passkey=create] button");
        await page.ClickAsync("main a.button");
        await page.GotoAsync("/sign-out");
        await page.ClickAsync("form:has(button) button");
        await page.WaitForURLAsync("**/sign-in");
        string? sent = null;
        page.Request += (_, request) => sent = request.Url.Contains("handler=Passkey", StringComparison.Ordinal) ? request.PostData : sent;
        await page.ClickAsync("form[data-passkey=get] button");
        await page.WaitForURLAsync("**/account");
        await page.GotoAsync("/sign-out");
        await page.ClickAsync("form:has(button) button");
        await page.WaitForURLAsync("**/sign-in");
        var status = await page.EvaluateAsync<int>("body => fetch('/sign-in?handler=Passkey', { method: 'POST', body: new URLSearchParams([...new URLSearchParams(body)].map(([n, v]) => [n, n === 'formToken' ? document.querySelector('[name=formToken]').value : v])) }).then(a => a.status)", sent);
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Without_JavaScript_password_and_app_sign_in_and_the_passkey_says_what_it_needs()
    {
        var page = await site.Visit(javaScript: false);
        await page.GotoAsync("/sign-in");
        await Assertions.Expect(page.Locator("form[data-passkey] button")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByText("パスキーにはJavaScriptと")).ToBeVisibleAsync();
        await site.SignIn(page, "auditor");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("アカウント");
    }

    [Fact]
    public async Task A_refused_passkey_leaves_a_sentence_and_the_password()
    {
        var page = await site.Visit();
        await page.GotoAsync("/sign-in");
        await page.EvaluateAsync("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");
        await page.ClickAsync("form[data-passkey=get] button");
        await Assertions.Expect(page.Locator("[data-refused]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#password")).ToBeEditableAsync();
    }

    [Fact]
    public async Task Two_colleagues_take_turns_at_one_PC_with_the_keyboard_alone()
    {
        var page = await site.Visit();
        await site.SignIn(page, "clerk");
        await page.GotoAsync("/operator");
        await Type(page, "#new", "482915");
        await Type(page, "#again", "482915");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/operator?done=pin");
        await page.GotoAsync("/sign-in?change=1");
        await Type(page, "#login", "approver");
        await Type(page, "#password", site.PasswordOf("approver"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/sign-in/code");
        await Type(page, "#code", site.AppCode());
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/operator");
        await Assertions.Expect(page.Locator("main strong")).ToHaveTextAsync("デモ 会計管理者");
        await Type(page, "#pin-box", "482915");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main strong")).ToHaveTextAsync("デモ 窓口担当");
    }

    [Theory]
    [InlineData(390, "ja")]
    [InlineData(1280, "ja")]
    [InlineData(390, "en")]
    [InlineData(1280, "en")]
    public async Task Every_screen_is_accessible_fits_its_width_and_is_reached_by_Tab(int width, string language)
    {
        var page = await site.Visit(width);
        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("400", StringComparison.Ordinal)) errors.Add(message.Text); };
        await Look(page, $"/sign-in?lang={language}");
        await page.FillAsync("#login", "nobody");
        await page.FillAsync("#password", "wrong");
        await page.ClickAsync("form:has(#password) button");
        await Look(page, null);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#login", "clerk");
        await page.FillAsync("#password", site.PasswordOf("clerk"));
        await page.ClickAsync("form:has(#password) button");
        await page.WaitForURLAsync("**/sign-in/code");
        await Look(page, null);
        await page.FillAsync("#code", "000000");
        await page.ClickAsync("form:has(#code) button");
        await Look(page, null);
        await page.FillAsync("#code", site.AppCode());
        await page.ClickAsync("form:has(#code) button");
        await page.WaitForURLAsync("**/account");
        await Look(page, null);
        foreach (var path in new[] { "/account/app", "/operator", "/sign-out" }) await Look(page, path);
        await page.GotoAsync("/operator");
        await page.FillAsync("#new", "1");
        await page.FillAsync("#again", "1");
        await page.ClickAsync("form:has(#again) button");
        await Look(page, null);
        await page.GotoAsync("/account");
        await page.FillAsync("#recovery-now", site.PasswordOf("clerk"));
        await page.ClickAsync("form:has(#recovery-now) button");
        await Look(page, null);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(390, "ja")]
    [InlineData(1280, "ja")]
    [InlineData(390, "en")]
    [InlineData(1280, "en")]
    public async Task Every_page_of_the_administration_is_accessible_fits_its_width_and_is_reached_by_Tab(int width, string language)
    {
        var page = await site.Visit(width);
        await site.SignIn(page, "admin");
        await page.GotoAsync($"/account?lang={language}");
        foreach (var path in new[] { "/admin", "/admin/people", "/admin/appointments", "/admin/places", "/admin/terminals", "/admin/routing", "/admin/clients", "/admin/webhooks", "/admin/providers", "/admin/proposals", "/admin/audit", "/admin/nothing" })
            await Look(page, path);
        await page.GotoAsync("/admin/people");
        await page.ClickAsync("form[action*='handler=Add'] button");
        await Look(page, null);
        await page.GotoAsync("/admin/people");
        await page.ClickAsync(".list td a");
        await Look(page, null);
        await page.GotoAsync("/admin/clients");
        await page.ClickAsync(".list td a");
        await Look(page, null);
    }

    [Fact]
    public async Task Without_JavaScript_an_administrator_registers_somebody_and_gives_a_role()
    {
        var page = await site.Visit(javaScript: false);
        await site.SignIn(page, "admin2");
        await page.GotoAsync("/admin/people");
        await page.FillAsync("#login", "yamada-07");
        await page.FillAsync("#name", "山田 七");
        await page.ClickAsync("form[action*='handler=Add'] button");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("山田 七");
        await page.SelectOptionAsync("#role", "clerk");
        await page.ClickAsync("form[action*='handler=Grant'] button");
        await Assertions.Expect(page.GetByText("役割を付けました")).ToBeVisibleAsync();
        await page.ClickAsync("form[action*='handler=Reset'] button");
        await Assertions.Expect(page.Locator("code.secret")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(390, "ja")]
    [InlineData(1280, "en")]
    public async Task The_first_set_up_is_accessible_too(int width, string language)
    {
        var directory = Directory.CreateTempSubdirectory("cashless-setup-").FullName;
        await using var gateway = await Site.Start(directory, new FakeTime(), "--environment=Training");
        var page = await site.Visit(width, address: Site.Local(gateway));
        await Look(page, $"/setup?lang={language}");
        await page.FillAsync("#code", gateway.SetupCode!);
        await page.FillAsync("#city", "131017");
        foreach (var field in new[] { "cityName", "login", "name", "password" }) await page.FillAsync($"#{field}", "x");
        await page.ClickAsync("form button");
        await Look(page, null);
        await gateway.App.StopAsync();
    }

    /// <summary>What holds for every screen: no finding of axe, nothing wider than the window, nothing smaller than a finger, nothing that Tab does not reach.</summary>
    internal static async Task Look(IPage page, string? path)
    {
        if (path is not null) await page.GotoAsync(path);
        var where = $"{page.Url} at {page.ViewportSize!.Width}";
        // For people to look at: axe does not see a layout.
        if (Environment.GetEnvironmentVariable("CASHLESS_TEST_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(folder, $"{DateTime.UtcNow:HHmmss.fff} {page.ViewportSize.Width} {new Uri(page.Url).AbsolutePath.Replace('/', '_')}.png") });
        var found = (await page.RunAxe()).Violations;
        Assert.True(found.Length == 0, $"{where}: {string.Join("; ", found.Select(violation => $"{violation.Id} {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{where} is wider than its window");
        var small = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, label.choice, .link, .top a')].filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)");
        Assert.True(small.Length == 0, $"{where}: {string.Join("; ", small)}");
        var unreached = await page.EvaluateAsync<int>("window.__left = new Set([...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')].filter(e => e.getClientRects().length && e.checkVisibility())), document.activeElement.blur(), document.body.focus(), window.__left.size");
        // A date takes several: its year, its month, its day, its calendar.
        for (var presses = 5 * unreached + 5; presses > 0; presses--)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<int>("window.__left.delete(document.activeElement), window.__left.size") == 0) break;
        }

        var left = await page.EvaluateAsync<string[]>("[...window.__left].map(e => e.outerHTML)");
        Assert.True(left.Length == 0, $"{where}: Tab does not reach {string.Join("; ", left)}");
    }

    /// <summary>Goes there with Tab, as without a mouse, and types.</summary>
    private static async Task Type(IPage page, string field, string text)
    {
        for (var presses = 0; presses < 40 && !await page.EvaluateAsync<bool>($"document.activeElement.matches('{field}')"); presses++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(text);
    }
}
