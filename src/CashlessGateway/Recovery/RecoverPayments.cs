using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Providers;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>
/// After a restore: asks every contract for everything since the backup, and ends the recovery when all of them have answered
/// (mechanics 27). Safe to run again at any point: money that was found is booked once.
/// </summary>
public sealed class RecoverPayments(Database database, Clock clock, Settings settings, ProviderInstances instances, RecoveryMode mode, AskForKnown known, AskForCalled called, BookListed listed, ILogger<RecoverPayments> log)
{
    private const int MostListed = 1_000_000;

    /// <returns>True when there is nothing (more) to recover.</returns>
    public async Task<bool> Round(CancellationToken cancellation)
    {
        if (await mode.ReadAgain(cancellation) is not { IsOn: true } row) return true;
        var missing = new List<string>();
        foreach (var (instance, count) in await known.Ask(row.RestoredAt, cancellation)) missing.Add($"{instance} has not answered for {count} unfinished payments.");
        var logged = CallLogFile.Read(settings.CallLog, row.Since);
        var brought = await database.Read(RecoveryStore.Answers, cancellation);
        foreach (var instance in instances.All.OrderBy(instance => instance.Name, StringComparer.Ordinal)) missing.AddRange(await Ask(instance, row, logged, brought.Contains(instance.Name), cancellation));
        missing.AddRange(Unconfigured(logged));
        mode.Lacks(missing);
        if (missing.Count > 0) return false;
        await database.WriteSurely(unit => RecoveryStore.End(unit, clock.Now(), note: null), ReadBack.SafeToRepeat, cancellation);
        await mode.ReadAgain(cancellation);
        log.LogInformation("The recovery has ended: every provider was asked for what happened since {Since}. Payments are taken again.", row.Since);
        return true;
    }

    private async Task<IEnumerable<string>> Ask(ProviderInstance instance, RecoveryRow row, CalledSince logged, bool brought, CancellationToken cancellation)
    {
        var lines = logged.Lines.Where(line => line.Instance == instance.Name).ToList();
        var missing = new List<string>();
        if (await called.Ask(instance, lines, refunds: !brought, cancellation) is > 0 and var silent) missing.Add($"{instance.Name} has not answered for {silent} orders of the call log.");
        var told = instance.Provider is IListsPayments lister && await List(instance, lister, row, lines, cancellation);
        if (!told && !brought && logged.Incomplete is { } why)
            missing.Add($"{why} What {instance.Name} took since the backup has to be brought as its own file: recover --instance {instance.Name} --file FILE.");
        return missing;
    }

    /// <summary>False when the provider could not list everything.</summary>
    private async Task<bool> List(ProviderInstance instance, IListsPayments lister, RecoveryRow row, List<CalledLine> lines, CancellationToken cancellation)
    {
        try
        {
            var all = new List<ListedPayment>();
            await foreach (var payment in lister.ListSince(row.Since.Plus(-CallLogFile.ClockDifference).ToDateTimeOffset(), cancellation))
            {
                all.Add(payment);
                if (all.Count > MostListed) throw new InvalidDataException($"more than {MostListed} payments are listed");
            }

            await listed.Book(instance.Name, all, row.Since, new ListedAt(null, null), ByPayment(lines), new Cause($"provider:{instance.Name}", Sources.Job));
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            log.LogWarning(error, "{Instance} cannot list its payments now.", instance.Name);
            return false;
        }
    }

    private IEnumerable<string> Unconfigured(CalledSince logged) => logged.Lines.Select(line => line.Instance).Distinct(StringComparer.Ordinal).Where(name => instances.Find(name) is null)
        .Select(name => $"The call log has orders through {name}, which is not configured.");

    internal static Dictionary<string, CalledLine> ByPayment(IEnumerable<CalledLine> lines) =>
        lines.Where(line => line.Refund is null).GroupBy(line => line.Payment, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
}
