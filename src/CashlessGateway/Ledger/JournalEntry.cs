using CashlessGateway.Money;

namespace CashlessGateway.Ledger;

/// <summary>Why an entry was made. Stored by name; the names are part of the sealed form and never change.</summary>
public enum EntryKind
{
    /// <summary>A captured payment: exactly one per payment.</summary>
    Capture,

    /// <summary>A surplus that took the slot of a holder which ended without money.</summary>
    SurplusAccepted,

    /// <summary>A succeeded refund: exactly one per refund.</summary>
    Refund,

    /// <summary>A refund that was paid out on the other side of 出納閉鎖 than it was ordered for: the first entry reversed, this one in its place.</summary>
    RefundRebooked,

    /// <summary>A bank-transfer refund that left the account.</summary>
    RefundPaidOut,

    /// <summary>The opposite of an earlier entry, line by line.</summary>
    Reversal,

    /// <summary>Money that a provider took in another sum than ours, or that was found after a restore.</summary>
    Arrival,

    /// <summary>A counted drawer that does not hold what it should.</summary>
    CashDifference,

    /// <summary>払込書: cash of a closed day is on its way to the bank.</summary>
    CashPaidIn,

    /// <summary>The bank has it (領収日), or the manager whose money it is.</summary>
    CashDeposited,
}

/// <summary>One side of an entry, with everything a statement may be cut by.</summary>
public sealed record Posting(
    Account Account, string Kaikei, string Place, string Section, FiscalYear Year, bool CarriedOver,
    Yen Debit, Yen Credit, int? ReceivableLine = null)
{
    public static Posting Dr(Account account, Yen amount, Dimensions dimensions, int? line = null) =>
        new(account, dimensions.Kaikei, dimensions.Place, dimensions.Section, dimensions.Year, dimensions.CarriedOver, amount, Yen.Zero, line);

    public static Posting Cr(Account account, Yen amount, Dimensions dimensions, int? line = null) =>
        new(account, dimensions.Kaikei, dimensions.Place, dimensions.Section, dimensions.Year, dimensions.CarriedOver, Yen.Zero, amount, line);

    public Posting Opposite() => this with { Debit = Credit, Credit = Debit };
}

/// <summary>会計, place, section and year of a posting.</summary>
public sealed record Dimensions(string Kaikei, string Place, string Section, FiscalYear Year, bool CarriedOver);

/// <summary>A person's words behind an entry: the row that holds them, and their salted hash, which alone is chained.</summary>
public sealed record NoteReference(string Id, byte[] Hash);

/// <summary>An immutable, balanced entry.</summary>
public sealed record JournalEntry
{
    public JournalEntry(string id, string municipality, EntryKind kind, BusinessDate receiptDate, BusinessDate businessDate, Instant recordedAt, IReadOnlyList<Posting> postings)
    {
        if (postings.Count < 2) throw new InvalidOperationException($"An entry has at least two postings, this {kind} has {postings.Count}.");
        var debit = Yen.Sum(postings.Select(posting => posting.Debit));
        var credit = Yen.Sum(postings.Select(posting => posting.Credit));
        if (debit != credit) throw new InvalidOperationException($"Debits must equal credits: {kind} has {debit} and {credit}.");
        if (postings.Any(posting => posting.Debit < Yen.Zero || posting.Credit < Yen.Zero || posting.Debit == posting.Credit || (posting.Debit != Yen.Zero && posting.Credit != Yen.Zero)))
            throw new InvalidOperationException($"Each posting has one positive side: {kind}.");
        (Id, Municipality, Kind, ReceiptDate, BusinessDate, RecordedAt, Postings) = (id, municipality, kind, receiptDate, businessDate, recordedAt, postings);
    }

    public string Id { get; }
    public string Municipality { get; }
    public EntryKind Kind { get; }
    public BusinessDate ReceiptDate { get; }
    public BusinessDate BusinessDate { get; }
    public Instant RecordedAt { get; }
    public IReadOnlyList<Posting> Postings { get; }
    public string? Receivable { get; init; }
    public string? Payment { get; init; }
    public string? Refund { get; init; }
    public string? Reverses { get; init; }
    public NoteReference? Note { get; init; }
}
