using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CashlessGateway.Receipts;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CashlessGateway.Browser.Tests;

/// <summary>The pages about receipts as people meet them.</summary>
public sealed class ReceiptPageTests(Site site) : IClassFixture<Site>
{
    private const string DemoCity = "072036";

    [Fact]
    public async Task A_holder_types_the_code_without_JavaScript_and_sees_that_the_paper_is_genuine()
    {
        var receipt = await Receipt(await Sell());
        var page = await site.Visit(width: 390, javaScript: false);
        await page.GotoAsync("/r");
        await page.FillAsync("#code", receipt.Code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
        await page.ClickAsync("main form button");
        await Assertions.Expect(page.GetByText("本物です")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(receipt.Number);
        await page.FillAsync("#code", "0000");
        await page.ClickAsync("main form button");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("この確認番号の書類はありません");
    }

    [Theory]
    [InlineData(390, "ja")]
    [InlineData(1280, "en")]
    public async Task The_pages_are_accessible(int width, string language)
    {
        var payment = await Sell();
        var receipt = await Receipt(payment);
        var link = await site.Of<ReceiptDesk>().QrAddress(DemoCity, ReceiptSubject.Of(payment)!.Value, "staff:x");
        Assert.True(link.IsOk(out var address, out _));
        var page = await site.Visit(width);
        foreach (var (path, name) in new[] { ($"/r/{receipt.Code}?lang={language}", "check"), ($"/r/0000?lang={language}", "unknown"), (address.AbsolutePath, "linked") })
        {
            await page.GotoAsync(path);
            await Look(page, $"receipt-{name}-{width}-{language}");
        }
    }

    [Fact]
    public async Task An_administrator_writes_down_a_printer()
    {
        var page = await site.Visit();
        await site.SignIn(page, "admin");
        await page.GotoAsync("/admin/terminals");
        var row = page.Locator("details", new() { HasTextString = "pos-03" }).First;
        await row.Locator("summary").ClickAsync();
        await row.Locator("input[name=printer]").FillAsync("printer");
        await row.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator(".error").First).ToContainTextAsync("＊192.168.1.50:9100 のように");
        await Look(page, "printers-wrong");
        await page.Locator("details[open] input[name=printer]").FillAsync("192.168.1.50:9100");
        await page.Locator("details[open] form:has(input[name=printer]) button").ClickAsync();
        await page.WaitForURLAsync("**/admin/terminals?done=printer");
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("192.168.1.50:9100");
        await Look(page, "printers");
    }

    private async Task<string> Sell()
    {
        using var till = new HttpClient { BaseAddress = new Uri(site.Address) };
        till.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", site.Gateway.DemoKeys!.Till);
        till.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString("N"));
        using var body = new StringContent("""{ "receivable": { "kind": "counterSale", "place": "shimin-1", "lines": [ { "fee": "juminhyo", "quantity": 2 } ] }, "payment": { "method": "cash" } }""", Encoding.UTF8, "application/json");
        using var answer = await till.PostAsync("/v1/sales", body);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("payment").GetProperty("id").GetString()!;
    }

    private async Task<Receipt> Receipt(string payment)
    {
        var answer = await site.Of<ReceiptDesk>().Of(DemoCity, ReceiptSubject.Of(payment)!.Value);
        Assert.True(answer.IsOk(out var receipt, out _));
        return receipt;
    }

    private static async Task Look(IPage page, string name)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{name}: {string.Join(", ", found.Violations.Select(violation => $"{violation.Id} {string.Join(' ', violation.Nodes.Select(node => node.Html))}"))}");
        if (Environment.GetEnvironmentVariable("CASHLESS_TEST_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
