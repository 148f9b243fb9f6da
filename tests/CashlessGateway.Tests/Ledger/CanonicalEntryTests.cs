using System.Text;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CashlessGateway.Tests.Ledger;

public class CanonicalEntryTests
{
    private static readonly PostingRow Line = new()
    {
        Entry = "E",
        Line = 0,
        Account = "cash/p",
        Kaikei = "01",
        Place = "p",
        Section = "市民課",
        FiscalYear = 2026,
        CarriedOver = 0,
        Debit = 900,
        Credit = 0,
        ReceivableLine = null,
        ReceiptDate = "2026-11-21",
        BusinessDate = "2026-11-21",
        RecordedAt = new Instant(1_000),
    };

    private static readonly EntryRow Head = new()
    {
        Municipality = "131016",
        Id = "E",
        Kind = "capture",
        Payment = "P",
        ReceiptDate = "2026-11-21",
        BusinessDate = "2026-11-21",
        RecordedAt = new Instant(1_000),
        NoteHash = [0xAB],
    };

    /// <summary>The published form. If this test must be changed, every chain in use would be called touched.</summary>
    [Fact]
    public void The_form_is_the_documented_one() => Assert.Equal(
        "7:entry/1,6:131016,1:E,7:capture,-,1:P,-,-,10:2026-11-21,10:2026-11-21,4:1000,-,2:ab,1:1," +
        "1:0,6:cash/p,2:01,1:p,9:市民課,4:2026,1:0,3:900,1:0,-,10:2026-11-21,10:2026-11-21,4:1000,",
        Encoding.UTF8.GetString(CanonicalEntry.Bytes(new StoredEntry(Head, [Line]))));

    [Fact]
    public void The_hash_of_a_block_is_the_documented_one() => Assert.Equal(
        "eb7580c4985575af6cd77c09ce61a322",
        Convert.ToHexStringLower(SealHash.OfBlock(SealHash.Genesis("131016", "journal"), 1, new Instant(1_000), [("E", SealHash.OfItem(Encoding.UTF8.GetBytes("x")))]))[..32]);

    [Fact]
    public void Postings_are_written_in_line_order_however_they_were_read() => Assert.Equal(
        CanonicalEntry.Bytes(new StoredEntry(Head, [Line, Line with { Line = 1 }])),
        CanonicalEntry.Bytes(new StoredEntry(Head, [Line with { Line = 1 }, Line])));

    [Fact]
    public void Text_moved_from_one_field_to_the_next_gives_other_bytes() => Prop.ForAll<NonNull<string>, NonNull<string>, NonNull<string>>((a, b, c) =>
        b.Get.Length == 0 || !Bytes(a.Get + b.Get, c.Get).SequenceEqual(Bytes(a.Get, b.Get + c.Get))).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_and_empty_text_and_a_dash_are_three_things() =>
        Assert.Equal(3, new[] { null, "", "-" }.Select(text => Convert.ToHexStringLower(CanonicalEntry.Bytes(new StoredEntry(Head with { Receivable = text }, [])))).Distinct().Count());

    private static byte[] Bytes(string receivable, string payment) =>
        CanonicalEntry.Bytes(new StoredEntry(Head with { Receivable = receivable, Payment = payment }, []));
}
