using CashlessGateway.Ledger;
using CashlessGateway.Storage;

namespace CashlessGateway.Audit;

/// <summary>The anchors of the trail's own chain: a file of its own, since a line does not say which chain it speaks of.</summary>
public sealed record AuditAnchors(Anchors Anchors)
{
    public static AuditAnchors At(Settings settings) => new(new Anchors(Path.Combine(settings.Directory, settings.AuditAnchorFile)));
}

/// <summary>Recomputes the trail's chain and holds it against its anchors.</summary>
public sealed class AuditVerifier(Database database, AuditAnchors anchors)
{
    public async Task<Verification> Verify(string municipality, CancellationToken cancellation = default)
    {
        var walk = new ChainWalk(database, AuditChain.Check, municipality, cancellation);
        walk.Compare(anchors.Anchors);
        await walk.Go();
        return walk.Verdict;
    }
}
