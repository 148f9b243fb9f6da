using System.Collections.Concurrent;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>
/// The job that ends every unfinished payment: it asks for those whose time has come. Each provider instance has its own round, so
/// that one which answers after ten seconds holds up only its own payments.
/// </summary>
public sealed class AskDuePayments(Database database, Clock clock, AskProvider asking, AskRefund refunds, ILogger<AskDuePayments> log) : IMunicipalityWork
{
    /// <summary>Questions to one instance at once; the instance itself keeps seats for people.</summary>
    private const int AtOnce = 24;

    /// <summary>The job's turn ends after this; a round that still waits for its provider goes on beside it.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Municipality, string Provider), Task> _rounds = new();

    public string Name => "ask-providers";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var now = clock.Now();
        var due = await database.Read(reader => PaymentStore.Due(reader, municipality, now, limit), cancellation);
        var back = await database.Read(reader => RefundStore.Due(reader, municipality, now, limit), cancellation);
        var rounds = due.Select(each => (each.Provider, Ask: (Func<Task>)(() => asking.Ask(municipality, each.Id, background: true))))
            .Concat(back.Select(each => (each.Provider, Ask: (Func<Task>)(() => refunds.Ask(municipality, each.Id, background: true)))))
            .GroupBy(static each => each.Provider, StringComparer.Ordinal)
            .Select(group => Round((municipality, group.Key), [.. group.Select(static each => each.Ask)]))
            .ToList();
        var all = Task.WhenAll(rounds);
        await Task.WhenAny(all, Task.Delay(Turn, cancellation));
        return due.Count + back.Count;
    }

    private Task Round((string Municipality, string Provider) of, IReadOnlyList<Func<Task>> questions)
    {
        if (_rounds.TryGetValue(of, out var running) && !running.IsCompleted) return Task.CompletedTask;
        var round = Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (question, _) =>
        {
            try
            {
                await question();
            }
            catch (Exception error)
            {
                // One payment that cannot be written down must not keep the others from being asked for; it is due again.
                log.LogError(error, "Asking {Instance} failed", of.Provider);
            }
        });
        _rounds[of] = round;
        return round;
    }
}

/// <summary>A payment or refund whose time to be asked for has come.</summary>
public sealed record DueRow
{
    public string Id { get; init; } = "";
    public string Provider { get; init; } = "";
}
