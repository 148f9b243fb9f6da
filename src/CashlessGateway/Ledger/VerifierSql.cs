using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>What verify asks. It may read every table, and writes none.</summary>
internal static class VerifierSql
{
    public static readonly Sql Blocks = new("""
        select block, items, previous_hash, hash, sealed_at
        from seal_block
        where municipality = @municipality
            and chain = 'journal'
            and block >= @from
            and block <= @last
        order by block
        {{limit @most}}
        """);

    public static readonly Sql Members = new("""
        select block, item, item_hash
        from sealed
        where municipality = @municipality
            and chain = 'journal'
            and block >= @first
            and block <= @last
        order by block, position
        """);

    public static readonly Sql Unsealed = new("""
        select item
        from unsealed
        where municipality = @municipality
            and chain = 'journal'
            and item > @after
        order by item
        {{limit @most}}
        """);

    public static readonly Sql OutsideChain = new("""
        select e.id
        from journal_entry e
        where e.municipality = @municipality
            and not exists (
                select 1
                from sealed s
                where s.municipality = e.municipality
                    and s.chain = 'journal'
                    and s.item = e.id)
            and not exists (
                select 1
                from unsealed u
                where u.municipality = e.municipality
                    and u.chain = 'journal'
                    and u.item = e.id)
        order by e.recorded_at, e.id
        {{limit 100}}
        """);

    public static readonly Sql SealedTwice = new("""
        select item
        from sealed
        where municipality = @municipality
            and chain = 'journal'
        group by item
        having count(*) > 1
        order by item
        {{limit 100}}
        """);

    public static readonly Sql WithoutBlock = new("""
        select s.item
        from sealed s
        where s.municipality = @municipality
            and s.chain = 'journal'
            and not exists (
                select 1
                from seal_block b
                where b.municipality = s.municipality
                    and b.chain = s.chain
                    and b.block = s.block)
        order by s.block, s.position
        {{limit 100}}
        """);

    public static readonly Sql UncoupledPayments = new("""
        select p.id
        from payment p
        where p.municipality = @municipality
            and p.status = 'captured'
            and (select count(*)
                from journal_entry e
                where e.municipality = p.municipality
                    and e.payment = p.id
                    and e.kind = 'capture') <> 1
        order by p.created_at, p.id
        {{limit 100}}
        """);

    public static readonly Sql UncoupledRefunds = new("""
        select r.id
        from refund r
        where r.municipality = @municipality
            and r.status = 'succeeded'
            and (select count(*)
                from journal_entry e
                where e.municipality = r.municipality
                    and e.refund = r.id
                    and e.kind = 'refund') <> 1
        order by r.created_at, r.id
        {{limit 100}}
        """);

    public static readonly Sql CapturesOfNothing = new("""
        select e.id
        from journal_entry e
        where e.municipality = @municipality
            and e.kind = 'capture'
            and not exists (
                select 1
                from payment p
                where p.municipality = e.municipality
                    and p.id = e.payment)
        order by e.recorded_at, e.id
        {{limit 100}}
        """);

    public static readonly Sql DaySheets = new("""
        select distinct sealed_block, sealed_hash
        from place_day
        where municipality = @municipality
            and sealed_block is not null
            and sealed_hash is not null
        """);
}
