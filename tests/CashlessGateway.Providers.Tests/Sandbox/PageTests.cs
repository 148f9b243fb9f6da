using System.Net;
using CashlessGateway.Providers.Tests.Sandbox.World;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class PageTests
{
    private const string Practice = "これは練習用の画面です。お金は動きません。";

    [Fact]
    public async Task The_scanned_page_shows_the_payment_and_takes_it_without_a_script()
    {
        await using var shop = await Shop.Open();
        var created = await shop.Api.Create("A", 1300, body => (body["orderDescription"], body["storeInfo"]) = ("住民票<の>写し", "本庁舎"));
        var url = new Uri(created.Field("url"));
        var page = await shop.Http.GetStringAsync(url);
        Assert.Contains(Practice, page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"ja\">", page, StringComparison.Ordinal);
        Assert.Contains("1,300円 を支払う", page, StringComparison.Ordinal);
        Assert.Contains("住民票&lt;の&gt;写し", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);

        Assert.Equal("/pay/" + created.Field("codeId"), await Press(shop, url, "pay"));
        Assert.Contains("1,300円 を支払いました。", await shop.Http.GetStringAsync(url), StringComparison.Ordinal);
        Assert.Equal("COMPLETED", (await shop.Api.Get("A")).State);
    }

    [Fact]
    public async Task Walking_away_and_lacking_money_are_buttons_too()
    {
        await using var shop = await Shop.Open();
        var url = new Uri((await shop.Api.Create("A")).Field("url"));
        var next = await Press(shop, url, "walkAway");
        Assert.Contains("支払いをやめました。", await shop.Http.GetStringAsync(new Uri(next, UriKind.Relative)), StringComparison.Ordinal);
        await Press(shop, url, "insufficientFunds");
        Assert.Contains("残高が足りないため", await shop.Http.GetStringAsync(url), StringComparison.Ordinal);
        Assert.Equal("FAILED", (await shop.Api.Get("A")).State);
    }

    [Fact]
    public async Task A_code_that_is_over_has_no_button()
    {
        await using var shop = await Shop.Open();
        var url = new Uri((await shop.Api.Create("A")).Field("url"));
        shop.Time.Advance(TimeSpan.FromMinutes(5));
        var page = await shop.Http.GetStringAsync(url);
        Assert.Contains("期限が切れました", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_lists_the_newest_codes_with_their_state_and_a_symbol_to_scan()
    {
        await using var shop = await Shop.Open();
        var code = (await shop.Api.Create("open")).Field("codeId");
        await shop.Paid("paid");
        var page = await shop.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains(Practice, page, StringComparison.Ordinal);
        Assert.Contains("未払い", page, StringComparison.Ordinal);
        Assert.Contains("支払い済み", page, StringComparison.Ordinal);
        Assert.Contains($"/pay/{code}/qr.svg", page, StringComparison.Ordinal);
        Assert.Contains("<svg", await shop.Http.GetStringAsync(new Uri($"/pay/{code}/qr.svg", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pay/none")]
    [InlineData("/style.css")]
    [InlineData("/favicon.ico")]
    public async Task Every_page_forbids_scripts(string path)
    {
        await using var shop = await Shop.Open();
        using var response = await shop.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.StartsWith("default-src 'none'; style-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static async Task<string> Press(Shop shop, Uri url, string outcome)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("outcome", outcome)]);
        using var response = await shop.Http.PostAsync(url, form);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!.ToString();
    }
}
