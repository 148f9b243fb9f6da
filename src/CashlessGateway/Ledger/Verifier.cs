using System.Collections.Frozen;
using System.Globalization;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>
/// Recomputes the journal's chain from its first block and says what is not as it was written. Reads only, in bounded memory,
/// while payments and sealing go on.
/// </summary>
public sealed class Verifier(Database database, Anchors anchors)
{
    /// <summary>Blocks read at once. A quiet city has blocks of one entry; a page of them is still one question.</summary>
    private const int BlocksPerPage = 200;

    /// <summary>Entries held at once, so that a busy city's pages stay small too.</summary>
    private const int EntriesPerPage = 2_000;

    public async Task<Verification> Verify(string municipality, CancellationToken cancellation = default)
    {
        var walk = new Walk(database, municipality, cancellation);
        var marks = await Marks(walk, municipality, cancellation);
        await WalkBlocks(walk, marks);
        await CheckUnsealed(walk);
        await CheckOutsideChain(walk);
        await CheckCoupling(walk);
        return new Verification(walk.Findings.None, walk.Blocks, walk.Entries, walk.Unsealed, walk.Redacted, walk.HeadHash, walk.Findings.Kept);
    }

    /// <summary>What day sheets and the anchor file say the hash of a block was.</summary>
    private async Task<ILookup<long, Mark>> Marks(Walk walk, string municipality, CancellationToken cancellation)
    {
        var marks = new HashSet<Mark>();
        foreach (var day in await database.All<DayMark>(VerifierSql.DaySheets, new { municipality }, cancellation))
            marks.Add(new Mark(day.SealedBlock, day.SealedHash, "a day sheet"));
        foreach (var (number, anchor) in anchors.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (anchor is null) walk.Findings.Add(FindingCode.AnchorUnreadable, string.Create(CultureInfo.InvariantCulture, $"Line {number} of {Path.GetFileName(anchors.File)} cannot be read."));
            else if (anchor.Municipality == municipality) marks.Add(new Mark(anchor.Block, anchor.Hash, Path.GetFileName(anchors.File)));
        }

        return marks.ToLookup(static mark => mark.Block);
    }

    private static async Task WalkBlocks(Walk walk, ILookup<long, Mark> marks)
    {
        // Only as far as the head is now: blocks that are sealed meanwhile belong to the next run.
        var last = (await walk.One<BlockRow>(Sealer.LastBlock, new { municipality = walk.Municipality, chain = Journal.Chain }))?.Block ?? 0;
        var (expected, previous) = (1L, SealHash.Genesis(walk.Municipality, Journal.Chain));
        while (await NextPage(walk, expected, last) is { Count: > 0 } page)
        {
            var members = (await walk.All<MemberRow>(VerifierSql.Members, new { municipality = walk.Municipality, first = page[0].Block, last = page[^1].Block })).ToLookup(static member => member.Block);
            var entries = await walk.Load(page.SelectMany(block => members[block.Block]).Select(static member => member.Item).ToList());
            foreach (var block in page)
            {
                if (block.Block != expected) walk.Findings.Add(FindingCode.BlockMissing, string.Create(CultureInfo.InvariantCulture, $"Blocks {expected} to {block.Block - 1} are missing."), block: expected);
                else if (!previous.AsSpan().SequenceEqual(block.PreviousHash)) walk.Findings.Add(FindingCode.BlockUnlinked, "Its previous hash is not the hash of the block before it.", block: block.Block);
                CheckBlock(walk, block, [.. members[block.Block]], entries);
                CheckMarks(walk, block, marks[block.Block]);
                (expected, previous) = (block.Block + 1, block.Hash);
            }
        }

        walk.HeadHash = expected > 1 ? Convert.ToHexStringLower(previous) : null;
        foreach (var mark in marks.Where(group => group.Key > last || group.Key < 1).SelectMany(static group => group).OrderBy(static mark => mark.Block))
            walk.Findings.Add(FindingCode.AnchorDiffers, $"It is in {mark.Source} and not in the database.", block: mark.Block);
    }

    private static async Task<List<BlockRow>> NextPage(Walk walk, long from, long last)
    {
        var rows = await walk.All<BlockRow>(VerifierSql.Blocks, new { municipality = walk.Municipality, from, last, most = (long)BlocksPerPage });
        var items = 0L;
        return [.. rows.TakeWhile((row, index) => (items += Math.Clamp(row.Items, 0, EntriesPerPage)) <= EntriesPerPage || index == 0)];
    }

    private static void CheckBlock(Walk walk, BlockRow block, List<MemberRow> members, FrozenDictionary<string, StoredEntry> entries)
    {
        walk.Blocks++;
        foreach (var member in members)
        {
            walk.Entries++;
            if (!entries.TryGetValue(member.Item, out var entry))
            {
                walk.Findings.Add(FindingCode.EntryMissing, "It is sealed, and its row is gone.", member.Item, block.Block);
                continue;
            }

            if (!SealHash.OfItem(CanonicalEntry.Bytes(entry)).AsSpan().SequenceEqual(member.ItemHash))
                walk.Findings.Add(FindingCode.EntryTouched, "It is not what was sealed.", member.Item, block.Block);
            walk.CheckEntry(entry, block.Block);
        }

        var hash = SealHash.OfBlock(block.PreviousHash, block.Block, block.SealedAt, [.. members.Select(static member => (member.Item, member.ItemHash))]);
        if (block.Items != members.Count || !hash.AsSpan().SequenceEqual(block.Hash))
            walk.Findings.Add(FindingCode.BlockBroken, string.Create(CultureInfo.InvariantCulture, $"Its hash does not follow from its {members.Count} members ({block.Items} were sealed)."), members.FirstOrDefault()?.Item, block.Block);
    }

    private static void CheckMarks(Walk walk, BlockRow block, IEnumerable<Mark> marks)
    {
        var hex = Convert.ToHexStringLower(block.Hash);
        foreach (var mark in marks.Where(mark => mark.Hash != hex))
            walk.Findings.Add(FindingCode.AnchorDiffers, $"In {mark.Source} its hash is {mark.Hash}, in the database {hex}.", block: block.Block);
    }

    private static async Task CheckUnsealed(Walk walk)
    {
        var after = "";
        while (await walk.All<string>(VerifierSql.Unsealed, new { municipality = walk.Municipality, after, most = (long)IdList.Most }) is { Count: > 0 } page)
        {
            var entries = await walk.Load(page);
            foreach (var item in page)
            {
                walk.Unsealed++;
                if (entries.TryGetValue(item, out var entry)) walk.CheckEntry(entry, null);
                else walk.Findings.Add(FindingCode.UnsealedWithoutEntry, "It waits to be sealed, and its row is gone.", item);
            }

            after = page[^1];
        }
    }

    private static async Task CheckOutsideChain(Walk walk)
    {
        foreach (var entry in await walk.Confirmed(VerifierSql.OutsideChain))
            walk.Findings.Add(FindingCode.EntryOutsideChain, "It is neither sealed nor waiting: it did not come in through the gateway.", entry);
        foreach (var entry in await walk.Confirmed(VerifierSql.SealedTwice))
            walk.Findings.Add(FindingCode.EntrySealedTwice, "It is a member of two blocks.", entry);
        foreach (var entry in await walk.Confirmed(VerifierSql.WithoutBlock))
            walk.Findings.Add(FindingCode.BlockUnknown, "It is a member of a block that does not exist.", entry);
    }

    /// <summary>Money rule 3: a captured payment has exactly one capture entry, a succeeded refund exactly one refund entry.</summary>
    private static async Task CheckCoupling(Walk walk)
    {
        foreach (var payment in await walk.Confirmed(VerifierSql.UncoupledPayments))
            walk.Findings.Add(FindingCode.CaptureEntryMissing, $"Payment {payment} is captured and does not have exactly one capture entry.");
        foreach (var refund in await walk.Confirmed(VerifierSql.UncoupledRefunds))
            walk.Findings.Add(FindingCode.RefundEntryMissing, $"Refund {refund} has succeeded and does not have exactly one refund entry.");
        foreach (var entry in await walk.Confirmed(VerifierSql.CapturesOfNothing))
            walk.Findings.Add(FindingCode.CaptureWithoutPayment, "It books a payment that does not exist.", entry);
    }

    private sealed record Mark(long Block, string Hash, string Source);

    /// <summary>One run: where it reads, and what it has counted and found so far.</summary>
    private sealed class Walk(Database database, string municipality, CancellationToken cancellation)
    {
        public string Municipality { get; } = municipality;
        public Findings Findings { get; } = new();
        public long Blocks { get; set; }
        public long Entries { get; set; }
        public long Unsealed { get; set; }
        public long Redacted { get; private set; }
        public string? HeadHash { get; set; }

        private FrozenDictionary<string, NoteRow> _notes = FrozenDictionary<string, NoteRow>.Empty;

        public Task<T?> One<T>(Sql sql, object values) => database.One<T>(sql, values, cancellation);

        public Task<List<T>> All<T>(Sql sql, object values) => database.All<T>(sql, values, cancellation);

        /// <summary>The entries and their notes, a few questions per 500.</summary>
        public Task<FrozenDictionary<string, StoredEntry>> Load(List<string> ids) => database.Read(async reader =>
        {
            var (entries, notes) = (new List<StoredEntry>(ids.Count), new List<NoteRow>());
            foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(IdList.Most))
            {
                var found = await StoredEntries.ByIds(reader, Municipality, some);
                entries.AddRange(found);
                notes.AddRange(await Notes.ByIds(reader, Municipality, [.. found.Select(static entry => entry.Head.Note).OfType<string>().Distinct(StringComparer.Ordinal)]));
            }

            _notes = notes.DistinctBy(static note => note.Id).ToFrozenDictionary(static note => note.Id, StringComparer.Ordinal);
            return entries.ToFrozenDictionary(static entry => entry.Head.Id, StringComparer.Ordinal);
        }, cancellation);

        public void CheckEntry(StoredEntry entry, long? block)
        {
            if (!entry.Balances || entry.Postings.Count == 0) Findings.Add(FindingCode.EntryUnbalanced, "Its debits are not its credits.", entry.Head.Id, block);
            if (entry.Head.Note is not { } id) return;
            switch (_notes.GetValueOrDefault(id))
            {
                case { Body: null, RedactedAt: not null }:
                    Redacted++;
                    break;
                case { Body: { } body } note when entry.Head.NoteHash is { } hash && Notes.Hash(note.Salt, body).AsSpan().SequenceEqual(hash):
                    break;
                case null:
                    Findings.Add(FindingCode.NoteTouched, $"Its note {id} is gone and was not redacted.", entry.Head.Id, block);
                    break;
                default:
                    Findings.Add(FindingCode.NoteTouched, $"Its note {id} is not what was written.", entry.Head.Id, block);
                    break;
            }
        }

        /// <summary>
        /// Asked twice: SQL Server at read committed may see an entry between two places while the sealer moves it. What is
        /// really wrong is there both times.
        /// </summary>
        public async Task<IReadOnlyList<string>> Confirmed(Sql sql)
        {
            var first = await All<string>(sql, new { municipality = Municipality });
            if (first.Count == 0) return first;
            var second = await All<string>(sql, new { municipality = Municipality });
            return [.. first.Where(second.Contains)];
        }
    }
}

internal sealed record MemberRow
{
    public long Block { get; init; }
    public required string Item { get; init; }
    public byte[] ItemHash { get; init; } = [];
}

internal sealed record DayMark
{
    public long SealedBlock { get; init; }
    public string SealedHash { get; init; } = "";
}
