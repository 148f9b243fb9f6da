using System.Net.Http;

namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>What is asked of a provider.</summary>
public enum Asked
{
    Start,
    LookUp,
    Cancel,
    Refund,
    RefundLookUp,
}

/// <summary>What goes wrong with one call. "Before" means before it had its effect.</summary>
public enum Trouble
{
    None,
    Declined,
    TimeoutBefore,
    TimeoutAfter,
    ResetBefore,
    ResetAfter,
    RateLimited,
    ErrorBefore,
    ErrorAfter,
    Unavailable,
    Malformed,
    AnsweredTwice,
    WrongAmount,
    WrongCurrency,
    ClockSkew,
    AbsentFor5Seconds,
    AbsentFor30Seconds,
    AbsentFor120Seconds,
    KeyForgotten,
}

/// <summary>
/// A provider's server (its sandbox, or a stand-in of yours) with the adapter in front of it, and all that a test must be able to do
/// there. One world per test.
/// </summary>
public interface IMatrixWorld : IAsyncDisposable
{
    IProvider Provider { get; }

    DateTimeOffset Now { get; }

    /// <summary>An order that the adapter takes; the same reference is the same order.</summary>
    PaymentOrder Order(string reference);

    /// <summary>The next call of this kind meets this trouble. False when this server cannot do it, and the test is skipped.</summary>
    bool Arrange(Asked asked, Trouble trouble);

    /// <summary>From now on all is well.</summary>
    void Calm();

    void Advance(TimeSpan span);

    /// <summary>The customer pays what was begun last under this reference.</summary>
    bool Pay(string reference);

    /// <summary>How often money was taken under this reference, how much, and how much went back.</summary>
    (int Times, long Taken, long Refunded) Truth(string reference);
}

/// <summary>
/// Every operation in every trouble: the right typed answer (mechanics 7 and 8), a look-up that finds the truth afterwards, and no path
/// that takes or returns money twice. Derive, open your world, run.
/// </summary>
public abstract class MatrixKit
{
    private const string Reference = "pay_01JD3Z8Q5T0000000000000042";
    private const string RefundReference = "ref_01JD3Z8Q5T0000000000000043";

    /// <summary>A call that meets silence is given up after this.</summary>
    private static readonly TimeSpan GivesUp = TimeSpan.FromMilliseconds(250);

    /// <summary>A test that takes this long hangs.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(30);

    public static TheoryData<Trouble> Troubles => [.. Enum.GetValues<Trouble>()];

    protected abstract Task<IMatrixWorld> OpenWorld();

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_start_answers_what_is_certain_and_its_truth_is_found(Trouble trouble)
    {
        await using var world = await OpenWorld();
        var order = world.Order(Reference);
        Skip(world.Arrange(Asked.Start, trouble), trouble);
        var answer = await Do(trouble, token => world.Provider.Start(order, token));
        switch (trouble)
        {
            case Trouble.None:
                Assert.True(answer is ProviderAnswer.Pending or ProviderAnswer.Captured, $"{answer}");
                break;
            case Trouble.Declined:
                Assert.True(answer is ProviderAnswer.Declined or ProviderAnswer.Unknown, $"{answer}");
                break;
            case Trouble.RateLimited:
                Assert.True(answer is ProviderAnswer.Pending or ProviderAnswer.Captured or ProviderAnswer.Declined or ProviderAnswer.Unknown, $"{answer}");
                break;
            case Trouble.KeyForgotten:
                break;
            default:
                Assert.True(answer is ProviderAnswer.Unknown, $"{trouble}: {answer}");
                break;
        }

        world.Calm();
        var begun = await LookUp(world, order, null);
        var paid = world.Pay(Reference);
        // What took effect is found by our reference alone, and paid once; what did not is nowhere.
        var after = await LookUp(world, order, null);
        if (paid || world.Truth(Reference).Times > 0)
        {
            Assert.Equal((order.Amount, "JPY"), Assert.IsType<ProviderAnswer.Captured>(after) is var captured ? (captured.Amount, captured.Currency) : default);
            Assert.Equal((1, order.Amount, 0), world.Truth(Reference));
        }
        else
        {
            Assert.False(after is ProviderAnswer.Captured, $"{after}");
            Assert.True(begun is not ProviderAnswer.Captured);
            Assert.Equal((0, 0, 0), world.Truth(Reference));
        }
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_look_up_tells_what_the_provider_says_or_that_it_could_not_be_asked(Trouble trouble)
    {
        await using var world = await OpenWorld();
        var (order, handle) = await Begun(world);
        Assert.True(world.Pay(Reference));
        Skip(trouble is not (Trouble.Declined or Trouble.KeyForgotten) && world.Arrange(Asked.LookUp, trouble), trouble);
        var answer = await Do(trouble, token => world.Provider.LookUp(Case(order, handle), token));
        switch (trouble)
        {
            case Trouble.None:
                Assert.Equal(order.Amount, Assert.IsType<ProviderAnswer.Captured>(answer).Amount);
                break;
            case Trouble.WrongAmount:
                Assert.NotEqual(order.Amount, Assert.IsType<ProviderAnswer.Captured>(answer).Amount);
                break;
            case Trouble.WrongCurrency:
                Assert.NotEqual("JPY", Assert.IsType<ProviderAnswer.Captured>(answer).Currency);
                break;
            case Trouble.ClockSkew:
                Assert.IsType<ProviderAnswer.Captured>(answer);
                break;
            case Trouble.AbsentFor5Seconds or Trouble.AbsentFor30Seconds or Trouble.AbsentFor120Seconds:
                Assert.True(answer is ProviderAnswer.Absent or ProviderAnswer.Unknown or ProviderAnswer.Pending, $"{answer}");
                world.Advance(AbsentFor(trouble) + TimeSpan.FromSeconds(1));
                Assert.Equal(order.Amount, Assert.IsType<ProviderAnswer.Captured>(await LookUp(world, order, handle)).Amount);
                break;
            case Trouble.TimeoutAfter or Trouble.TimeoutBefore or Trouble.ResetAfter or Trouble.ResetBefore or Trouble.ErrorAfter or Trouble.ErrorBefore or Trouble.Unavailable or Trouble.Malformed or Trouble.AnsweredTwice:
                Assert.True(answer is ProviderAnswer.Unknown, $"{trouble}: {answer}");
                break;
            case Trouble.RateLimited:
                Assert.True(answer is ProviderAnswer.Unknown or ProviderAnswer.Captured, $"{answer}");
                break;
        }

        world.Calm();
        Assert.Equal(order.Amount, Assert.IsType<ProviderAnswer.Captured>(await LookUp(world, order, handle)).Amount);
        Assert.Equal((1, order.Amount, 0), world.Truth(Reference));
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_cancel_is_repeated_until_it_is_certain_and_then_nobody_can_pay(Trouble trouble)
    {
        await using var world = await OpenWorld();
        Assert.SkipUnless(world.Provider is ICanCancel, "The adapter has no ICanCancel.");
        var cancels = (ICanCancel)world.Provider;
        var (order, handle) = await Begun(world);
        Skip(trouble is not (Trouble.Declined or Trouble.KeyForgotten or Trouble.WrongAmount or Trouble.WrongCurrency or Trouble.ClockSkew or Trouble.AbsentFor5Seconds or Trouble.AbsentFor30Seconds or Trouble.AbsentFor120Seconds)
            && world.Arrange(Asked.Cancel, trouble), trouble);
        var answer = await Do(trouble, token => cancels.Cancel(Case(order, handle), token));
        Assert.True(answer is ProviderAnswer.Unknown or ProviderAnswer.Cancelled or ProviderAnswer.Expired or ProviderAnswer.Pending, $"{trouble}: {answer}");
        if (trouble == Trouble.None) Assert.IsType<ProviderAnswer.Cancelled>(answer);
        world.Calm();
        for (var i = 0; i < 5 && answer is ProviderAnswer.Unknown or ProviderAnswer.Pending; i++)
        {
            world.Advance(TimeSpan.FromSeconds(5));
            answer = await Do(Trouble.None, token => cancels.Cancel(Case(order, handle), token));
        }

        Assert.True(answer is ProviderAnswer.Cancelled or ProviderAnswer.Expired, $"{trouble}, repeated: {answer}");
        world.Pay(Reference);
        world.Advance(TimeSpan.FromMinutes(2));
        // A provider that promised to send the money back has done so by now.
        Assert.Equal(0, world.Truth(Reference).Taken - world.Truth(Reference).Refunded);
    }

    [Fact]
    public async Task A_customer_who_was_faster_has_paid()
    {
        await using var world = await OpenWorld();
        Assert.SkipUnless(world.Provider is ICanCancel && !world.Provider.Abilities.AcceptedCancelReturnsMoney, "A cancel of this adapter is a promise to send the money back.");
        var (order, handle) = await Begun(world);
        Assert.True(world.Pay(Reference));
        Assert.Equal(order.Amount, Assert.IsType<ProviderAnswer.Captured>(await Do(Trouble.None, token => ((ICanCancel)world.Provider).Cancel(Case(order, handle), token))).Amount);
        Assert.Equal((1, order.Amount, 0), world.Truth(Reference));
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Money_goes_back_once_however_often_it_is_ordered(Trouble trouble)
    {
        await using var world = await OpenWorld();
        Assert.SkipUnless(world.Provider is ICanRefund, "The adapter has no ICanRefund.");
        var refunds = (ICanRefund)world.Provider;
        var (order, handle) = await Begun(world);
        Assert.True(world.Pay(Reference));
        var captured = Assert.IsType<ProviderAnswer.Captured>(await LookUp(world, order, handle));
        Assert.SkipWhen(refunds.RefundsOf(new PaidWith(order.Method, captured.Brand ?? order.Brand)) is null, "This brand is never refunded.");
        var back = new RefundOrder(RefundReference, Reference, captured.Reference, order.Amount, order.Amount, "refund") { PaidWith = new PaidWith(order.Method, captured.Brand ?? order.Brand), CapturedAt = captured.At, RequestedAt = world.Now };
        Skip(trouble is not (Trouble.Declined or Trouble.WrongAmount or Trouble.WrongCurrency or Trouble.AbsentFor5Seconds or Trouble.AbsentFor30Seconds or Trouble.AbsentFor120Seconds) && world.Arrange(Asked.Refund, trouble), trouble);
        var answer = await Do(trouble, token => refunds.Refund(back, token));
        if (trouble == Trouble.None) Assert.True(answer is RefundAnswer.Succeeded or RefundAnswer.Pending, $"{answer}");
        else if (trouble is not (Trouble.RateLimited or Trouble.ClockSkew or Trouble.KeyForgotten)) Assert.True(answer is RefundAnswer.Unknown, $"{trouble}: {answer}");
        world.Calm();
        // As the gateway does it: looked up first, and ordered again only where the provider does not have it.
        for (var i = 0; i < 5 && answer is not RefundAnswer.Succeeded; i++)
        {
            world.Advance(TimeSpan.FromSeconds(10));
            answer = await Do(Trouble.None, token => refunds.LookUpRefund(back, token));
            if (answer is RefundAnswer.Absent) answer = await Do(Trouble.None, token => refunds.Refund(back, token));
        }

        Assert.True(answer is RefundAnswer.Succeeded or RefundAnswer.Pending, $"{trouble}, repeated: {answer}");
        Assert.Equal((1, order.Amount, order.Amount), world.Truth(Reference));
        await Do(Trouble.None, token => refunds.Refund(back, token));
        Assert.Equal((1, order.Amount, order.Amount), world.Truth(Reference));
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_look_up_of_a_refund_orders_nothing(Trouble trouble)
    {
        await using var world = await OpenWorld();
        Assert.SkipUnless(world.Provider is ICanRefund, "The adapter has no ICanRefund.");
        var refunds = (ICanRefund)world.Provider;
        var (order, handle) = await Begun(world);
        Assert.True(world.Pay(Reference));
        var captured = Assert.IsType<ProviderAnswer.Captured>(await LookUp(world, order, handle));
        var back = new RefundOrder(RefundReference, Reference, captured.Reference, order.Amount, order.Amount, "refund") { PaidWith = new PaidWith(order.Method, captured.Brand ?? order.Brand), CapturedAt = captured.At, RequestedAt = world.Now };
        Skip(trouble is not (Trouble.Declined or Trouble.KeyForgotten or Trouble.WrongAmount or Trouble.WrongCurrency or Trouble.ClockSkew or Trouble.AbsentFor5Seconds or Trouble.AbsentFor30Seconds or Trouble.AbsentFor120Seconds)
            && world.Arrange(Asked.RefundLookUp, trouble), trouble);
        var answer = await Do(trouble, token => refunds.LookUpRefund(back, token));
        Assert.True(answer is RefundAnswer.Absent or RefundAnswer.Unknown, $"{trouble}: {answer}");
        if (trouble == Trouble.None) Assert.IsType<RefundAnswer.Absent>(answer);
        Assert.Equal((1, order.Amount, 0), world.Truth(Reference));
    }

    private static TimeSpan AbsentFor(Trouble trouble) => TimeSpan.FromSeconds(trouble switch { Trouble.AbsentFor5Seconds => 5, Trouble.AbsentFor30Seconds => 30, _ => 120 });

    private static async Task<(PaymentOrder Order, string? Handle)> Begun(IMatrixWorld world)
    {
        var order = world.Order(Reference);
        return await Do(Trouble.None, token => world.Provider.Start(order, token)) is ProviderAnswer.Pending pending
            ? (order, pending.Handle)
            : throw new InvalidOperationException("The world's payment was not begun.");
    }

    private static Task<ProviderAnswer> LookUp(IMatrixWorld world, PaymentOrder order, string? handle) => Do(Trouble.None, token => world.Provider.LookUp(Case(order, handle), token));

    private static PaymentCase Case(PaymentOrder order, string? handle) => new(order.Reference, order.Amount, order.Method, order.Presentation)
    {
        Handle = handle,
        Brand = order.Brand,
        Terminal = order.Terminal,
        Device = order.Device,
        RequestedAt = order.RequestedAt,
    };

    private static async Task<T> Do<T>(Trouble trouble, Func<CancellationToken, Task<T>> call)
    {
        using var limit = new CancellationTokenSource(trouble is Trouble.TimeoutBefore or Trouble.TimeoutAfter ? GivesUp : Hangs);
        return await call(limit.Token);
    }

    private static void Skip(bool arranged, Trouble trouble) => Assert.SkipUnless(arranged, $"{trouble} has no meaning here, or this server cannot do it.");
}
