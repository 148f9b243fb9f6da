using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CashlessGateway.Browser.Tests;

/// <summary>What every screen is held to.</summary>
internal static class Looks
{
    /// <summary>What holds for every screen: no finding of axe, nothing wider than the window, nothing smaller than a finger, nothing that Tab does not reach.</summary>
    public static async Task Look(IPage page, string? path)
    {
        if (path is not null) await page.GotoAsync(path);
        var where = $"{page.Url} at {page.ViewportSize!.Width}";
        // For people to look at: axe does not see a layout.
        if (Environment.GetEnvironmentVariable("CASHLESS_TEST_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(folder, $"{DateTime.UtcNow:HHmmss.fff} {page.ViewportSize.Width} {new Uri(page.Url).AbsolutePath.Replace('/', '_')}.png") });
        await Axe(page);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{where} is wider than its window");
        var small = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, label.choice, .link, .top a')].filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)");
        Assert.True(small.Length == 0, $"{where}: {string.Join("; ", small)}");
        var unreached = await page.EvaluateAsync<int>("window.__left = new Set([...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')].filter(e => e.getClientRects().length && e.checkVisibility() && !(e.type === 'radio' && !e.checked))), document.activeElement.blur(), document.body.focus(), window.__left.size");
        // A date takes several: its year, its month, its day, its calendar.
        for (var presses = 5 * unreached + 5; presses > 0; presses--)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<int>("window.__left.delete(document.activeElement), window.__left.size") == 0) break;
        }

        var left = await page.EvaluateAsync<string[]>("[...window.__left].map(e => e.outerHTML)");
        Assert.True(left.Length == 0, $"{where}: Tab does not reach {string.Join("; ", left)}");
    }

    /// <summary>No finding of axe.</summary>
    public static async Task Axe(IPage page)
    {
        var found = (await page.RunAxe()).Violations;
        Assert.True(found.Length == 0, $"{page.Url}: {string.Join("; ", found.Select(violation => $"{violation.Id} {string.Join(", ", violation.Nodes.Select(node => node.Html))}"))}");
    }
}
