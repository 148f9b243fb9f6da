using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>One row of an append-only table as the chain sees it: its id, its place in time, its canonical bytes.</summary>
public sealed record ChainItem(string Id, Instant RecordedAt, byte[] Canonical);

/// <summary>
/// An append-only table that is sealed under a chain name of its own. <paramref name="Load"/> gives the canonical form of the
/// items it finds; an id without a row is left out, and the sealer then leaves it unsealed for verify to name.
/// </summary>
public sealed record SealedChain(string Name, Func<Reader, string, IReadOnlyList<string>, Task<IReadOnlyList<ChainItem>>> Load)
{
    private static readonly Sql InsertWaiting = new("""
        insert into unsealed (municipality, chain, item)
        values (@municipality, @chain, @item)
        """);

    public static readonly SealedChain OfJournal = new(Journal.Chain, static async (reader, municipality, ids) => [.. (await StoredEntries.ByIds(reader, municipality, ids)).Select(Item)]);

    internal static ChainItem Item(StoredEntry entry) => new(entry.Head.Id, entry.Head.RecordedAt, CanonicalEntry.Bytes(entry));

    /// <summary>In the unit that writes the row itself: from then on it waits to be sealed.</summary>
    public Task Enlist(Unit unit, string municipality, string item) => unit.Later(InsertWaiting, new { municipality, chain = Name, item });
}

/// <summary>The last block of a chain.</summary>
public sealed record SealHead(long Block, byte[] Hash, Instant SealedAt)
{
    /// <summary>As it stands on a day sheet, in the anchor file and in answers.</summary>
    public string Hex => Convert.ToHexStringLower(Hash);
}
