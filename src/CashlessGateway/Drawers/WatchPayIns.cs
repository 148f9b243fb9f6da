using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>Opens an exception for each 払込書 that the bank should have and that nobody said it has. Its record ends it.</summary>
public sealed class WatchPayIns(Database database, Clock clock, Ids ids) : IMunicipalityWork
{
    public string Name => "pay-ins";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var (today, opened) = (clock.Today(), 0);
        foreach (var slip in await database.Read(reader => PayIns.Overdue(reader, municipality, today, limit), cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await Open(municipality, slip, cancellation)) opened++;
        }

        return opened;
    }

    private async Task<bool> Open(string municipality, PayInView slip, CancellationToken cancellation)
    {
        var (id, happened, now) = (ids.Next(), ids.Next(), clock.Now());
        var about = PublicId.Strip(PublicId.PayIn, slip.Id)!;
        var written = await database.Write(async unit =>
        {
            if (await PayIns.Find(unit, municipality, about) is not { PaidOn: null }) return false;
            var place = await PlaceStore.Find(unit, municipality, slip.Place);
            return await Differences.Open(unit, new Difference
            {
                Municipality = municipality,
                Id = id,
                Kind = Difference.CashNotDeposited,
                Object = about,
                Amount = slip.Amount,
                Place = slip.Place,
                Owner = place?.Section,
                Detail = $"払込書 {slip.NumberYear}-{slip.Number}（会計 {slip.Kaikei}、{slip.FirstDate}〜{slip.LastDate} の現金）が {slip.DueOn} までに払い込まれていません。",
                OpenedAt = now,
            }, happened, new Cause(Name, Sources.Job));
        }, ReadBack.SafeToRepeat, cancellation);
        // Another node was quicker: its exception is as good.
        return written is Written<bool>.Done { Value: true };
    }
}
