using System.Collections.Concurrent;
using System.Globalization;
using CashlessGateway.Storage;

namespace CashlessGateway.Ledger;

/// <summary>The journal's door for writers. Entries go in inside the unit of the change that they book.</summary>
public static class Journal
{
    public const string Chain = "journal";

    /// <summary>A receivable has at most 50 lines; capture adds one debit per 会計 and year.</summary>
    private const int MostPostings = 120;

    private const string Columns = "municipality, entry, line, account, kaikei, place, section, fiscal_year, carried_over, debit, credit, receivable_line, receipt_date, business_date, recorded_at";

    private static readonly ConcurrentDictionary<int, Sql> ByPostings = new();

    public static async Task Post(Unit unit, JournalEntry entry)
    {
        if (entry.Postings.Count > MostPostings) throw new InvalidOperationException($"An entry may have {MostPostings} postings, this one has {entry.Postings.Count}.");
        await unit.Later(InsertEntry(entry.Postings.Count), Values(entry));
    }

    /// <summary>One statement text per number of postings, so that an entry is one round trip.</summary>
    internal static Sql InsertEntry(int postings) => ByPostings.GetOrAdd(postings, static count => new Sql($"""
        insert into journal_entry (municipality, id, kind, receivable, payment, refund, reverses, receipt_date, business_date, recorded_at, note, note_hash)
        values (@municipality, @id, @kind, @receivable, @payment, @refund, @reverses, @receiptDate, @businessDate, @recordedAt, @note, @noteHash);
        insert into posting ({Columns})
        values
        {string.Join(",\n", Enumerable.Range(0, count).Select(Row))};
        insert into unsealed (municipality, chain, item) values (@municipality, 'journal', @id)
        """));

    private static string Row(int line) => string.Create(CultureInfo.InvariantCulture,
        $"(@municipality, @id, {line}, @account{line}, @kaikei{line}, @place{line}, @section{line}, @year{line}, @carried{line}, @debit{line}, @credit{line}, @from{line}, @receiptDate, @businessDate, @recordedAt)");

    private static NamedValues Values(JournalEntry entry)
    {
        var values = new NamedValues();
        values.Add("municipality", entry.Municipality);
        values.Add("id", entry.Id);
        values.Add("kind", Names.Of(entry.Kind));
        values.Add("receivable", entry.Receivable);
        values.Add("payment", entry.Payment);
        values.Add("refund", entry.Refund);
        values.Add("reverses", entry.Reverses);
        values.Add("receiptDate", entry.ReceiptDate.ToString());
        values.Add("businessDate", entry.BusinessDate.ToString());
        values.Add("recordedAt", entry.RecordedAt.Milliseconds);
        values.Add("note", entry.Note?.Id);
        values.Add("noteHash", entry.Note?.Hash);
        for (var line = 0; line < entry.Postings.Count; line++) Add(values, entry.Postings[line], line.ToString(CultureInfo.InvariantCulture));
        return values;
    }

    private static void Add(NamedValues values, Posting posting, string line)
    {
        values.Add("account" + line, posting.Account.Name);
        values.Add("kaikei" + line, posting.Kaikei);
        values.Add("place" + line, posting.Place);
        values.Add("section" + line, posting.Section);
        values.Add("year" + line, (long)posting.Year.Value);
        values.Add("carried" + line, posting.CarriedOver ? 1L : 0L);
        values.Add("debit" + line, posting.Debit.Value);
        values.Add("credit" + line, posting.Credit.Value);
        values.Add("from" + line, (long?)posting.ReceivableLine);
    }
}
