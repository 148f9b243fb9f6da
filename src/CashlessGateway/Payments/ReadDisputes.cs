using System.Globalization;
using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Instances;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Providers;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>
/// The job that reads what payers' banks dispute. A dispute never reduces revenue: it is listed for a person, with the day until which
/// the provider takes evidence; money that a lost one takes back shows in the settlement.
/// </summary>
public sealed class ReadDisputes(Database database, Clock clock, Ids ids, ProviderInstances instances, ILogger<ReadDisputes> log) : IMunicipalityWork
{
    /// <summary>Longer than the banks' own time to decide.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(150);

    public string Name => "disputes";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var written = 0;
        foreach (var instance in instances.All)
        {
            if (instance.Provider is not IListsDisputes lister) continue;
            try
            {
                await foreach (var dispute in lister.DisputesSince(clock.Now().Plus(-LooksBack).ToDateTimeOffset(), cancellation))
                    if (await Write(municipality, instance, dispute)) written++;
            }
            catch (ProviderReadException error)
            {
                // The others' are still read; this one's are read again within the hour.
                log.LogWarning("The disputes of {Instance} could not be read: {Why}", instance.Name, error.Message);
            }
        }

        return written;
    }

    public async Task RunForAll(CancellationToken cancellation)
    {
        foreach (var municipality in await database.All<string>(PlaceStore.Municipalities, new { }, cancellation)) await Run(municipality, int.MaxValue, cancellation);
    }

    /// <summary>True when there was something new about a payment of this city.</summary>
    private async Task<bool> Write(string municipality, ProviderInstance instance, Dispute dispute)
    {
        if (await Find(municipality, instance, dispute) is not { } payment) return false;
        var (id, eventId, now) = (ids.Next(), ids.Next(), clock.Now());
        return await database.WriteSurely(async unit =>
        {
            if (dispute.State is DisputeState.Won or DisputeState.Lost) await Differences.Close(unit, municipality, Difference.Disputed, dispute.Reference, now);
            if (dispute.State == DisputeState.Won) return false;
            return await Differences.Open(unit, new Difference
            {
                Municipality = municipality,
                Id = id,
                Kind = dispute.State == DisputeState.Lost ? Difference.DisputeLost : Difference.Disputed,
                Object = dispute.Reference,
                Amount = new Yen(dispute.Currency == OutcomeRules.Yen ? dispute.Amount : 0),
                Place = payment.Place,
                Provider = instance.Name,
                Receivable = payment.Receivable,
                Payment = payment.Id,
                Detail = Sentence(dispute),
                OpenedAt = now,
            }, eventId, new Cause($"provider:{instance.Name}", Sources.Provider));
        }, ReadBack.SafeToRepeat);
    }

    private async Task<Payment?> Find(string municipality, ProviderInstance instance, Dispute dispute) => await database.Read(async reader =>
        dispute.PaymentReference is { } own && PublicId.Strip(PublicId.Payment, own) is { } id && await PaymentStore.Find(reader, municipality, id) is { } named && named.Provider == instance.Name
            ? named
            : await PaymentStore.WithReference(reader, municipality, References.Hash(instance.Name, dispute.ProviderReference)));

    private static string Sentence(Dispute dispute) => dispute.State == DisputeState.Lost
        ? $"支払いへの異議（{dispute.Reason}）が認められ、お金は戻されました。納付義務は残ります。"
        : $"支払いに異議が申し立てられました（{dispute.Reason}）。{(dispute.EvidenceUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $"{until.ToOffset(TimeSpan.FromHours(9)):yyyy-MM-dd HH:mm} までに") : "")}事業者に証拠を出してください。";
}
