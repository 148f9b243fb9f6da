using System.Collections.Frozen;
using System.Globalization;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>An item as verify sees it: its bytes, whether the words beside it were redacted, and what is wrong with it or them.</summary>
public sealed record CheckedItem(ChainItem Item, bool Redacted, IReadOnlyList<ItemFault> Faults);

public sealed record ItemFault(string Code, string Detail);

/// <summary>
/// What verify needs to know of one chain: how its items are read together with what lies beside them, and which rows of its table
/// are neither sealed nor waiting.
/// </summary>
public sealed record ChainCheck(SealedChain Chain, Func<Reader, string, IReadOnlyList<string>, Task<IReadOnlyList<CheckedItem>>> Load, Sql OutsideChain);

/// <summary>What stands elsewhere about the hash of a block.</summary>
public sealed record ChainMark(long Block, string Hash, string Source);

/// <summary>
/// One recomputation of a chain from its first block. Reads only, in bounded memory, while writing and sealing go on; collects what
/// is not as it was written.
/// </summary>
public sealed class ChainWalk(Database database, ChainCheck check, string municipality, CancellationToken cancellation)
{
    /// <summary>Blocks read at once. A quiet city has blocks of one entry; a page of them is still one question.</summary>
    private const int BlocksPerPage = 200;

    /// <summary>Entries held at once, so that a busy city's pages stay small too.</summary>
    private const int EntriesPerPage = 2_000;

    private readonly Findings _findings = new();
    private readonly HashSet<ChainMark> _marks = [];
    private long _blocks, _entries, _unsealed, _redacted;
    private string? _headHash;

    private string Chain => check.Chain.Name;

    public Verification Verdict => new(_findings.None, _blocks, _entries, _unsealed, _redacted, _headHash, _findings.Kept);

    public void Add(string code, string detail, string? entry = null, long? block = null) => _findings.Add(code, detail, entry, block);

    /// <summary>Before <see cref="Go"/>: what the chain has to agree with.</summary>
    public void Compare(ChainMark mark) => _marks.Add(mark);

    public void Compare(Anchors anchors)
    {
        var name = Path.GetFileName(anchors.File);
        foreach (var (number, anchor) in anchors.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (anchor is null) Add(FindingCode.AnchorUnreadable, string.Create(CultureInfo.InvariantCulture, $"Line {number} of {name} cannot be read."));
            else if (anchor.Municipality == municipality) Compare(new ChainMark(anchor.Block, anchor.Hash, name));
        }
    }

    public async Task Go()
    {
        await WalkBlocks(_marks.ToLookup(static mark => mark.Block));
        await CheckUnsealed();
        await CheckOutsideChain();
    }

    private async Task WalkBlocks(ILookup<long, ChainMark> marks)
    {
        // Only as far as the head is now: blocks that are sealed meanwhile belong to the next run.
        var last = (await database.One<BlockRow>(Sealer.LastBlock, new { municipality, chain = Chain }, cancellation))?.Block ?? 0;
        var (expected, previous) = (1L, SealHash.Genesis(municipality, Chain));
        while (await NextPage(expected, last) is { Count: > 0 } page)
        {
            var members = (await database.All<MemberRow>(ChainSql.Members, new { municipality, chain = Chain, first = page[0].Block, last = page[^1].Block }, cancellation)).ToLookup(static member => member.Block);
            var items = await Load(page.SelectMany(block => members[block.Block]).Select(static member => member.Item));
            foreach (var block in page)
            {
                if (block.Block != expected) Add(FindingCode.BlockMissing, string.Create(CultureInfo.InvariantCulture, $"Blocks {expected} to {block.Block - 1} are missing."), block: expected);
                else if (!previous.AsSpan().SequenceEqual(block.PreviousHash)) Add(FindingCode.BlockUnlinked, "Its previous hash is not the hash of the block before it.", block: block.Block);
                CheckBlock(block, [.. members[block.Block]], items);
                CheckMarks(block, marks[block.Block]);
                (expected, previous) = (block.Block + 1, block.Hash);
            }
        }

        _headHash = expected > 1 ? Convert.ToHexStringLower(previous) : null;
        foreach (var mark in marks.Where(group => group.Key > last || group.Key < 1).SelectMany(static group => group).OrderBy(static mark => mark.Block))
            Add(FindingCode.AnchorDiffers, $"It is in {mark.Source} and not in the database.", block: mark.Block);
    }

    private async Task<List<BlockRow>> NextPage(long from, long last)
    {
        var rows = await database.All<BlockRow>(ChainSql.Blocks, new { municipality, chain = Chain, from, last, most = (long)BlocksPerPage }, cancellation);
        var items = 0L;
        return [.. rows.TakeWhile((row, index) => (items += Math.Clamp(row.Items, 0, EntriesPerPage)) <= EntriesPerPage || index == 0)];
    }

    private Task<FrozenDictionary<string, CheckedItem>> Load(IEnumerable<string> ids) => database.Read(async reader =>
    {
        var items = new List<CheckedItem>();
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(IdList.Most)) items.AddRange(await check.Load(reader, municipality, some));
        return items.ToFrozenDictionary(static found => found.Item.Id, StringComparer.Ordinal);
    }, cancellation);

    private void CheckBlock(BlockRow block, List<MemberRow> members, FrozenDictionary<string, CheckedItem> items)
    {
        _blocks++;
        foreach (var member in members)
        {
            _entries++;
            if (!items.TryGetValue(member.Item, out var found))
            {
                Add(FindingCode.EntryMissing, "It is sealed, and its row is gone.", member.Item, block.Block);
                continue;
            }

            if (!SealHash.OfItem(found.Item.Canonical).AsSpan().SequenceEqual(member.ItemHash))
                Add(FindingCode.EntryTouched, "It is not what was sealed.", member.Item, block.Block);
            CheckItem(found, block.Block);
        }

        var hash = SealHash.OfBlock(block.PreviousHash, block.Block, block.SealedAt, [.. members.Select(static member => (member.Item, member.ItemHash))]);
        if (block.Items != members.Count || !hash.AsSpan().SequenceEqual(block.Hash))
            Add(FindingCode.BlockBroken, string.Create(CultureInfo.InvariantCulture, $"Its hash does not follow from its {members.Count} members ({block.Items} were sealed)."), members.FirstOrDefault()?.Item, block.Block);
    }

    private void CheckItem(CheckedItem found, long? block)
    {
        if (found.Redacted) _redacted++;
        foreach (var fault in found.Faults) Add(fault.Code, fault.Detail, found.Item.Id, block);
    }

    private void CheckMarks(BlockRow block, IEnumerable<ChainMark> marks)
    {
        var hex = Convert.ToHexStringLower(block.Hash);
        foreach (var mark in marks.Where(mark => mark.Hash != hex))
            Add(FindingCode.AnchorDiffers, $"In {mark.Source} its hash is {mark.Hash}, in the database {hex}.", block: block.Block);
    }

    private async Task CheckUnsealed()
    {
        var after = "";
        while (await database.All<string>(ChainSql.Unsealed, new { municipality, chain = Chain, after, most = (long)IdList.Most }, cancellation) is { Count: > 0 } page)
        {
            var items = await Load(page);
            foreach (var item in page)
            {
                _unsealed++;
                if (items.TryGetValue(item, out var found)) CheckItem(found, null);
                else Add(FindingCode.UnsealedWithoutEntry, "It waits to be sealed, and its row is gone.", item);
            }

            after = page[^1];
        }
    }

    private async Task CheckOutsideChain()
    {
        foreach (var item in await Confirmed(check.OutsideChain)) Add(FindingCode.EntryOutsideChain, "It is neither sealed nor waiting: it did not come in through the gateway.", item);
        foreach (var item in await Confirmed(ChainSql.SealedTwice)) Add(FindingCode.EntrySealedTwice, "It is a member of two blocks.", item);
        foreach (var item in await Confirmed(ChainSql.WithoutBlock)) Add(FindingCode.BlockUnknown, "It is a member of a block that does not exist.", item);
    }

    /// <summary>
    /// Asked twice: SQL Server at read committed may see an entry between two places while the sealer moves it. What is
    /// really wrong is there both times.
    /// </summary>
    public async Task<IReadOnlyList<string>> Confirmed(Sql sql)
    {
        var values = new { municipality, chain = Chain };
        var first = await database.All<string>(sql, values, cancellation);
        if (first.Count == 0) return first;
        var second = await database.All<string>(sql, values, cancellation);
        return [.. first.Where(second.Contains)];
    }
}

internal sealed record MemberRow
{
    public long Block { get; init; }
    public required string Item { get; init; }
    public byte[] ItemHash { get; init; } = [];
}
