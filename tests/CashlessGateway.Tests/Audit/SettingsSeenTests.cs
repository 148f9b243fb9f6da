using CashlessGateway.Audit;
using CashlessGateway.Storage;
using Microsoft.Extensions.Configuration;

namespace CashlessGateway.Tests.Audit;

/// <summary>What changed in the settings since the last start stands in the trail, without what is secret.</summary>
public sealed class SettingsSeenTests
{
    private const string Said = "select object from audit_entry where municipality = @municipality and action = 'setting-changed' order by object";
    private const string Details = "select d.body from audit_detail d join audit_entry e on e.municipality = d.municipality and e.id = d.entry where e.municipality = @municipality and e.action = 'setting-changed'";

    [Fact]
    public async Task A_start_writes_down_what_is_other_than_at_the_start_before()
    {
        await using var city = await City.Open();
        var seen = city.Of<SettingsSeen>();
        var before = Of(("Limits:RequestsPerMinutePerClient", "700"), ("Alarms:Mail:SmtpPassword", "first"), ("HOME", "/root"));
        await seen.Compare(before, default);
        var already = (await city.Of<Database>().All<string>(new Sql(Said), new { municipality = City.Code })).Count;

        Assert.Equal(0, await seen.Compare(before, default));
        var after = Of(("Limits:RequestsPerMinutePerClient", "900"), ("Alarms:Mail:SmtpPassword", "second"), ("Providers:square-main:AccessToken", "very-private"), ("HOME", "/home"));
        Assert.Equal(3, await seen.Compare(after, default));
        Assert.Equal(already + 3, (await city.Of<Database>().All<string>(new Sql(Said), new { municipality = City.Code })).Count);
        Assert.Equal(0, await seen.Compare(after, default));
    }

    [Fact]
    public async Task A_secret_is_told_as_changed_and_lies_nowhere_readable()
    {
        await using var city = await City.Open();
        var seen = city.Of<SettingsSeen>();
        await seen.Compare(Of(("Limits:BodyBytes", "5000"), ("Providers:square-main:AccessToken", "very-private-1")), default);
        Assert.NotEqual(0, await seen.Compare(Of(("Limits:BodyBytes", "6000"), ("Providers:square-main:AccessToken", "very-private-2")), default));
        var told = string.Join('\n', await city.Of<Database>().All<string>(new Sql(Details), new { municipality = City.Code }));
        Assert.Contains("6000", told, StringComparison.Ordinal);
        var kept = string.Join('\n', await city.Of<Database>().All<string>(new Sql("select text from setting_seen where municipality = @municipality"), new { municipality = City.Code }));
        Assert.Contains("6000", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("very-private", told + kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_setting_of_a_real_start_is_in_the_trail()
    {
        await using var first = await City.Open(Engine.Sqlite, "--Limits:BodyBytes=5000");
        await using var city = await first.Reopen("--Limits:BodyBytes=6000");
        Assert.Equal(["setting:Limits:BodyBytes"], await city.Of<Database>().All<string>(new Sql(Said), new { municipality = City.Code }));
    }

    private static IConfiguration Of(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build();
}
