using CashlessGateway.Providers;
using CashlessGateway.Routing;

namespace CashlessGateway.Instances;

/// <summary>
/// One contract with one provider, as it runs here. A slow one keeps its own callers waiting and nobody else: each instance has
/// its own seats and its own circuit.
/// </summary>
public sealed class ProviderInstance(string name, string type, IProvider provider, ContractTerms terms, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Calls under way at once. At 200 ms a call that is 320 calls a second, more than a city's busiest hour; beyond it a provider
    /// that hangs would fill the machine with waiting calls.
    /// </summary>
    private const int Seats = 64;

    /// <summary>Background questions leave these seats to people who wait at a counter.</summary>
    private const int SeatsForPeople = 16;

    private readonly SemaphoreSlim _seats = new(Seats);
    private readonly SemaphoreSlim _backgroundSeats = new(Seats - SeatsForPeople);

    public string Name { get; } = name;
    public string Type { get; } = type;
    public IProvider Provider { get; } = provider;
    public ContractTerms Terms { get; } = terms;
    public ProviderAbilities Abilities { get; } = provider.Abilities;
    public Circuit Circuit { get; } = new(time);

    /// <summary>Notices for payments that nobody knows: counted, nothing more (mechanics 22).</summary>
    public long UnknownNotices => Interlocked.Read(ref _unknownNotices);

    private long _unknownNotices;

    public void CountUnknownNotice() => Interlocked.Increment(ref _unknownNotices);

    public MethodAbility? Ability(string method, string presentation) =>
        Abilities.Methods.FirstOrDefault(ability => ability.Method == method && ability.Presentation == presentation);

    /// <summary>
    /// A call within its time. Whatever goes wrong in an adapter is "unknown": a bug there must not turn money in flight into a refusal.
    /// </summary>
    public Task<ProviderAnswer> Ask(TimeSpan limit, Func<CancellationToken, Task<ProviderAnswer>> call, bool background = false) =>
        Call(limit, call, static why => new ProviderAnswer.Unknown(why), static answer => answer is ProviderAnswer.Unknown, background);

    public Task<RefundAnswer> AskRefund(TimeSpan limit, Func<CancellationToken, Task<RefundAnswer>> call, bool background = false) =>
        Call(limit, call, static why => new RefundAnswer.Unknown(why), static answer => answer is RefundAnswer.Unknown, background);

    public void Dispose()
    {
        _seats.Dispose();
        _backgroundSeats.Dispose();
    }

    private async Task<T> Call<T>(TimeSpan limit, Func<CancellationToken, Task<T>> call, Func<string, T> unknown, Func<T, bool> isUnknown, bool background)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        var queues = background ? new[] { _backgroundSeats, _seats } : [_seats];
        var taken = 0;
        try
        {
            for (; taken < queues.Length; taken++) await queues[taken].WaitAsync(timeout.Token);
            var answer = await call(timeout.Token).WaitAsync(timeout.Token);
            Circuit.Note(!isUnknown(answer));
            return answer;
        }
        catch (OperationCanceledException)
        {
            Circuit.Note(well: false);
            return unknown($"no answer within {limit.TotalSeconds:F0} s");
        }
        catch (Exception error)
        {
            Circuit.Note(well: false);
            return unknown($"the adapter failed: {error.GetType().Name}");
        }
        finally
        {
            while (taken > 0) queues[--taken].Release();
        }
    }
}
