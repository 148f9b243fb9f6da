using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>What verify asks of any chain. It writes nothing.</summary>
internal static class ChainSql
{
    public static readonly Sql Blocks = new("""
        select block, items, previous_hash, hash, sealed_at
        from seal_block
        where municipality = @municipality
            and chain = @chain
            and block >= @from
            and block <= @last
        order by block
        {{limit @most}}
        """);

    public static readonly Sql Members = new("""
        select block, item, item_hash
        from sealed
        where municipality = @municipality
            and chain = @chain
            and block >= @first
            and block <= @last
        order by block, position
        """);

    public static readonly Sql Unsealed = new("""
        select item
        from unsealed
        where municipality = @municipality
            and chain = @chain
            and item > @after
        order by item
        {{limit @most}}
        """);

    public static readonly Sql SealedTwice = new("""
        select item
        from sealed
        where municipality = @municipality
            and chain = @chain
        group by item
        having count(*) > 1
        order by item
        {{limit 100}}
        """);

    public static readonly Sql WithoutBlock = new("""
        select s.item
        from sealed s
        where s.municipality = @municipality
            and s.chain = @chain
            and not exists (
                select 1
                from seal_block b
                where b.municipality = s.municipality
                    and b.chain = s.chain
                    and b.block = s.block)
        order by s.block, s.position
        {{limit 100}}
        """);
}
