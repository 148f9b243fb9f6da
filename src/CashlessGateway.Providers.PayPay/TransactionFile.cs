using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CashlessGateway.Providers.PayPay;

/// <summary>
/// The 取引履歴 CSV of PayPay for Business. Its columns are published, its encoding and quoting are not: both usual encodings are read, and
/// columns are found by their names, so that a new one does no harm.
/// </summary>
internal static class TransactionFile
{
    /// <summary>A year (the most that one download holds) of half a million payments is about this long.</summary>
    private const int LargestFile = 128 * 1024 * 1024;

    /// <summary>Japanese Windows' Shift_JIS, with 髙 and ①.</summary>
    private const int ShiftJis = 932;

    /// <summary>So are 取引失敗 and, for refunds, 返金失敗 called: no money moved. Anything else is listed, since a payment too many is looked up and dropped, and one that is missing stays lost.</summary>
    private const string Failed = "失敗";

    private static readonly string[] Times = ["yyyy/M/d H:mm:ss", "yyyy/M/d H:mm"];

    public static IReadOnlyList<ListedPayment> Read(Stream file)
    {
        var bytes = ReadAll(file);
        try
        {
            using var text = new StreamReader(bytes, EncodingOf(bytes), detectEncodingFromByteOrderMarks: false);
            using var rows = new CsvRows(text).Read().GetEnumerator();
            if (!rows.MoveNext())
                throw CsvRows.Unreadable(1, "the file is empty.");

            var columns = Columns.Of(rows.Current);
            var payments = new List<ListedPayment>();
            while (rows.MoveNext())
            {
                if (Payment(rows.Current, columns) is { } payment)
                    payments.Add(payment);
            }

            return payments;
        }
        catch (DecoderFallbackException unreadable)
        {
            throw new InvalidDataException("The file is neither UTF-8 nor Shift_JIS.", unreadable);
        }
    }

    private static MemoryStream ReadAll(Stream file)
    {
        var all = new MemoryStream();
        var part = new byte[64 * 1024];
        int read;
        while ((read = file.Read(part)) > 0)
        {
            if (all.Length + read > LargestFile)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The file is larger than {LargestFile / 1024 / 1024} MB."));

            all.Write(part, 0, read);
        }

        all.Position = 0;
        return all;
    }

    /// <summary>Japanese text in Shift_JIS is never valid UTF-8, so the bytes tell. Both decoders refuse what they cannot read.</summary>
    private static Encoding EncodingOf(MemoryStream file)
    {
        ReadOnlySpan<byte> bytes = file.GetBuffer().AsSpan(0, (int)file.Length);
        if (!Utf8.IsValid(bytes))
            return CodePagesEncodingProvider.Instance.GetEncoding(ShiftJis, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            file.Position = Encoding.UTF8.Preamble.Length;

        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    }

    private static ListedPayment? Payment(CsvRow row, Columns columns)
    {
        if (row.Fields.Count != columns.Count)
        {
            throw CsvRows.Unreadable(row.Line, string.Create(
                CultureInfo.InvariantCulture, $"{row.Fields.Count} columns, but the first line has {columns.Count}."));
        }

        if (row.Fields[columns.Status].EndsWith(Failed, StringComparison.Ordinal))
            return null;

        var reference = row.Fields[columns.Reference];
        return new ListedPayment(reference.Length > 0 ? reference : null, Number(row, columns), Amount(row, columns), "JPY", Moment(row, columns));
    }

    /// <summary>A spreadsheet program turns twenty digits into 4.56789E+18 and saves that: such a number finds nothing.</summary>
    private static string Number(CsvRow row, Columns columns)
    {
        var number = row.Fields[columns.Number];
        return number.Length > 0 && number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? number
            : throw CsvRows.Unreadable(row.Line, $"{Columns.NumberName} \"{Short(number)}\" is no number of PayPay; take the file as it was downloaded, not saved again by a spreadsheet program.");
    }

    private static long Amount(CsvRow row, Columns columns)
    {
        var text = row.Fields[columns.Amount];
        return long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var yen)
            && (text == yen.ToString(CultureInfo.InvariantCulture) || text == yen.ToString("N0", CultureInfo.InvariantCulture))   // not 1,00 and not 007
                ? yen
                : throw CsvRows.Unreadable(row.Line, $"{Columns.AmountName} \"{Short(text)}\" is not an amount in whole yen.");
    }

    private static DateTimeOffset Moment(CsvRow row, Columns columns)
    {
        var text = row.Fields[columns.Time];
        return DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, Tokyo.Offset).ToUniversalTime()
            : throw CsvRows.Unreadable(row.Line, $"{Columns.TimeName} \"{Short(text)}\" is not a time like 2023/10/01 19:00:00.");
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    /// <summary>Where the five columns that count are, by the names in the first line.</summary>
    private sealed record Columns(int Count, int Number, int Status, int Time, int Amount, int Reference)
    {
        public const string NumberName = "取引番号";
        public const string TimeName = "取引日時";
        public const string AmountName = "取引金額";

        public static Columns Of(CsvRow first)
        {
            var names = first.Fields.Select(name => name.Trim().Replace('（', '(').Replace('）', ')')).ToArray();
            return new Columns(
                names.Length,
                // PayPay's own pages use all three.
                Find(NumberName, "取引番号(決済番号)", "決済番号"),
                Find("取引ステータス"),
                Find(TimeName),
                Find(AmountName),
                Find("加盟店決済ID"));

            int Find(params string[] spellings)
            {
                var at = Array.FindIndex(names, name => spellings.Contains(name));
                return at >= 0 ? at : throw CsvRows.Unreadable(first.Line, $"there is no column {spellings[0]}; it must be the 取引履歴 file with its line of column names.");
            }
        }
    }
}
