using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>
/// The ids of signed notices that were heeded. One that comes again, from the provider or from somebody who recorded it, asks nobody
/// anything. The job forgets them after a time that is longer than any provider's retries.
/// </summary>
public sealed class SeenNotices(Database database, Clock clock) : IMunicipalityWork
{
    /// <summary>Providers try for three days at most, and their signatures are refused when they are older.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int AtOnce = 500;

    private static readonly Sql Find = new("select 1 from notice_seen where provider = @provider and key_hash = @keyHash");

    private static readonly Sql Insert = new("insert into notice_seen (provider, key_hash, seen_at) values (@provider, @keyHash, @now)");

    private static readonly Sql Old = new("""
        select provider, key_hash
        from notice_seen
        where seen_at < @before
        order by seen_at
        {{limit @most}}
        """);

    private static readonly Sql Drop = new("delete from notice_seen where provider = @provider and key_hash = @keyHash");

    public string Name => "notice-retention";

    public Task<bool> Knows(string provider, string key) => database.Read(reader => reader.Exists(Find, new { provider, keyHash = Hash(key) }));

    /// <summary>Of two nodes that heard the same at one moment both have asked, which is harmless.</summary>
    public Task Remember(string provider, string key) =>
        database.Write(unit => unit.Execute(Insert, new { provider, keyHash = Hash(key), now = clock.Now() }), ReadBack.ByRow(Find, new { provider, keyHash = Hash(key) }));

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var (before, deleted) = (clock.Now().Plus(-Kept), 0);
        while (deleted < limit && await database.All<Row>(Old, new { before, most = (long)Math.Min(AtOnce, limit - deleted) }, cancellation) is { Count: > 0 } page)
        {
            await database.WriteSurely(async unit =>
            {
                foreach (var row in page) await unit.Execute(Drop, new { provider = row.Provider, keyHash = row.KeyHash });
                return page.Count;
            }, ReadBack.SafeToRepeat, cancellation);
            deleted += page.Count;
        }

        return deleted;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private sealed class Row
    {
        public string Provider { get; init; } = "";
        public byte[] KeyHash { get; init; } = [];
    }
}
