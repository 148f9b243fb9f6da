using System.Net.Http;
using CashlessGateway.Providers.Square;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("BaseUrl", "not an address")]
    [InlineData("BaseUrl", "ftp://connect.squareup.com")]
    [InlineData("BaseUrl", "http://connect.squareup.com")]
    [InlineData("BaseUrl", "https://connect.squareup.com/v2")]
    [InlineData("BaseUrl", "https://connect.squareup.com?x=1")]
    [InlineData("BaseUrl", "https://me@connect.squareup.com")]
    [InlineData("BaseUrl", "https://connect.squareupsandbox.com")]
    [InlineData("BaseUrl", "https://CONNECT.SQUAREUPSANDBOX.COM.")]
    [InlineData("BaseUrl", "https://localhost:5000")]
    [InlineData("BaseUrl", "https://127.0.0.1")]
    [InlineData("AccessToken", "EAAA secret")]
    [InlineData("AccessToken", "EAAAsecret\n")]
    [InlineData("AccessToken", "秘密")]
    [InlineData("LocationId", "L1/../x")]
    [InlineData("LocationId", "L 1")]
    [InlineData("Version", "latest")]
    [InlineData("Version", "2025-13-20")]
    [InlineData("Payments", "suica,edy")]
    [InlineData("Payments", "suica,,id")]
    [InlineData("WebhookSignatureKey", "a b")]
    [InlineData("NotificationUrl", "/hooks")]
    [InlineData("NotificationUrl", "http://pay.example.jp/hooks")]
    [InlineData("NotificationUrl", "")]
    public void A_setting_that_cannot_be_is_named_and_its_value_is_not_told(string setting, string value)
    {
        var complaint = Assert.Throws<ProviderSettingException>(() => Open(false, (setting, value)));
        Assert.Equal(setting, complaint.Setting);
        if (value.Length > 0) Assert.DoesNotContain(value, complaint.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://connect.squareup.com")]
    [InlineData("https://squareup.com")]
    public void Where_no_real_money_is_taken_Squares_production_is_refused(string url) =>
        Assert.Equal("BaseUrl", Assert.Throws<ProviderSettingException>(() => Open(true, ("BaseUrl", url))).Setting);

    [Fact]
    public void Production_and_sandbox_open_where_they_belong()
    {
        Open(false);
        Open(true, ("BaseUrl", "https://connect.squareupsandbox.com"));
    }

    [Fact]
    public void Without_a_list_everything_is_offered() =>
        Assert.Equal(["emoney", "qr", "card"], Open(false).Abilities.Methods.Select(way => way.Method));

    [Fact]
    public void What_the_location_is_not_signed_up_for_is_not_offered()
    {
        var methods = Open(false, ("Payments", "id, card")).Abilities.Methods;
        Assert.Equal([("emoney", "id"), ("card", "visa")], methods.Select(way => (way.Method, way.Brands[0])));
        Assert.Equal(["card"], Open(false, ("Payments", "card")).Abilities.Methods.Select(way => way.Method));
    }

    [Fact]
    public async Task The_version_token_and_type_of_content_go_with_each_request()
    {
        await using var world = await SquareWorld.Open(("Version", "2026-09-16"));
        world.On(SquareWorld.Create, SquareSays.Checkout(SquareWorld.Reference, "PENDING"));
        await world.Start();

        var headers = Assert.Single(world.Stub.Requests).Headers;
        Assert.Equal(("Bearer " + SquareWorld.Token, "2026-09-16", "application/json"), (headers["Authorization"], headers["Square-Version"], headers["Content-Type"]));
    }

    private static IProvider Open(bool sandbox, params (string Name, string Value)[] settings)
    {
        var values = SquareWorld.Settings(new Uri("https://connect.squareup.com"));
        foreach (var (name, value) in settings)
            values[name] = value;

        return new SquarePlugin().Open(new ProviderSetup("square", values, new HttpClient(), new KitTime(), sandbox));
    }
}
