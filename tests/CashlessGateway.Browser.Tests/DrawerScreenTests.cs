using CashlessGateway.Storage;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CashlessGateway.Browser.Tests;

/// <summary>開局, 点検, 精算 and the day's sheet as a clerk and a facility's manager meet them.</summary>
public sealed class DrawerScreenTests(Site site) : IClassFixture<Site>
{
    private const string DemoCity = "072036";

    private static readonly Sql Appoint = new("""
        insert into appointment (municipality, id, code, place, name, person, office, post, valid_from, valid_to, created_at, created_by)
        select @city, @login, @code, '*', name, id, 'cashHandler', null, '2026-04-01', null, 0, 'test'
        from person
        where municipality = @city and login = @login
        """);

    [Fact]
    public async Task A_clerk_counts_a_drawer_and_the_sheet_fits_on_paper()
    {
        await site.Gateway.Database.WriteSurely(unit => unit.Execute(Appoint, new { city = DemoCity, login = "clerk", code = "s900" }), ReadBack.SafeToRepeat);
        var page = await site.Visit();
        await site.SignIn(page, "clerk");
        await Look(page, "/counter/session?place=shimin-1");
        await page.SelectOptionAsync("#drawer", "pos-01");
        await page.FillAsync("#by10000", "1");
        await page.FillAsync("#by1000", "10");
        await Assertions.Expect(page.Locator("form[data-count] [data-total]").Last).ToHaveTextAsync("20,000円");
        await page.ClickAsync("form:has(#drawer) button");
        await Assertions.Expect(page.GetByText("開局しました")).ToBeVisibleAsync();
        await Sell();
        await page.FillAsync("#cy10000", "2");
        await page.FillAsync("#cy100", "6");
        await page.ClickAsync("text=点検として記録する");
        await Assertions.Expect(page.GetByText("点検を記録しました")).ToBeVisibleAsync();

        await page.FillAsync("#cy10000", "2");
        await page.FillAsync("#cy100", "5");
        await page.ClickAsync("text=精算する（この開局は終わり）");
        await Assertions.Expect(page.Locator("#reason-error")).ToContainTextAsync("100円 足りません");
        await Look(page, null);
        await page.FillAsync("#reason", "釣銭の渡し間違い");
        await page.FillAsync("#circumstances", "昼の交代の前後に起きたとみられる");
        await page.CheckAsync("#closeDay");
        await page.ClickAsync("text=精算する（この開局は終わり）");
        await Assertions.Expect(page.GetByText("精算しました")).ToBeVisibleAsync();
        await Look(page, null);

        await Look(page, "/counter/day?place=shimin-1");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Picture(page, "paper");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await Look(page, "/counter/day?place=shimin-1&lang=en");
    }

    [Fact]
    public async Task The_administrator_sets_the_hours_and_a_narrow_screen_holds_it_all()
    {
        var page = await site.Visit(390);
        await site.SignIn(page, "admin");
        await Look(page, "/admin/places/closing?place=shisanzei-1");
        await page.FillAsync("#closesAt", "17:30");
        await page.CheckAsync("#smallSumsWait");
        await page.ClickAsync("main form button");
        await Assertions.Expect(page.GetByText("変更しました")).ToBeVisibleAsync();

        var sheet = await site.Visit(390, javaScript: false);
        await site.SignIn(sheet, "treasurer");
        await sheet.GotoAsync("/counter/day?place=shisanzei-1");
        await Assertions.Expect(sheet.Locator("h1")).ToContainTextAsync("収納金日計表");
    }

    private async Task Sell()
    {
        using var till = new HttpClient { BaseAddress = new Uri(site.Address) };
        till.DefaultRequestHeaders.Add("Authorization", $"Bearer {site.Gateway.DemoKeys!.Till}");
        using var body = new StringContent("""{"receivable":{"kind":"counterSale","place":"shimin-1","lines":[{"fee":"juminhyo","quantity":2}]},"payment":{"method":"cash","terminal":"pos-01"}}""", System.Text.Encoding.UTF8, "application/json");
        till.DefaultRequestHeaders.Add("Idempotency-Key", "drawer-1");
        using var sold = await till.PostAsync("/v1/sales", body);
        Assert.Equal(201, (int)sold.StatusCode);
    }

    private static async Task Look(IPage page, string? path)
    {
        if (path is not null) await page.GotoAsync(path);
        await Picture(page, "screen");
        var where = $"{page.Url} at {page.ViewportSize!.Width}";
        var found = (await page.RunAxe()).Violations;
        Assert.True(found.Length == 0, $"{where}: {string.Join("; ", found.Select(violation => $"{violation.Id} {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{where} is wider than its window");
        var small = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, .link')].filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)");
        Assert.True(small.Length == 0, $"{where}: {string.Join("; ", small)}");
    }

    private static async Task Picture(IPage page, string what)
    {
        if (Environment.GetEnvironmentVariable("CASHLESS_TEST_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(folder, $"{DateTime.UtcNow:HHmmss.fff} {what} {page.ViewportSize!.Width} {new Uri(page.Url).AbsolutePath.Replace('/', '_')}.png") });
    }
}
