using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class VoidTests
{
    private static readonly StubAnswer Completed = PayPaySays.Details(PayPayWorld.Reference, "COMPLETED");
    private static readonly StubAnswer Failed = PayPaySays.Details(PayPayWorld.Reference, "FAILED");

    [Theory]
    [InlineData("2026-11-21T00:00:00+09:00", "2026-11-22T00:14:59+09:00")]
    [InlineData("2026-11-21T23:59:59+09:00", "2026-11-22T00:14:59+09:00")]
    [InlineData("2026-11-21T15:00:00Z", "2026-11-23T00:14:59+09:00")]          // midnight in Tokyo: already the 22nd
    [InlineData("2026-12-31T14:59:59Z", "2027-01-01T00:14:59+09:00")]
    public async Task A_void_is_open_until_fifteen_past_midnight_in_Tokyo(string captured, string until)
    {
        await using var world = await PayPayWorld.Open();
        Assert.Equal(At(until), world.Provider.VoidableUntil(At(captured)));
    }

    [Theory]
    [InlineData("2026-11-22T00:14:59+09:00", true)]
    [InlineData("2026-11-22T00:15:00+09:00", false)]
    public async Task The_last_second_counts_and_the_next_does_not(string now, bool open)
    {
        await using var world = await PayPayWorld.Open();
        world.Time.Set(At(now));
        var answer = await world.OnCancel(PayPaySays.CancelAccepted).Provider.Void(Order(world), world.InTime);

        if (open)
        {
            Assert.IsType<RefundAnswer.Succeeded>(answer);
        }
        else
        {
            Assert.Equal("void-window-closed", Assert.IsType<RefundAnswer.Failed>(answer).Code);
            Assert.Empty(world.Asked);
        }
    }

    [Fact]
    public async Task A_void_asked_in_time_and_repeated_too_late_asks_whether_the_first_try_worked()
    {
        Assert.IsType<RefundAnswer.Succeeded>(await Repeated(Failed));
        Assert.Equal("void-window-closed", Assert.IsType<RefundAnswer.Failed>(await Repeated(Completed)).Code);
        Assert.IsType<RefundAnswer.Unknown>(await Repeated(StubAnswer.Html(502)));

        static async Task<RefundAnswer> Repeated(StubAnswer shows)
        {
            await using var world = await PayPayWorld.Open();
            world.Time.Set(At("2026-11-22T00:14:30+09:00"));
            var order = Order(world);
            world.Time.Advance(TimeSpan.FromMinutes(1));
            return await world.OnLookUp(shows).Provider.Void(order, world.InTime);
        }
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("CANCELED")]
    [InlineData("REFUNDED")]
    public async Task Not_reversible_because_it_is_back_already_succeeded(string status)
    {
        await using var world = await PayPayWorld.Open();
        world.OnCancel(PayPaySays.NotReversible).OnLookUp(PayPaySays.Details(PayPayWorld.Reference, status));

        Assert.IsType<RefundAnswer.Succeeded>(await world.Provider.Void(world.GivingBack("void"), world.InTime));
    }

    [Fact]
    public async Task Not_reversible_and_still_taken_failed()
    {
        await using var world = await PayPayWorld.Open();
        world.OnCancel(PayPaySays.NotReversible).OnLookUp(Completed);

        Assert.Equal("not-reversible", Assert.IsType<RefundAnswer.Failed>(await world.Provider.Void(world.GivingBack("void"), world.InTime)).Code);
    }

    public static TheoryData<string, StubAnswer> SayNothingOfAnEarlierTry => new()
    {
        { "rate", PayPaySays.RateLimit },
        { "key", PayPaySays.Unauthorized },
        { "page", StubAnswer.Html(502) },
        { "cut", new StubAnswer.HangUp() },
        { "success without acceptance", PayPaySays.Success("null", 200) },
    };

    [Theory]
    [MemberData(nameof(SayNothingOfAnEarlierTry))]
    public async Task What_says_nothing_of_an_earlier_try_leaves_a_void_in_doubt_until_it_shows(string why, StubAnswer answer)
    {
        await using var world = await PayPayWorld.Open();
        world.OnCancel(answer).OnLookUp(Completed, Failed);

        Assert.True(await world.Provider.Void(world.GivingBack("void"), world.InTime) is RefundAnswer.Unknown, why);
        Assert.True(await world.Provider.Void(world.GivingBack("void"), world.InTime) is RefundAnswer.Succeeded, why);
    }

    [Fact]
    public async Task A_payment_that_PayPay_does_not_know_is_no_void()
    {
        await using var world = await PayPayWorld.Open();
        world.OnCancel(PayPaySays.Error(404, "RESOURCE_NOT_FOUND", "00200001")).OnLookUp(PayPaySays.PaymentNotFound);

        Assert.IsType<RefundAnswer.Unknown>(await world.Provider.Void(world.GivingBack("void"), world.InTime));
    }

    private static RefundOrder Order(PayPayWorld world) => world.GivingBack("void") with { CapturedAt = At("2026-11-21T18:00:00+09:00") };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
