using CashlessGateway.Jobs;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Audit;

/// <summary>The daily job that writes the head of the trail's chain into a file outside the database: whoever rewrites the chain must rewrite that file and its copies.</summary>
public sealed class AnchorAudit(Database database, Clock clock, AuditAnchors anchors) : IMunicipalityWork
{
    /// <summary>The trail belongs to no place.</summary>
    private const string NoPlace = "-";

    private readonly Sealer _sealer = new(database, clock, AuditChain.Chain);

    public string Name => "audit-anchor";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        await _sealer.Seal(municipality, cancellation);
        if (await _sealer.Head(municipality, cancellation) is not { } head) return 0;
        anchors.Anchors.Append(new Anchor(clock.Now(), municipality, clock.Today(), NoPlace, head.Block, head.Hex));
        return 1;
    }
}
