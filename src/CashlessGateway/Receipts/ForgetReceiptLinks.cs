using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Receipts;

/// <summary>Links to receipts that open no more are deleted; the receipts stay.</summary>
public sealed class ForgetReceiptLinks(Database database, Clock clock) : IMunicipalityWork
{
    private const int AtOnce = 500;

    private static readonly Sql Old = new("""
        select token_hash
        from receipt_link
        where municipality = @municipality and expires_at <= @now
        order by expires_at
        {{limit @most}}
        """);

    private static readonly Sql Drop = new("delete from receipt_link where municipality = @municipality and token_hash = @hash");

    public string Name => "receipt-links";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var (now, deleted) = (clock.Now(), 0);
        while (deleted < limit && await database.All<byte[]>(Old, new { municipality, now, most = (long)Math.Min(AtOnce, limit - deleted) }, cancellation) is { Count: > 0 } page)
        {
            await database.WriteSurely(async unit =>
            {
                foreach (var hash in page) await unit.Execute(Drop, new { municipality, hash });
                return page.Count;
            }, ReadBack.SafeToRepeat, cancellation);
            deleted += page.Count;
        }

        return deleted;
    }
}
