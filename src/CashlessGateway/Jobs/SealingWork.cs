using CashlessGateway.Ledger;

namespace CashlessGateway.Jobs;

/// <summary>Closes blocks of the journal's chain.</summary>
public sealed class SealingWork(Sealer sealer) : IMunicipalityWork
{
    public string Name => "sealing";

    public Task<int> Run(string municipality, int limit, CancellationToken cancellation) => sealer.Seal(municipality, limit, cancellation);
}
