using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Jobs;

/// <summary>Closes blocks of every chain there is: the journal's, the audit trail's.</summary>
public sealed class SealingWork(Database database, Clock clock, IEnumerable<SealedChain> chains) : IMunicipalityWork
{
    private readonly List<Sealer> _sealers = [.. chains.Select(chain => new Sealer(database, clock, chain))];

    public string Name => "sealing";

    /// <summary>Each chain has the limit to itself: many entries of one must not leave the other behind.</summary>
    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var done = 0;
        foreach (var sealer in _sealers) done += await sealer.Seal(municipality, limit, cancellation);
        return done;
    }
}
