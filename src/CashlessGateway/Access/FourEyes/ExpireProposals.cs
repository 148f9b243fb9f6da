using CashlessGateway.Jobs;

namespace CashlessGateway.Access.FourEyes;

/// <summary>Ends what nobody decided in time: after a month the one who asked may be elsewhere, and what it rested on may have changed.</summary>
public sealed class ExpireProposals(Proposals proposals) : IMunicipalityWork
{
    internal const string JobName = "proposals";

    public string Name => JobName;

    public Task<int> Run(string municipality, int limit, CancellationToken cancellation) => proposals.Expire(municipality, limit, cancellation);
}
