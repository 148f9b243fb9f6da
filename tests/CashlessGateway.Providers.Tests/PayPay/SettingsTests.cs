using System.Net.Http;
using CashlessGateway.Providers.PayPay;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("https://api.paypay.ne.jp")]
    [InlineData("https://apigw.paypay.ne.jp/")]
    [InlineData("https://proxy.city.example.jp:8443")]
    public void Production_takes_production(string url) => Open(url, sandbox: false);

    [Theory]
    [InlineData("https://stg-api.sandbox.paypay.ne.jp")]
    [InlineData("https://apigw.sandbox.paypay.ne.jp")]
    [InlineData("https://stg-api.paypay.ne.jp")]
    [InlineData("https://apigw.stg.paypay.ne.jp")]
    [InlineData("https://perf-api.paypay.ne.jp")]
    [InlineData("https://STG-API.sandbox.PayPay.ne.jp.")]
    [InlineData("https://localhost:5081")]
    [InlineData("https://127.0.0.1:5081")]
    [InlineData("https://[::1]:5081")]
    [InlineData("https://paypay.localhost")]
    [InlineData("http://api.paypay.ne.jp")]
    public void Production_refuses_a_sandbox_and_http(string url) => Refused(url, sandbox: false);

    [Theory]
    [InlineData("https://stg-api.sandbox.paypay.ne.jp")]
    [InlineData("https://apigw.stg.paypay.ne.jp")]
    [InlineData("http://127.0.0.1:5081")]
    [InlineData("http://sandbox.example:5081")]
    public void A_sandbox_takes_a_sandbox(string url) => Open(url, sandbox: true);

    [Theory]
    [InlineData("https://api.paypay.ne.jp")]
    [InlineData("https://apigw.paypay.ne.jp")]
    [InlineData("https://API.PAYPAY.NE.JP.")]
    [InlineData("https://new.paypay.ne.jp")]
    public void A_sandbox_refuses_production(string url) => Refused(url, sandbox: true);

    [Theory]
    [InlineData("api.paypay.ne.jp")]
    [InlineData("ftp://api.paypay.ne.jp")]
    [InlineData("https://api.paypay.ne.jp/v2")]
    [InlineData("https://api.paypay.ne.jp/?assumeMerchant=1")]
    [InlineData("https://user:word@api.paypay.ne.jp")]
    [InlineData("https://api.paypay.ne.jp/#x")]
    public void What_is_more_or_less_than_a_host_is_refused(string url) => Refused(url, sandbox: false);

    [Theory]
    [InlineData("ApiKey", "")]
    [InlineData("ApiKey", "with space")]
    [InlineData("ApiKey", "with:colon")]
    [InlineData("ApiSecret", "line break at the end\n")]
    [InlineData("ApiSecret", "全角")]
    [InlineData("MerchantId", "1\r\nX-Other: 2")]
    [InlineData("MaxRefundsPerPayment", "0")]
    [InlineData("MaxRefundsPerPayment", "51")]
    [InlineData("MaxRefundsPerPayment", "-1")]
    [InlineData("MaxRefundsPerPayment", "many")]
    public void A_setting_that_cannot_be_right_is_named_and_not_repeated(string setting, string value)
    {
        var refused = Assert.Throws<ProviderSettingException>(() => Open("https://api.paypay.ne.jp", sandbox: false, (setting, value)));

        Assert.Equal(setting, refused.Setting);
        if (value.Length > 3)
            Assert.DoesNotContain(value, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_a_thousand_characters_is_refused() => Assert.Equal(
        "ApiKey", Assert.Throws<ProviderSettingException>(() => Open("https://api.paypay.ne.jp", sandbox: false, ("ApiKey", new string('a', 1_000)))).Setting);

    private static void Refused(string url, bool sandbox) =>
        Assert.Equal("BaseUrl", Assert.Throws<ProviderSettingException>(() => Open(url, sandbox)).Setting);

    private static void Open(string url, bool sandbox, params (string Name, string Value)[] others)
    {
        using var http = new HttpClient();
        var values = PayPayWorld.Settings(new Uri("http://127.0.0.1"));
        values["BaseUrl"] = url;
        foreach (var (name, value) in others)
            values[name] = value;

        Assert.NotNull(new PayPayPlugin().Open(new ProviderSetup("paypay-main", values, http, new KitTime(), sandbox)));
    }
}
