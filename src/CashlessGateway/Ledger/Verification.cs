namespace CashlessGateway.Ledger;

/// <summary>What verify found. <see cref="Findings"/> holds the first ones in the order of the chain; <see cref="Whole"/> speaks of all.</summary>
public sealed record Verification(bool Whole, long Blocks, long Entries, long Unsealed, long Redacted, string? HeadHash, IReadOnlyList<Finding> Findings);

/// <summary>One thing that is not as it was written. <paramref name="Entry"/> and <paramref name="Block"/> name it where they can.</summary>
public sealed record Finding(string Code, string? Entry, long? Block, string Detail);

/// <summary>The names under which findings are answered. They stand in docs and never change.</summary>
public static class FindingCode
{
    public const string BlockMissing = "block-missing";
    public const string BlockBroken = "block-broken";
    public const string BlockUnlinked = "block-unlinked";
    public const string BlockUnknown = "block-unknown";
    public const string EntryTouched = "entry-touched";
    public const string EntryMissing = "entry-missing";
    public const string EntryUnbalanced = "entry-unbalanced";
    public const string EntryOutsideChain = "entry-outside-chain";
    public const string EntrySealedTwice = "entry-sealed-twice";
    public const string UnsealedWithoutEntry = "unsealed-without-entry";
    public const string NoteTouched = "note-touched";
    public const string DetailTouched = "detail-touched";
    public const string CaptureEntryMissing = "capture-entry-missing";
    public const string CaptureWithoutPayment = "capture-without-payment";
    public const string RefundEntryMissing = "refund-entry-missing";
    public const string AnchorDiffers = "anchor-differs";
    public const string AnchorUnreadable = "anchor-unreadable";
}

/// <summary>Keeps the first hundred and counts all.</summary>
internal sealed class Findings
{
    private const int Most = 100;

    private readonly List<Finding> _kept = [];

    public bool None => _kept.Count == 0;

    public IReadOnlyList<Finding> Kept => _kept;

    public void Add(string code, string detail, string? entry = null, long? block = null)
    {
        if (_kept.Count < Most) _kept.Add(new Finding(code, entry, block, detail));
    }
}
