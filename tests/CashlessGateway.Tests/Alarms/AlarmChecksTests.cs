using System.Text.Json;
using CashlessGateway.Alarms;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Alarms;

/// <summary>Alarms as /health/ready shows them.</summary>
public class AlarmChecksTests
{
    [Theory, EachEngine]
    public async Task A_quiet_gateway_has_no_alarm_and_shows_what_was_measured(Engine engine)
    {
        await using var city = await City.Open(engine, "--Alarms:DiskFreePercent=0", "--Alarms:DiskFreeMegabytes=0");
        var checks = await Checks(city);
        string[] names = ["alarm:in-doubt", "alarm:outbox", "alarm:unsealed", "alarm:jobs", "alarm:provider-errors", "alarm:disk", "alarm:designations", "alarm:open-sessions", "alarm:carried-over", "alarm:refunds", "alarm:unknown-notices"];
        Assert.Equal(names, checks.Keys.Where(static name => name.StartsWith("alarm:", StringComparison.Ordinal)));
        Assert.All(names, name => Assert.True(checks[name].GetProperty("well").GetBoolean(), checks[name].ToString()));
        Assert.All(names, name => Assert.NotEmpty(checks[name].GetProperty("detail").GetString()!));
    }

    [Theory, EachEngine]
    public async Task A_payment_in_doubt_is_told_with_its_age_and_blocks_nothing(Engine engine)
    {
        await using var city = await City.OpenWithSandbox(engine);
        city.Provider.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.ErrorBefore) { Status = 503 });
        var sale = await city.SellByQr();
        Assert.Equal("inDoubt", sale.Json.GetProperty("payment").GetProperty("status").GetString());
        city.Time.Advance(TimeSpan.FromMinutes(16));

        var ready = await city.Get("/health/ready");

        Assert.Equal(200, ready.Status);
        var check = ready.Json.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "alarm:in-doubt");
        Assert.False(check.GetProperty("well").GetBoolean());
        Assert.Equal($"072036: 1, the oldest for 16 min: {sale.Json.GetProperty("payment").GetProperty("id").GetString()} (threshold 15 min)", check.GetProperty("detail").GetString());
    }

    [Theory, EachEngine]
    public async Task Events_that_are_not_taken_up_and_entries_that_are_not_sealed_are_told(Engine engine)
    {
        await using var city = await City.Open(engine);
        await city.Sell();
        city.Time.Advance(TimeSpan.FromMinutes(11));

        var checks = await Checks(city);

        Assert.Equal("072036: oldest unsealed entry 11 min (threshold 60 s)", checks["alarm:unsealed"].GetProperty("detail").GetString());
        Assert.StartsWith("072036: oldest event not taken up 11 min", checks["alarm:outbox"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(checks["alarm:outbox"].GetProperty("well").GetBoolean());
    }

    [Fact]
    public async Task A_job_that_ran_is_well_until_three_intervals_are_over()
    {
        await using var city = await City.Open();
        city.Time.Advance(TimeSpan.FromMinutes(31));
        await RunAll(city);
        city.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False((await Reading(city)).IsOn);

        city.Time.Advance(TimeSpan.FromMinutes(3));

        var late = await Reading(city);
        Assert.True(late.IsOn);
        Assert.Contains("expiry", late.Detail.En, StringComparison.Ordinal);
        Assert.DoesNotContain("day-close", late.Detail.En, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_job_whose_last_run_failed_is_told_until_it_runs_again(Engine engine)
    {
        await using var city = await City.Open(engine);
        await RunAll(city);
        var (runs, now) = (city.Of<JobRuns>(), city.Of<Clock>().Now());
        await runs.Record("expiry", City.Code, now.Plus(TimeSpan.FromSeconds(1)), now.Plus(TimeSpan.FromSeconds(1)), JobOutcome.Failed, 0, "no");
        Assert.Equal("expiry failed at its last run", (await Reading(city)).Detail.En);

        await runs.Record("expiry", City.Code, now.Plus(TimeSpan.FromSeconds(2)), now.Plus(TimeSpan.FromSeconds(2)), JobOutcome.Ok, 0, null);

        Assert.False((await Reading(city)).IsOn);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_and_notices_of_nobody_are_told()
    {
        await using var city = await City.OpenWithSandbox();
        var instance = city.Of<CashlessGateway.Instances.ProviderInstances>().All.First();
        for (var call = 0; call < 20; call++) instance.Circuit.Note(well: call % 4 > 0);
        instance.CountUnknownNotice();

        var checks = await Checks(city);

        Assert.False(checks["alarm:provider-errors"].GetProperty("well").GetBoolean());
        Assert.Contains($"{instance.Name} 5 of 20 calls unanswered (threshold 20% from 20 calls up)", checks["alarm:provider-errors"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal($"1 since the start: {instance.Name} 1", checks["alarm:unknown-notices"].GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("To", "Alarms:Mail:To is missing")]
    [InlineData("From", "Alarms:Mail:From is missing")]
    [InlineData("SmtpHost", "Alarms:Mail:SmtpHost is missing")]
    [InlineData("SmtpPassword", "Alarms:Mail:SmtpPassword is missing")]
    [InlineData("SmtpUser", "Alarms:Mail:SmtpUser is missing")]
    [InlineData("StartTls", "Alarms:Mail:StartTls is false")]
    public void Half_of_the_mail_settings_stop_the_start_with_the_name_of_the_setting(string missing, string said)
    {
        var all = new Dictionary<string, string?> { ["To"] = "a@city.example", ["From"] = "b@city.example", ["SmtpHost"] = "mail.example", ["SmtpUser"] = "u", ["SmtpPassword"] = "secret-word" };
        if (missing == "StartTls") all["StartTls"] = "false";
        else all.Remove(missing);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all.Select(static pair => KeyValuePair.Create("Alarms:Mail:" + pair.Key, pair.Value))).Build();

        var error = Assert.Throws<StartupException>(() => MailSettings.Read(configuration));

        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_is_not_in_what_is_printed_of_the_settings()
    {
        var mail = new MailSettings { To = [new("a@city.example")], From = new("b@city.example"), SmtpHost = "mail.example", SmtpPort = 587, SmtpUser = "u", SmtpPassword = "secret-word", StartTls = true };
        Assert.DoesNotContain("secret-word", (AlarmSettings.Standard with { Mail = mail }).ToString(), StringComparison.Ordinal);
    }

    private static async Task RunAll(City city)
    {
        foreach (var work in city.Gateway.App.Services.GetServices<ScheduledWork>()) await city.Of<JobRunner>().Run(work.Work, work.Schedule.Limit, CancellationToken.None);
    }

    private static async Task<AlarmReading> Reading(City city) => (await city.Of<AlarmMeasures>().OfCity(City.Code, CancellationToken.None)).Single(static reading => reading.Kind == AlarmKind.Jobs);

    private static async Task<Dictionary<string, JsonElement>> Checks(City city) =>
        (await city.Get("/health/ready")).Json.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
}
