using CashlessGateway.Alarms;
using CashlessGateway.Events;

namespace CashlessGateway.Tests.Alarms;

public class AlarmRuleTests
{
    private const long Megabyte = 1_048_576;

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    [Theory]
    [InlineData(14.9, false)]
    [InlineData(15, true)]
    public void A_payment_may_be_in_doubt_for_so_long(double minutes, bool isOn)
    {
        var (on, detail) = AlarmRules.InDoubt(new Doubtful(2, Minutes(minutes), "pay_1"), Minutes(15));
        Assert.Equal(isOn, on);
        Assert.Contains("pay_1", detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public void No_payment_in_doubt_is_no_alarm() => Assert.False(AlarmRules.InDoubt(null, Minutes(15)).IsOn);

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(9.0, 9.0, false)]
    [InlineData(10.0, null, true)]
    [InlineData(null, 10.0, true)]
    public void Events_may_wait_for_so_long_before_and_after_they_are_taken_up(double? taken, double? delivered, bool isOn) =>
        Assert.Equal(isOn, AlarmRules.Outbox(new Backlog(taken is { } t ? Minutes(t) : null, delivered is { } d ? Minutes(d) : null, 3, 1), Minutes(10)).IsOn);

    [Theory]
    [InlineData(null, false)]
    [InlineData(0.9, false)]
    [InlineData(1.0, true)]
    public void An_entry_may_wait_for_its_seal_for_so_long(double? minutes, bool isOn) =>
        Assert.Equal(isOn, AlarmRules.Unsealed(minutes is { } m ? Minutes(m) : null, Minutes(1)).IsOn);

    [Theory]
    [InlineData(10, 3, 0, 30)]
    [InlineData(10, 3, 60, 90)]
    [InlineData(0.1, 3, 0, 1)]
    public void A_job_may_be_away_for_some_intervals_but_a_minute_at_least(double interval, long factor, double silence, double allowed) =>
        Assert.Equal(Minutes(allowed), AlarmRules.Allowed(Minutes(interval), factor, Minutes(silence)));

    [Theory]
    [InlineData(30, false, false)]
    [InlineData(31, false, true)]
    [InlineData(1, true, true)]
    public void A_job_that_is_late_or_failed_is_named(double away, bool failed, bool isOn)
    {
        var (on, detail) = AlarmRules.Jobs([new JobWatch("expiry", Minutes(1), Minutes(3), false), new JobWatch("day-close", Minutes(away), Minutes(30), failed)]);
        Assert.Equal(isOn, on);
        Assert.Equal(isOn, detail.En.Contains("day-close", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(19, 19, false)]
    [InlineData(20, 3, false)]
    [InlineData(20, 4, true)]
    public void A_rate_needs_enough_calls(long calls, long unwell, bool isOn) =>
        Assert.Equal(isOn, AlarmRules.ProviderErrors([new ProviderCalls("fine", 1_000, 0), new ProviderCalls("paypay-main", calls, unwell)], 20).IsOn);

    [Theory]
    [InlineData(100_000, 10_000, false)]
    [InlineData(100_000, 9_999, true)]
    [InlineData(5_000, 1_023, true)]
    [InlineData(5_000, 1_024, false)]
    public void A_disk_must_have_a_share_and_a_sum_left(long total, long free, bool isOn) =>
        Assert.Equal(isOn, AlarmRules.Disk(new DiskSpace("/data", free * Megabyte, total * Megabyte), 10, 1_024).IsOn);

    [Fact]
    public void A_folder_that_is_not_there_yet_lies_on_its_parents_disk() =>
        Assert.True(Disk.Of(Path.Combine(Path.GetTempPath(), "not", "yet")).Total > 0);
}
