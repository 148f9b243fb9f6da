using System.Net.Http;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Providers.Tests.StandIns;

/// <summary>A matrix world on one of the stand-ins of this repository.</summary>
internal sealed class StandInWorld(IStandIn standIn, IAsyncDisposable host, HttpClient http, IProvider provider, Func<string, PaymentOrder> order, Func<DateTimeOffset> now, Action<TimeSpan> advance, IReadOnlyDictionary<Asked, ApiOperation[]> operations) : IMatrixWorld
{
    /// <summary>By the stand-in's clock, which stands still: the caller has given up long before, and it takes effect when the test lets time pass.</summary>
    private const int Late = 15_000;

    public IProvider Provider { get; } = provider;

    public DateTimeOffset Now => now();

    public PaymentOrder Order(string reference) => order(reference);

    public bool Arrange(Asked asked, Trouble trouble)
    {
        if (trouble == Trouble.None) return true;
        if (Fault(trouble) is not { } fault) return false;
        var arranged = false;
        foreach (var operation in operations[asked])
        {
            try
            {
                standIn.Faults.Add(fault(operation));
                arranged = true;
            }
            catch (ArgumentException)
            {
                // This trouble has no meaning for this call.
            }
        }

        return arranged;
    }

    public void Calm() => standIn.Faults.Clear();

    public void Advance(TimeSpan span) => advance(span);

    public bool Pay(string reference) => standIn.Pay(reference);

    public (int Times, long Taken, long Refunded) Truth(string reference)
    {
        var all = standIn.Money().Where(money => money.Reference == reference && money.Taken).ToList();
        return (all.Count, all.Sum(static money => money.Amount), all.Sum(static money => money.Refunded));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    private static Func<ApiOperation, FaultRule>? Fault(Trouble trouble) => trouble switch
    {
        Trouble.Declined => static operation => new FaultRule(operation, FaultKind.TransactionFailed),
        Trouble.TimeoutBefore => static operation => new FaultRule(operation, FaultKind.Delay) { Ms = Late },
        Trouble.TimeoutAfter => static operation => new FaultRule(operation, FaultKind.DelayAfter) { Ms = Late },
        Trouble.ResetBefore => static operation => new FaultRule(operation, FaultKind.DropBefore),
        Trouble.ResetAfter => static operation => new FaultRule(operation, FaultKind.DropAfter),
        Trouble.RateLimited => static operation => new FaultRule(operation, FaultKind.RateLimit),
        Trouble.ErrorBefore => static operation => new FaultRule(operation, FaultKind.ErrorBefore) { Status = 500 },
        Trouble.ErrorAfter => static operation => new FaultRule(operation, FaultKind.ErrorAfter) { Status = 500 },
        Trouble.Unavailable => static operation => new FaultRule(operation, FaultKind.ErrorBefore) { Status = 503 },
        Trouble.Malformed => static operation => new FaultRule(operation, FaultKind.Garbage),
        Trouble.AnsweredTwice => static operation => new FaultRule(operation, FaultKind.AnswerTwice),
        Trouble.WrongAmount => static operation => new FaultRule(operation, FaultKind.WrongAmount),
        Trouble.WrongCurrency => static operation => new FaultRule(operation, FaultKind.WrongCurrency),
        Trouble.ClockSkew => static operation => new FaultRule(operation, FaultKind.ClockSkew) { Ms = 90_000 },
        Trouble.AbsentFor5Seconds => static operation => new FaultRule(operation, FaultKind.NotYet) { Ms = 5_000 },
        Trouble.AbsentFor30Seconds => static operation => new FaultRule(operation, FaultKind.NotYet) { Ms = 30_000 },
        Trouble.AbsentFor120Seconds => static operation => new FaultRule(operation, FaultKind.NotYet) { Ms = 120_000 },
        Trouble.KeyForgotten => static operation => new FaultRule(operation, FaultKind.ForgetKey),
        Trouble.None => null,
    };
}
