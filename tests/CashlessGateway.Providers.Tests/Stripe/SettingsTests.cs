using System.Net.Http;
using CashlessGateway.Providers.Stripe;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Stripe;

public sealed class SettingsTests
{
    private const string Live = "sk_live_nobodyknowsthis";

    [Theory]
    [InlineData("https://api.stripe.com", false, Live)]
    [InlineData("https://api.stripe.com", false, "rk_live_limited")]
    [InlineData("https://proxy.city.example.jp:8443", false, Live)]
    [InlineData("https://api.stripe.com", true, StripeWorld.Key)]       // test and live have one address
    [InlineData("http://127.0.0.1:5082", true, StripeWorld.Key)]
    public void What_fits_its_environment_opens(string url, bool sandbox, string key) => Open(sandbox, ("BaseUrl", url), ("ApiKey", key));

    [Theory]
    [InlineData("https://localhost:5082", false)]
    [InlineData("https://127.0.0.1:5082", false)]
    [InlineData("https://[::1]:5082", false)]
    [InlineData("https://stripe.localhost", false)]
    [InlineData("http://api.stripe.com", false)]
    [InlineData("http://api.stripe.com", true)]
    [InlineData("api.stripe.com", false)]
    [InlineData("https://api.stripe.com/v1", false)]
    [InlineData("https://user:word@api.stripe.com", false)]
    [InlineData("https://api.stripe.com/?x=1", false)]
    public void An_address_that_cannot_be_right_is_refused(string url, bool sandbox) => Assert.Equal("BaseUrl", Refused(sandbox, ("BaseUrl", url), ("ApiKey", sandbox ? StripeWorld.Key : Live)).Setting);

    [Theory]
    [InlineData(true, Live)]
    [InlineData(true, "rk_live_limited")]
    [InlineData(false, StripeWorld.Key)]
    [InlineData(false, "rk_test_limited")]
    [InlineData(false, "pk_live_public")]
    [InlineData(true, "whsec_pasted")]
    public void A_key_of_the_other_environment_is_refused(bool sandbox, string key)
    {
        var refused = Refused(sandbox, ("BaseUrl", "https://api.stripe.com"), ("ApiKey", key));
        Assert.Equal("ApiKey", refused.Setting);
        Assert.DoesNotContain(key, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKey", "sk_test_with space")]
    [InlineData("ApiKey", "sk_test_line\n")]
    [InlineData("WebhookSecret", "we_1234")]
    [InlineData("WebhookSecret", "whsec_line\n")]
    [InlineData("Version", "2026-09-30.endive")]
    [InlineData("Version", "latest")]
    [InlineData("Terminal", "perhaps")]
    [InlineData("TerminalLocation", "tmr_areader")]
    [InlineData("MinimumAmount", "0")]
    [InlineData("MinimumAmount", "many")]
    [InlineData("SessionMinutes", "29")]
    [InlineData("SessionMinutes", "1500")]
    [InlineData("RefundDays", "0")]
    [InlineData("RefundDays", "-1")]
    public void A_setting_that_cannot_be_right_is_named_and_not_repeated(string setting, string value)
    {
        var refused = Refused(true, (setting, value));
        Assert.Equal(setting, refused.Setting);
        if (setting is "ApiKey" or "WebhookSecret")
            Assert.DoesNotContain(value, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_are_offered_only_where_they_are_switched_on()
    {
        Assert.Equal(["online"], Open(true, ("Terminal", "no")).Abilities.Methods.Select(way => way.Presentation));
        Assert.Equal(["online", "terminal"], Open(true, ("Terminal", "yes")).Abilities.Methods.Select(way => way.Presentation));
    }

    [Fact]
    public void The_lowest_amount_is_a_setting() => Assert.Equal(80, Open(true, ("MinimumAmount", "80")).Abilities.Methods[0].LowestAmount);

    private static ProviderSettingException Refused(bool sandbox, params (string Name, string Value)[] values) => Assert.Throws<ProviderSettingException>(() => Open(sandbox, values));

    private static StripeProvider Open(bool sandbox, params (string Name, string Value)[] values)
    {
        using var http = new HttpClient();
        var all = StripeWorld.Settings(new Uri("http://127.0.0.1"));
        foreach (var (name, value) in values)
            all[name] = value;

        return (StripeProvider)new StripePlugin().Open(new ProviderSetup("stripe-main", all, http, new KitTime(), sandbox));
    }
}
