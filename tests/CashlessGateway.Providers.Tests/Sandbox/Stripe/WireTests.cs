using System.Text;

namespace CashlessGateway.Providers.Tests.Sandbox.Stripe;

/// <summary>The stand-in is as strict as Stripe, and takes what Stripe's own libraries send.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer sk_test_wrong")]
    [InlineData("Basic c2tfdGVzdF93cm9uZzo=")]
    public async Task Without_the_right_key_nothing_is_done(string? authorization)
    {
        await using var shop = await StripeShop.Open();
        Assert.Equal(401, (await shop.Send(HttpMethod.Post, "v1/checkout/sessions", shop.Page(), authorization: authorization)).Status);
        Assert.Empty(shop.Stripe.Money());
    }

    [Fact]
    public async Task The_key_may_also_come_as_a_name()
    {
        await using var shop = await StripeShop.Open();
        Assert.Equal(200, (await shop.Post("v1/checkout/sessions", shop.Page(), authorization: "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("sk_test_sandboxdemo:")))).Status);
    }

    [Theory]
    [InlineData("&favourite_colour=blue", "parameter_unknown", "favourite_colour")]
    [InlineData("&line_items[0][price_data][colour]=blue", "parameter_unknown", "line_items[0][price_data][colour]")]
    [InlineData("&metadata[x]=1&payment_intent_data[mode]=x", "parameter_unknown", "payment_intent_data[mode]")]
    [InlineData("&allowed_payment_method_types[0]=card", "parameter_unknown", "allowed_payment_method_types")]
    public async Task A_parameter_that_nobody_knows_is_refused_by_name(string more, string code, string param)
    {
        await using var shop = await StripeShop.Open();
        var reply = await shop.Post("v1/checkout/sessions", shop.Page(more: more));
        Assert.Equal((400, code, param), (reply.Status, reply.Error, reply.Param));
    }

    [Theory]
    [InlineData("mode=payment&", "", "parameter_missing", "mode")]
    [InlineData("&success_url=https://city.example.jp/ok", "", "parameter_missing", "success_url")]
    [InlineData("line_items[0][quantity]=1&", "", "parameter_missing", "line_items[0][quantity]")]
    [InlineData("[unit_amount]=300", "[unit_amount]=3e2", "parameter_invalid_integer", "line_items[0][price_data][unit_amount]")]
    [InlineData("[unit_amount]=300", "[unit_amount]=49", "amount_too_small", "line_items")]
    [InlineData("[unit_amount]=300", "[unit_amount]=100000000", "amount_too_large", "line_items")]
    [InlineData("client_reference_id=pay_1", "client_reference_id=", "parameter_invalid_empty", "client_reference_id")]
    [InlineData("[currency]=jpy", "[currency]=usd", "invalid_request_error", "line_items[0][price_data][currency]")]
    [InlineData("success_url=https://city.example.jp/ok", "success_url=nowhere", "invalid_request_error", "success_url")]
    [InlineData("mode=payment", "mode=subscription", "invalid_request_error", "mode")]
    public async Task What_is_missing_or_wrong_is_refused_by_name(string old, string now, string code, string param)
    {
        await using var shop = await StripeShop.Open();
        var reply = await shop.Post("v1/checkout/sessions", shop.Page().Replace(old, now, StringComparison.Ordinal));
        Assert.Equal((400, code, param), (reply.Status, reply.Error, reply.Param));
        Assert.Empty(shop.Stripe.Money());
    }

    [Theory]
    [InlineData(29)]
    [InlineData(60 * 25)]
    public async Task A_page_ends_neither_too_soon_nor_too_late(int minutes)
    {
        await using var shop = await StripeShop.Open();
        var page = shop.Page().Split("&expires_at")[0] + $"&expires_at={shop.Time.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds()}";
        Assert.Equal("expires_at", (await shop.Post("v1/checkout/sessions", page)).Param);
    }

    [Theory]
    [InlineData("2026-08-26.dahlia", "payment_method_types", 200)]
    [InlineData("2026-08-26.dahlia", "allowed_payment_method_types", 400)]
    [InlineData("2026-10-28.endive", "payment_method_types", 400)]
    [InlineData("2026-10-28.endive", "allowed_payment_method_types", 200)]
    [InlineData("newest", "payment_method_types", 400)]
    public async Task Each_version_has_its_own_word_for_the_ways_to_pay(string version, string word, int status)
    {
        await using var shop = await StripeShop.Open();
        Assert.Equal(status, (await shop.Post("v1/payment_intents", $"amount=300&currency=jpy&{word}[]=card_present", version: version)).Status);
    }

    [Theory]
    [InlineData("amount=300&currency=JPY&payment_method_types[0]=card_present&metadata[a]=1")]
    [InlineData("amount=300&currency=jpy&payment_method_types%5B%5D=card_present&metadata%5Ba%5D=1&expand%5B%5D=latest_charge")]
    [InlineData("amount=300&currency=jpy&payment_method_types[]=card_present&metadata[a]=1&expand[0]=latest_charge")]
    public async Task Brackets_come_plain_or_encoded_and_lists_with_numbers_or_without(string form)
    {
        await using var shop = await StripeShop.Open();
        var reply = await shop.Post("v1/payment_intents", form);
        Assert.Equal((200, "1", "card_present"), (reply.Status, reply.Json.GetProperty("metadata").GetProperty("a").GetString(), reply.Json.GetProperty("payment_method_types")[0].GetString()));
    }

    [Fact]
    public async Task What_is_to_be_expanded_comes_whole()
    {
        await using var shop = await StripeShop.Open();
        var id = await shop.Paid();
        Assert.StartsWith("ch_", (await shop.Get($"v1/payment_intents/{id}")).Field("latest_charge"), StringComparison.Ordinal);
        var session = (await shop.Get("v1/checkout/sessions?expand[]=data.payment_intent.latest_charge.balance_transaction")).Data[0];
        Assert.Equal(11, session.GetProperty("payment_intent").GetProperty("latest_charge").GetProperty("balance_transaction").GetProperty("fee").GetInt64());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_an_unknown_address_is_none()
    {
        await using var shop = await StripeShop.Open();
        foreach (var path in new[] { "v1/checkout/sessions/cs_x", "v1/payment_intents/pi_x", "v1/terminal/readers/tmr_x", "v1/refunds/re_x", "v1/payouts/po_x", "v1/balance_transactions/txn_x", "v1/balance_transactions?payout=po_x", "v1/refunds?payment_intent=pi_x" })
            Assert.Equal((404, "resource_missing"), await shop.Get(path) is var reply ? (reply.Status, reply.Error) : default);
        Assert.Equal((404, "invalid_request_error"), await shop.Get("v1/coffee") is var none ? (none.Status, none.Error) : default);
    }

    [Fact]
    public async Task Lists_go_page_by_page_newest_first_within_a_time()
    {
        await using var shop = await StripeShop.Open();
        for (var n = 1; n <= 5; n++)
        {
            await shop.Post("v1/checkout/sessions", shop.Page($"pay_{n}"));
            shop.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var first = await shop.Get("v1/checkout/sessions?limit=2");
        var second = await shop.Get($"v1/checkout/sessions?limit=3&starting_after={first.Data[1].GetProperty("id").GetString()}");
        Assert.Equal((true, false), (first.Json.GetProperty("has_more").GetBoolean(), second.Json.GetProperty("has_more").GetBoolean()));
        Assert.Equal(["pay_5", "pay_4", "pay_3", "pay_2", "pay_1"], first.Data.Concat(second.Data).Select(session => session.GetProperty("client_reference_id").GetString()));

        var since = shop.Time.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();
        Assert.Equal(2, (await shop.Get($"v1/checkout/sessions?created[gte]={since}")).Data.Count);
        Assert.Equal(3, (await shop.Get($"v1/checkout/sessions?created[lt]={since}")).Data.Count);
        Assert.Equal("limit", (await shop.Get("v1/checkout/sessions?limit=101")).Param);
    }

    [Fact]
    public async Task One_account_never_sees_what_is_anothers()
    {
        await using var shop = await StripeShop.Open(options => options with { Accounts = [.. options.Accounts, new("sk_test_other", "whsec_other", "acct_other", "もみじ町")] });
        var id = await shop.Paid();
        Assert.Equal(404, (await shop.Send(HttpMethod.Get, $"v1/payment_intents/{id}", null, authorization: "Bearer sk_test_other")).Status);
        Assert.Empty((await shop.Send(HttpMethod.Get, "v1/payment_intents", null, authorization: "Bearer sk_test_other")).Data);
    }

    [Fact]
    public async Task The_search_lags_behind_and_the_list_does_not()
    {
        await using var shop = await StripeShop.Open();
        await shop.Paid();
        const string Search = "v1/payment_intents/search?query=metadata%5B%27payment_id%27%5D%3A%27pay_1%27";
        Assert.Single((await shop.Get("v1/payment_intents")).Data);
        Assert.Empty((await shop.Get(Search)).Data);

        shop.Time.Advance(TimeSpan.FromMinutes(1));
        var found = await shop.Get(Search);
        Assert.Single(found.Data);
        Assert.Equal("search_result", found.Field("object"));
        Assert.Equal("query", (await shop.Get("v1/payment_intents/search?query=status:succeeded")).Param);
    }
}
