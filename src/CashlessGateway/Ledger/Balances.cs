using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>One account's sums. <see cref="Balance"/> is positive on the debit side.</summary>
public sealed record AccountBalance(string Account, Yen Debit, Yen Credit)
{
    public Yen Balance => Debit - Credit;
}

/// <summary>
/// All accounts on a day, as they were known at a moment. <paramref name="Provisional"/>: entries that count here are not yet
/// sealed, so that the same question may have another answer later; once false, it stays the same for ever.
/// </summary>
public sealed record TrialBalance(BusinessDate AsOf, Instant KnownAt, bool Provisional, IReadOnlyList<AccountBalance> Accounts, Yen Debit, Yen Credit)
{
    /// <summary>Over all accounts debits are credits; a part of them (an account prefix) need not balance.</summary>
    public bool Agrees => Debit == Credit;
}

/// <summary>Reads balances out of the journal.</summary>
public sealed class Balances(Database database, Clock clock)
{
    private static readonly Sql OfAll = new($"""
        select p.account, cast(sum(p.debit) as bigint) as debit, cast(sum(p.credit) as bigint) as credit
        from posting p
        where {OfAccounts}
        group by p.account
        order by p.account
        """);

    private static readonly Sql OfSealed = new($"""
        select p.account, cast(sum(p.debit) as bigint) as debit, cast(sum(p.credit) as bigint) as credit
        from posting p
        where {OfAccounts}
            and {SealedByThen}
        group by p.account
        order by p.account
        """);

    private static readonly Sql OfSealedAndWaiting = new($"""
        select p.account, cast(sum(p.debit) as bigint) as debit, cast(sum(p.credit) as bigint) as credit
        from posting p
        where {OfAccounts}
            and ({SealedByThen}
                or (p.recorded_at <= @knownAt
                    and exists (
                        select 1
                        from unsealed u
                        where u.municipality = p.municipality
                            and u.chain = 'journal'
                            and u.item = p.entry)))
        group by p.account
        order by p.account
        """);

    private const string OfAccounts = """
        p.municipality = @municipality
            and p.account >= @from
            and p.account < @to
            and p.business_date <= @asOf
        """;

    /// <summary>'+ 0' keeps the block out of the index: a planner without statistics (a new database) would otherwise join everything with everything.</summary>
    private const string SealedByThen = """
        exists (
                select 1
                from sealed s
                where s.municipality = p.municipality
                    and s.chain = 'journal'
                    and s.item = p.entry
                    and s.block + 0 <= @block)
        """;

    private static readonly Sql LastBlockBy = new("""
        select block, hash, sealed_at
        from seal_block
        where municipality = @municipality
            and chain = 'journal'
            and sealed_at <= @knownAt
        order by block desc
        {{limit 1}}
        """);

    private static readonly Sql AnyWaiting = new("""
        select 1
        from unsealed
        where municipality = @municipality
            and chain = 'journal'
        order by item
        {{limit 1}}
        """);

    private static readonly Sql WaitingSince = new("""
        select 1
        from unsealed u
        inner join journal_entry e on e.municipality = u.municipality and e.id = u.item
        where u.municipality = @municipality
            and u.chain = 'journal'
            and e.recorded_at <= @knownAt
        order by u.item
        {{limit 1}}
        """);

    /// <param name="knownAt">Only what was sealed by then counts; null for all that is in the journal now.</param>
    /// <param name="accounts">A prefix of account names ("clearing/", "revenue/01"), or all.</param>
    public Task<TrialBalance> At(string municipality, BusinessDate asOf, Instant? knownAt, string accounts = "", CancellationToken cancellation = default)
    {
        var known = knownAt ?? clock.Now();
        return database.Read(async reader =>
        {
            // What is provisional is settled first: an entry that is sealed between the two questions then only makes the answer cautious.
            var (provisional, block) = knownAt is null
                ? (await reader.Exists(AnyWaiting, new { municipality }), 0)
                : await KnownBy(reader, municipality, known);
            var statement = knownAt is null ? OfAll : provisional ? OfSealedAndWaiting : OfSealed;
            var (from, to) = Range(accounts);
            var rows = await reader.All<Sums>(statement, new { municipality, asOf, knownAt = known, block, from, to });
            var balances = rows.ConvertAll(static row => new AccountBalance(row.Account, new Yen(row.Debit), new Yen(row.Credit)));
            return new TrialBalance(asOf, known, provisional, balances, Yen.Sum(balances.Select(static row => row.Debit)), Yen.Sum(balances.Select(static row => row.Credit)));
        }, cancellation);
    }

    private static async Task<(bool Provisional, long Block)> KnownBy(Reader reader, string municipality, Instant knownAt)
    {
        var last = await reader.One<BlockRow>(Sealer.LastBlock, new { municipality, chain = Journal.Chain });
        var by = await reader.One<BlockRow>(LastBlockBy, new { municipality, knownAt });
        var provisional = last is null || knownAt > last.SealedAt || await reader.Exists(WaitingSince, new { municipality, knownAt });
        return (provisional, by?.Block ?? 0);
    }

    /// <summary>Account names begin with one of our own words (Account.cs) and are compared by their bytes, so '~' is behind all of them.</summary>
    internal static (string From, string To) Range(string prefix) =>
        prefix.Length == 0 ? ("", "~") : (prefix, prefix[..^1] + (char)Math.Min(prefix[^1] + 1, char.MaxValue));

    private sealed record Sums
    {
        public required string Account { get; init; }
        public long Debit { get; init; }
        public long Credit { get; init; }
    }
}
