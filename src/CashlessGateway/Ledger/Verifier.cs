using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>Recomputes the journal's chain and holds it against day sheets, anchors, and the payments and refunds that it books.</summary>
public sealed class Verifier(Database database, Anchors anchors)
{
    private static readonly ChainCheck Check = new(SealedChain.OfJournal, Load, VerifierSql.OutsideChain);

    public async Task<Verification> Verify(string municipality, CancellationToken cancellation = default)
    {
        var walk = new ChainWalk(database, Check, municipality, cancellation);
        foreach (var day in await database.All<DayMark>(VerifierSql.DaySheets, new { municipality }, cancellation)) walk.Compare(new ChainMark(day.SealedBlock, day.SealedHash, "a day sheet"));
        walk.Compare(anchors);
        await walk.Go();
        await CheckCoupling(walk);
        return walk.Verdict;
    }

    /// <summary>Money rule 3: a captured payment has exactly one capture entry, a succeeded refund exactly one refund entry.</summary>
    private static async Task CheckCoupling(ChainWalk walk)
    {
        foreach (var payment in await walk.Confirmed(VerifierSql.UncoupledPayments))
            walk.Add(FindingCode.CaptureEntryMissing, $"Payment {payment} is captured and does not have exactly one capture entry.");
        foreach (var refund in await walk.Confirmed(VerifierSql.UncoupledRefunds))
            walk.Add(FindingCode.RefundEntryMissing, $"Refund {refund} has succeeded and does not have exactly one refund entry.");
        foreach (var entry in await walk.Confirmed(VerifierSql.CapturesOfNothing))
            walk.Add(FindingCode.CaptureWithoutPayment, "It books a payment that does not exist.", entry);
    }

    /// <summary>The entries and their notes, a few questions per 500.</summary>
    private static async Task<IReadOnlyList<CheckedItem>> Load(Reader reader, string municipality, IReadOnlyList<string> ids)
    {
        var entries = await StoredEntries.ByIds(reader, municipality, ids);
        var notes = (await Notes.ByIds(reader, municipality, [.. entries.Select(static entry => entry.Head.Note).OfType<string>().Distinct(StringComparer.Ordinal)]))
            .ToDictionary(static note => note.Id, StringComparer.Ordinal);
        return [.. entries.Select(entry => Checked(entry, entry.Head.Note is { } id ? notes.GetValueOrDefault(id) : null))];
    }

    private static CheckedItem Checked(StoredEntry entry, NoteRow? note)
    {
        var faults = new List<ItemFault>();
        if (!entry.Balances || entry.Postings.Count == 0) faults.Add(new ItemFault(FindingCode.EntryUnbalanced, "Its debits are not its credits."));
        var redacted = note is { Body: null, RedactedAt: not null };
        if (entry.Head.Note is { } id && !redacted && Touched(entry, note) is { } how) faults.Add(new ItemFault(FindingCode.NoteTouched, $"Its note {id} {how}."));
        return new CheckedItem(SealedChain.Item(entry), redacted, faults);
    }

    private static string? Touched(StoredEntry entry, NoteRow? note) => note switch
    {
        null => "is gone and was not redacted",
        { Body: { } body } when entry.Head.NoteHash is { } hash && Notes.Hash(note.Salt, body).AsSpan().SequenceEqual(hash) => null,
        _ => "is not what was written",
    };
}

internal sealed record DayMark
{
    public long SealedBlock { get; init; }
    public string SealedHash { get; init; } = "";
}
