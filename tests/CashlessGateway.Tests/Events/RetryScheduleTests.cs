using CashlessGateway.Events;
using CashlessGateway.Money;

namespace CashlessGateway.Tests.Events;

public sealed class RetryScheduleTests
{
    private static readonly Instant First = new(1_800_000_000_000);

    [Fact]
    public void Pauses_grow_to_two_hours_and_the_last_try_is_at_72_hours()
    {
        var (pauses, at) = (new List<TimeSpan>(), First);
        while (RetrySchedule.Next(pauses.Count + 1, First, at) is { } next)
        {
            pauses.Add(next - at);
            at = next;
        }

        Assert.Equal([5, 30, 120, 600, 1_800, 3_600, 7_200, 7_200], pauses.Take(8).Select(pause => (int)pause.TotalSeconds));
        Assert.Equal(TimeSpan.FromHours(72), at - First);
        Assert.InRange(pauses.Count, 40, 45);
    }

    [Fact]
    public void A_gateway_that_was_down_past_the_end_tries_once_and_gives_up() => Assert.Null(RetrySchedule.Next(3, First, First.Plus(TimeSpan.FromHours(80))));
}
