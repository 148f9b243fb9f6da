using CashlessGateway.Alarms;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CashlessGateway.Tests.Alarms;

/// <summary>Who is told of an alarm, and how often. The alarm here: a sale that nobody seals.</summary>
public class AlarmMailTests
{
    private const string Sealing = "封印";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory, EachEngine]
    public async Task An_alarm_is_mailed_when_it_begins_each_four_hours_and_when_it_is_over(Engine engine)
    {
        await using var server = new MailServer();
        await using var city = await City.Open(engine, server.Settings);
        await Watch(city);
        await city.Sell();
        await Watch(city, TimeSpan.FromMinutes(2));
        Assert.Equal(["[CashlessGateway 見本市 072036] 警報: 仕訳の封印が遅れています"], server.About(Sealing));

        await Watch(city, Minute);
        await Watch(city, TimeSpan.FromMinutes(238));
        Assert.Single(server.About(Sealing));
        await Watch(city, Minute);
        Assert.Equal("[CashlessGateway 見本市 072036] 警報が続いています: 仕訳の封印が遅れています", server.About(Sealing)[^1]);

        await city.Of<Sealer>().Seal(City.Code);
        await Watch(city, Minute);
        Assert.Equal(2, server.About(Sealing).Count);
        await Watch(city, TimeSpan.FromMinutes(5));
        await Watch(city, Minute);
        Assert.Equal("[CashlessGateway 見本市 072036] 警報は終わりました: 仕訳の封印が遅れています", Assert.Single(server.About(Sealing).Skip(2)));
    }

    [Fact]
    public async Task A_mail_says_in_two_languages_what_was_measured_and_goes_to_everyone()
    {
        await using var server = new MailServer();
        await using var city = await City.Open(Engine.Sqlite, server.Settings);
        await city.Sell();
        await Watch(city, TimeSpan.FromMinutes(3));

        var mail = server.Mails.Single(static mail => mail.Subject.Contains(Sealing, StringComparison.Ordinal));
        Assert.Equal("kaikei@city.example,shisutemu@city.example", mail.To);
        Assert.Contains("封印前の最古 3分（しきい値 60秒）", mail.Text, StringComparison.Ordinal);
        Assert.Contains("始まり: 2026-11-21 09:03（日本時間）", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Alarm: Journal entries are not sealed. oldest unsealed entry 3 min (threshold 60 s).", mail.Text, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task Two_nodes_send_one_mail(Engine engine)
    {
        await using var server = new MailServer();
        await using var city = await City.Open(engine, server.Settings);
        await city.Sell();
        city.Time.Advance(TimeSpan.FromMinutes(2));
        var nodes = Enumerable.Range(0, 4).Select(_ => Node(city, city.Of<IMailer>())).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Run(City.Code, 100, CancellationToken.None))));

        Assert.Single(server.About(Sealing));
    }

    [Fact]
    public async Task A_restart_sends_no_second_mail()
    {
        await using var server = new MailServer();
        var city = await City.Open(Engine.Sqlite, server.Settings);
        await city.Sell();
        await Watch(city, TimeSpan.FromMinutes(2));

        await using var again = await city.Reopen(server.Settings);
        await Watch(again, Minute);

        Assert.Single(server.About(Sealing));
    }

    [Fact]
    public async Task While_the_mail_server_is_down_the_alarm_stands_on_the_health_page_and_the_mail_is_tried_again()
    {
        await using var server = new MailServer { IsDown = true };
        await using var city = await City.Open(Engine.Sqlite, server.Settings);
        await city.Sell();
        await Watch(city, TimeSpan.FromMinutes(2));
        Assert.Empty(server.Mails);
        var ready = await city.Get("/health/ready");
        Assert.Equal(200, ready.Status);
        var checks = ready.Json.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.False(checks["alarm:unsealed"].GetProperty("well").GetBoolean());
        Assert.False(checks["alarm:mail"].GetProperty("well").GetBoolean());

        server.IsDown = false;
        await Watch(city, Minute);

        Assert.Single(server.About(Sealing));
        Assert.True(city.Of<WatchAlarms>().Check().Well);
    }

    [Fact]
    public async Task What_goes_up_and_down_around_its_threshold_is_one_alarm()
    {
        await using var server = new MailServer();
        await using var city = await City.Open(Engine.Sqlite, server.Settings);
        for (var wave = 0; wave < 3; wave++)
        {
            await city.Sell();
            await Watch(city, TimeSpan.FromMinutes(2));
            await city.Of<Sealer>().Seal(City.Code);
            await Watch(city, Minute);
        }

        Assert.Single(server.About(Sealing));
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_kept_in_mind()
    {
        await using var city = await City.Open();
        await city.Sell();
        city.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(0, await city.Of<WatchAlarms>().Run(City.Code, 100, CancellationToken.None));
    }

    private static async Task Watch(City city, TimeSpan later = default)
    {
        city.Time.Advance(later);
        await city.Of<WatchAlarms>().Run(City.Code, 100, CancellationToken.None);
    }

    private static WatchAlarms Node(City city, IMailer mailer) =>
        new(city.Of<AlarmMeasures>(), new AlarmStore(city.Gateway.Database), city.Of<PlaceStore>(), city.Of<Clock>(), NullLogger<WatchAlarms>.Instance, mailer);
}
