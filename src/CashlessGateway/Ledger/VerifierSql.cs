using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>What verify asks of the journal beyond its chain. It may read every table, and writes none.</summary>
internal static class VerifierSql
{
    public static readonly Sql OutsideChain = new("""
        select e.id
        from journal_entry e
        where e.municipality = @municipality
            and not exists (
                select 1
                from sealed s
                where s.municipality = @municipality
                    and s.chain = @chain
                    and s.item = e.id)
            and not exists (
                select 1
                from unsealed u
                where u.municipality = @municipality
                    and u.chain = @chain
                    and u.item = e.id)
        order by e.recorded_at, e.id
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
