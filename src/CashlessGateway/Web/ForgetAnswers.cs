using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Web;

/// <summary>
/// The job that deletes idempotency keys, and the answers kept under them, after their time. It walks along the primary key: an index by
/// time would cost every payment something, and a night has room for a walk.
/// </summary>
public sealed class ForgetAnswers(Database database, Clock clock, Settings settings) : IMunicipalityWork
{
    private const int MostRead = 1_000;

    private static readonly Sql Clients = new("select id from api_client where municipality = @municipality order by id");

    private static readonly Sql Next = new("""
        select key_hash, created_at
        from idempotency
        where municipality = @municipality and client = @client and key_hash > @after
        order by key_hash
        {{limit @most}}
        """);

    private static readonly Sql Delete = new("""
        delete from idempotency
        where municipality = @municipality and client = @client and key_hash = @keyHash and created_at < @before
        """);

    public string Name => "answer-retention";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var before = clock.Now().Plus(-settings.KeepAnswers);
        var deleted = 0;
        foreach (var client in await database.All<string>(Clients, new { municipality }, cancellation))
            deleted += await Forget(municipality, client, before, limit - deleted, cancellation);
        return deleted;
    }

    private async Task<int> Forget(string municipality, string client, Instant before, int limit, CancellationToken cancellation)
    {
        var (deleted, after) = (0, Array.Empty<byte>());
        while (deleted < limit && await database.All<KeptKey>(Next, new { municipality, client, after, most = (long)MostRead }, cancellation) is { Count: > 0 } page)
        {
            var old = page.Where(key => key.CreatedAt < before).Take(limit - deleted).ToList();
            if (old.Count > 0)
                deleted += await database.WriteSurely(async unit =>
                {
                    foreach (var key in old) await unit.Execute(Delete, new { municipality, client, keyHash = key.KeyHash, before });
                    return old.Count;
                }, ReadBack.SafeToRepeat, cancellation);
            after = page[^1].KeyHash;
        }

        return deleted;
    }

    private sealed class KeptKey
    {
        public byte[] KeyHash { get; init; } = [];
        public Instant CreatedAt { get; init; }
    }
}
