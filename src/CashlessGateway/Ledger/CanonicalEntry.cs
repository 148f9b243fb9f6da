namespace CashlessGateway.Ledger;

/// <summary>
/// The one spelling of an entry that is hashed (<see cref="CanonicalForm"/>).
/// Order: the text "entry/1"; municipality, id, kind, receivable, payment, refund, reverses, receipt_date, business_date,
/// recorded_at, note, note_hash; the number of postings; then per posting in line order: line, account, kaikei, place,
/// section, fiscal_year, carried_over (0 or 1), debit, credit, receivable_line, receipt_date, business_date, recorded_at.
/// A posting's municipality and entry are its entry's. Another order or field is another version ("entry/2"), never a change of this one.
/// </summary>
public static class CanonicalEntry
{
    private const string Version = "entry/1";

    public static byte[] Bytes(StoredEntry entry)
    {
        var form = new CanonicalForm();
        form.Text(Version);
        Write(form, entry.Head);
        form.Number(entry.Postings.Count);
        foreach (var posting in entry.Postings.OrderBy(static posting => posting.Line)) Write(form, posting);
        return form.ToBytes();
    }

    private static void Write(CanonicalForm form, EntryRow head)
    {
        form.Text(head.Municipality);
        form.Text(head.Id);
        form.Text(head.Kind);
        form.Text(head.Receivable);
        form.Text(head.Payment);
        form.Text(head.Refund);
        form.Text(head.Reverses);
        form.Text(head.ReceiptDate);
        form.Text(head.BusinessDate);
        form.Number(head.RecordedAt.Milliseconds);
        form.Text(head.Note);
        form.Hex(head.NoteHash);
    }

    private static void Write(CanonicalForm form, PostingRow posting)
    {
        form.Number(posting.Line);
        form.Text(posting.Account);
        form.Text(posting.Kaikei);
        form.Text(posting.Place);
        form.Text(posting.Section);
        form.Number(posting.FiscalYear);
        form.Number(posting.CarriedOver);
        form.Number(posting.Debit);
        form.Number(posting.Credit);
        form.Number(posting.ReceivableLine);
        form.Text(posting.ReceiptDate);
        form.Text(posting.BusinessDate);
        form.Number(posting.RecordedAt.Milliseconds);
    }
}
