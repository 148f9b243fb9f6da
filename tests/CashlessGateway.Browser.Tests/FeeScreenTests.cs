using System.Text;
using Microsoft.Playwright;

namespace CashlessGateway.Browser.Tests;

/// <summary>The fee catalogue as those who keep it meet it.</summary>
public sealed class FeeScreenTests(Site site) : IClassFixture<Site>
{
    private const string Columns = "code,name,kana,unitAmount,stepPeople,revenueAccount,taxClass,methods,section,places\n";

    [Theory]
    [InlineData(390, "ja")]
    [InlineData(1280, "ja")]
    [InlineData(1280, "en")]
    public async Task Every_page_of_the_catalogue_is_accessible_fits_its_width_and_is_reached_by_Tab(int width, string language)
    {
        var page = await site.Visit(width);
        await site.SignIn(page, "admin");
        await page.GotoAsync($"/account?lang={language}");
        foreach (var path in new[] { "/admin/fees?q=%E4%BD%8F%E6%B0%91%E7%A5%A8", "/admin/fees/new", "/admin/fees/items/juminhyo", "/admin/fees/grounds", "/admin/fees/favourites", "/admin/fees/favourites/shimin-1?q=%E4%BD%8F%E6%B0%91", "/admin/fees/files" })
            await Looks.Look(page, path);
        await page.GotoAsync("/admin/fees/new");
        await page.ClickAsync("form[action*='handler=Propose'] button");
        await Looks.Look(page, null);
        await page.GotoAsync("/admin/fees/items/juminhyo");
        await page.ClickAsync("form[action*='handler=Price'] button");
        await Looks.Look(page, null);
        await Send(page, "koseki,戸籍,コセキ,千,,99-99-99-99-99-99,exempt,cash,市民課,shimin-1\n");
        await Looks.Look(page, null);
        await Send(page, "joseki,除籍全部事項証明書,ジョセキゼンブジコウショウメイショ,800,,01-13-02-01-01-02,exempt,qr|emoney|card|cash,市民課,shimin-1|gyosei-kita|gyosei-nishi|service-ekimae\n" + "shinki,新しい証明,アタラシイ,100,,01-13-02-01-04-03,exempt,cash,市民課,shimin-1\n");
        await Looks.Look(page, null);
    }

    [Fact]
    public async Task Without_JavaScript_a_price_is_proposed_by_one_and_approved_by_another()
    {
        var treasurer = await site.Visit(javaScript: false);
        await site.SignIn(treasurer, "treasurer");
        await treasurer.GotoAsync("/admin/fees");
        await treasurer.FillAsync("#q", "いんかん とうろくしょうめい");
        await treasurer.ClickAsync("form[role=search] button");
        await treasurer.ClickAsync(".list td a");
        await Assertions.Expect(treasurer.Locator("h1")).ToContainTextAsync("印鑑登録証明書");
        await treasurer.FillAsync("#unitAmount-price", "４００");
        await treasurer.FillAsync("#validFrom-price", "2027-04-01");
        await treasurer.ClickAsync("form[action*='handler=Price'] button");
        await Assertions.Expect(treasurer.Locator(".result.good")).ToContainTextAsync("申請しました");
        await Assertions.Expect(treasurer.GetByText("決裁を待っています")).ToBeVisibleAsync();

        var approver = await site.Visit();
        await site.SignIn(approver, "approver");
        await approver.GotoAsync("/admin/proposals");
        await Assertions.Expect(approver.GetByText("300円 → 400円")).ToBeVisibleAsync();
        await Looks.Look(approver, null);
        await approver.ClickAsync("form[action*='handler=Approve'] button");
        await approver.GotoAsync("/admin/fees/items/inkan");
        await Assertions.Expect(approver.Locator("#history ~ .list tbody tr").First).ToContainTextAsync("400円");
        await Looks.Look(approver, null);
    }

    private static async Task Send(IPage page, string lines)
    {
        await page.GotoAsync("/admin/fees/files");
        await page.FillAsync("#validFrom", "2027-04-01");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "catalogue.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Columns + lines) });
        await page.ClickAsync("form[action*='handler=Look'] button");
        await page.WaitForSelectorAsync("#lines");
    }
}
