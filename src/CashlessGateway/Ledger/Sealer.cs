using System.Collections.Concurrent;
using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>
/// Closes what is unsealed into blocks of a hash chain, one chain per municipality, behind the payments and never in their way.
/// Any number of nodes may seal at once: the primary key of seal_block lets one win, and the unique index on the item makes
/// double sealing impossible.
/// </summary>
public sealed class Sealer(Database database, Clock clock, SealedChain chain)
{
    /// <summary>Each item is an insert and a delete, and a unit may write 2,000 rows.</summary>
    public const int MostItems = IdList.Most;

    /// <summary>A run after a long stop gives the next job its turn after this many blocks.</summary>
    private const int MostBlocks = 40;

    private static readonly Sql Waiting = new("""
        select item
        from unsealed
        where municipality = @municipality
            and chain = @chain
            and item > @after
        order by item
        {{limit @most}}
        """);

    internal static readonly Sql LastBlock = new("""
        select block, hash, sealed_at
        from seal_block
        where municipality = @municipality
            and chain = @chain
        order by block desc
        {{limit 1}}
        """);

    private static readonly Sql IsTaken = new("""
        select 1
        from seal_block
        where municipality = @municipality
            and chain = @chain
            and block = @block
        """);

    private static readonly Sql InsertBlock = new("""
        insert into seal_block (municipality, chain, block, items, previous_hash, hash, sealed_at)
        values (@municipality, @chain, @block, @items, @previousHash, @hash, @sealedAt)
        """);

    private static readonly Sql DeleteWaiting = new("""
        delete from unsealed
        where municipality = @municipality
            and chain = @chain
            and item >= @first
            and item <= @last
            and exists (
                select 1
                from sealed s
                where s.municipality = unsealed.municipality
                    and s.chain = unsealed.chain
                    and s.item = unsealed.item
                    and s.block = @block)
        """);

    private static readonly Sql IsThere = new("""
        select 1
        from seal_block
        where municipality = @municipality
            and chain = @chain
            and block = @block
            and hash = @hash
        """);

    /// <summary>How many members one insert carries: 345 members are 3 + 4 + 5 round trips and three statement texts.</summary>
    private static readonly int[] Strides = [100, 10, 1];

    private static readonly ConcurrentDictionary<int, Sql> MemberStatements = new();

    /// <returns>How many items were sealed.</returns>
    public async Task<int> Seal(string municipality, CancellationToken cancellation = default) => await Seal(municipality, MostBlocks * MostItems, cancellation);

    public async Task<int> Seal(string municipality, int limit, CancellationToken cancellation = default)
    {
        var (done, after) = (0, "");
        while (done < limit)
        {
            cancellation.ThrowIfCancellationRequested();
            var waiting = await database.All<string>(Waiting, new { municipality, chain = chain.Name, after, most = (long)MostItems }, cancellation);
            if (waiting.Count == 0) return done;
            switch (await SealBlock(municipality, waiting, cancellation))
            {
                case Sealed.Block block: done += block.Items; break;
                case Sealed.Elsewhere: return done;
            }

            // A row that points to nothing stays where it is: verify names it, and it must not hold up those behind it.
            after = waiting[^1];
        }

        return done;
    }

    public async Task<SealHead?> Head(string municipality, CancellationToken cancellation = default)
    {
        var last = await database.One<BlockRow>(LastBlock, new { municipality, chain = chain.Name }, cancellation);
        return last is null ? null : new SealHead(last.Block, last.Hash, last.SealedAt);
    }

    private async Task<Sealed> SealBlock(string municipality, List<string> waiting, CancellationToken cancellation)
    {
        var head = await Head(municipality, cancellation);
        var found = await database.Read(reader => chain.Load(reader, municipality, waiting), cancellation);
        if (found.Count == 0) return new Sealed.Block(0);

        var members = found
            .OrderBy(static item => item.RecordedAt).ThenBy(static item => item.Id, StringComparer.Ordinal)
            .Select(static item => (item.Id, Hash: SealHash.OfItem(item.Canonical))).ToList();
        var previous = head?.Hash ?? SealHash.Genesis(municipality, chain.Name);
        var block = (head?.Block ?? 0) + 1;
        var sealedAt = SealedAt(head);
        var row = new { municipality, chain = chain.Name, block, items = (long)members.Count, previousHash = previous, hash = SealHash.OfBlock(previous, block, sealedAt, members), sealedAt };
        return await database.Write(async unit =>
        {
            // SQLite's append-only guard speaks before its primary key does; there, asking first is exact, for units run one by one.
            if (await unit.Exists(IsTaken, row)) return unit.Abandon<Sealed>(new Sealed.Elsewhere());

            // Before its members, so that a node that comes second is stopped here.
            await unit.Execute(InsertBlock, row);
            foreach (var (position, count) in Cut(members.Count)) await unit.Execute(InsertMembers(count), MemberValues(municipality, block, members, position, count));
            var taken = await unit.Execute(DeleteWaiting, new { municipality, chain = chain.Name, block, first = waiting[0], last = waiting[^1] });
            return taken == members.Count ? new Sealed.Block(taken) : unit.Abandon<Sealed>(new Sealed.Elsewhere());
        }, ReadBack.ByRow(IsThere, row), cancellation) switch
        {
            Written<Sealed>.Done done => done.Value,
            Written<Sealed>.Taken => new Sealed.Elsewhere(),
            _ => throw new InvalidOperationException("Written is a closed set."),
        };
    }

    /// <summary>Later than the block before it, even when this node's clock is behind the other's: an answer 'as known at' that block must never grow.</summary>
    private Instant SealedAt(SealHead? head)
    {
        var now = clock.Now();
        return head is { } before && now <= before.SealedAt ? new Instant(before.SealedAt.Milliseconds + 1) : now;
    }

    private static IEnumerable<(int Position, int Count)> Cut(int items)
    {
        var position = 0;
        foreach (var stride in Strides)
            for (; items - position >= stride; position += stride)
                yield return (position, stride);
    }

    internal static Sql InsertMembers(int count) => MemberStatements.GetOrAdd(count, static count => new Sql($"""
        insert into sealed (municipality, chain, block, position, item, item_hash)
        values
        {string.Join(",\n", Enumerable.Range(0, count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"(@municipality, @chain, @block, @position{i}, @item{i}, @hash{i})")))}
        """));

    private NamedValues MemberValues(string municipality, long block, List<(string Id, byte[] Hash)> members, int position, int count)
    {
        var values = new NamedValues();
        values.Add("municipality", municipality);
        values.Add("chain", chain.Name);
        values.Add("block", block);
        for (var i = 0; i < count; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            values.Add("position" + number, (long)(position + i));
            values.Add("item" + number, members[position + i].Id);
            values.Add("hash" + number, members[position + i].Hash);
        }

        return values;
    }

    private abstract record Sealed
    {
        public sealed record Block(int Items) : Sealed;

        /// <summary>Another node was quicker; what is left is sealed at the next turn.</summary>
        public sealed record Elsewhere : Sealed;
    }
}

/// <summary>A row of seal_block.</summary>
internal sealed record BlockRow
{
    public long Block { get; init; }
    public long Items { get; init; }
    public byte[] PreviousHash { get; init; } = [];
    public byte[] Hash { get; init; } = [];
    public Instant SealedAt { get; init; }
}
