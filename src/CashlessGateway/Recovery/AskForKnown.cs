using System.Collections.Concurrent;
using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Providers;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>Asks for every payment that the restored database knows as unfinished. Any answer will do; silence will not.</summary>
public sealed class AskForKnown(Database database, ProviderInstances instances, ApplyOutcome outcomes)
{
    /// <summary>More than this nobody leaves unfinished at once; what is beyond has its turn in the next round.</summary>
    private const int MostPerRound = 10_000;

    private static readonly Sql Unfinished = new("""
        select municipality, id
        from payment
        where created_at <= @restoredAt and status in ('created', 'pending', 'inDoubt', 'cancelling')
        order by created_at, id
        {{limit @most}}
        """);

    private readonly ConcurrentDictionary<(string Municipality, string Id), bool> _answered = new();

    private sealed record Row
    {
        public string Municipality { get; init; } = "";
        public string Id { get; init; } = "";
    }

    /// <returns>How many have no answer yet, by instance.</returns>
    public async Task<IReadOnlyDictionary<string, int>> Ask(Instant restoredAt, CancellationToken cancellation)
    {
        var rows = await database.All<Row>(Unfinished, new { restoredAt, most = (long)MostPerRound }, cancellation);
        var silent = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(rows.Where(row => !_answered.ContainsKey((row.Municipality, row.Id))), RecoveryPace.Options(cancellation), async (row, token) =>
        {
            if (await database.Read(reader => PaymentStore.Find(reader, row.Municipality, row.Id), token) is not { Provider: { } provider } payment) return;
            // A few that were not answered stand for the rest: a provider that is away must not be waited for payment by payment.
            var answer = silent.GetValueOrDefault(provider) >= RecoveryPace.MostSilent ? new ProviderAnswer.Unknown("not asked") : await LookUp(payment);
            if (answer is ProviderAnswer.Unknown)
            {
                silent.AddOrUpdate(provider, 1, static (_, count) => count + 1);
                return;
            }

            await outcomes.Apply(payment.Municipality, payment.Id, Question.LookUp, answer, instances.Find(provider)!.Abilities, new Cause($"provider:{provider}", Sources.Job));
            _answered[(row.Municipality, row.Id)] = true;
        });
        return silent;
    }

    private async Task<ProviderAnswer> LookUp(Payment payment) => instances.Find(payment.Provider) is { } instance
        ? await instance.Ask(instance.Abilities.CallLimit, token => instance.Provider.LookUp(AskProvider.Case(payment), token), background: true)
        : new ProviderAnswer.Unknown("the contract is not configured");
}
