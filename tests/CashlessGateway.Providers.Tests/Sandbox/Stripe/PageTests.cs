using System.Net;

namespace CashlessGateway.Providers.Tests.Sandbox.Stripe;

/// <summary>The customer's side, as a browser without JavaScript sees it.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task The_page_shows_what_is_paid_and_takes_a_card()
    {
        await using var shop = await StripeShop.Open();
        var path = await Page(shop);
        var html = await Show(shop, path);
        Assert.Contains("300円 をカードで支払う", html, StringComparison.Ordinal);
        Assert.Contains("住民票", html, StringComparison.Ordinal);
        Assert.Contains("お金は動きません", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://city.example.jp/no\"", html, StringComparison.Ordinal);

        Assert.Equal((HttpStatusCode.SeeOther, path), await Press(shop, path, "pay"));
        html = await Show(shop, path);
        Assert.Contains("300円 を支払いました", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://city.example.jp/ok\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
        Assert.True(shop.Stripe.Money()[0].Taken);
    }

    [Fact]
    public async Task A_card_with_approval_waits_for_the_phone()
    {
        await using var shop = await StripeShop.Open();
        var path = await Page(shop);
        await Press(shop, path, "payWithApproval");
        Assert.Contains("承認する", await Show(shop, path), StringComparison.Ordinal);
        await Press(shop, path, "refuseApproval");
        Assert.Contains("本人確認ができなかった", await Show(shop, path), StringComparison.Ordinal);
        await Press(shop, path, "payWithApproval");
        await Press(shop, path, "approve");
        Assert.True(shop.Stripe.Money()[0].Taken);
    }

    [Fact]
    public async Task A_card_that_is_refused_leaves_the_page_open()
    {
        await using var shop = await StripeShop.Open();
        var path = await Page(shop);
        await Press(shop, path, "decline");
        var html = await Show(shop, path);
        Assert.Contains("カード会社が断りました", html, StringComparison.Ordinal);
        Assert.Contains("<form", html, StringComparison.Ordinal);
        Assert.False(shop.Stripe.Money()[0].Taken);
    }

    [Fact]
    public async Task A_page_whose_time_is_over_takes_nothing()
    {
        await using var shop = await StripeShop.Open();
        var path = await Page(shop);
        shop.Time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("期限が切れました", await Show(shop, path), StringComparison.Ordinal);
        await Press(shop, path, "pay");
        Assert.False(shop.Stripe.Money()[0].Taken);
    }

    [Fact]
    public async Task The_reader_shows_the_amount_and_takes_a_card_or_a_no()
    {
        await using var shop = await StripeShop.Open();
        const string Path = $"/reader/{StripeShop.Device}";
        Assert.Contains("お待ちください", await Show(shop, Path), StringComparison.Ordinal);
        foreach (var (reference, outcome, said) in new[] { ("pay_1", "cancel", "支払えませんでした"), ("pay_2", "decline", "支払えませんでした"), ("pay_3", "pay", "を支払いました") })
        {
            var id = (await shop.Post("v1/payment_intents", $"amount=450&currency=jpy&payment_method_types[]=card_present&metadata[payment_id]={reference}")).Id;
            await shop.Post($"v1/terminal/readers/{StripeShop.Device}/process_payment_intent", $"payment_intent={id}");
            Assert.Contains("450円 を支払う", await Show(shop, Path), StringComparison.Ordinal);
            await Press(shop, Path, outcome);
            Assert.Contains(said, await Show(shop, Path), StringComparison.Ordinal);
        }

        Assert.Equal([false, false, true], shop.Stripe.Money().Select(money => money.Taken));
    }

    [Fact]
    public async Task The_first_page_leads_to_every_page_and_reader()
    {
        await using var shop = await StripeShop.Open();
        var path = await Page(shop);
        var html = await Show(shop, "/");
        Assert.Contains($"href=\"{path}\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/reader/{StripeShop.Device}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said_so_and_text_of_others_stays_text()
    {
        await using var shop = await StripeShop.Open();
        using var missing = await shop.Http.GetAsync(new Uri("/pay/cs_x", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var reader = await shop.Http.PostAsync(new Uri("/reader/tmr_x", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("outcome", "pay")]));
        Assert.Equal(HttpStatusCode.NotFound, reader.StatusCode);

        await shop.Post("v1/checkout/sessions", shop.Page().Replace("住民票", "<script>", StringComparison.Ordinal).Replace("https://city.example.jp/no", "javascript:alert(1)", StringComparison.Ordinal));
        var html = await Show(shop, "/") + await Show(shop, new Uri((await shop.Get("v1/checkout/sessions")).Data[0].GetProperty("url").GetString()!).AbsolutePath);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", html, StringComparison.Ordinal);
    }

    private static async Task<string> Page(StripeShop shop) => new Uri((await shop.Post("v1/checkout/sessions", shop.Page())).Field("url")!).AbsolutePath;

    private static Task<string> Show(StripeShop shop, string path) => shop.Http.GetStringAsync(new Uri(path, UriKind.Relative));

    private static async Task<(HttpStatusCode Status, string? Then)> Press(StripeShop shop, string path, string outcome)
    {
        using var answer = await shop.Http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("outcome", outcome)]));
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }
}
