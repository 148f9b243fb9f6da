using System.Text;

namespace CashlessGateway.Web;

/// <summary>One record, with the line it begins at.</summary>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);

/// <summary>The text is no CSV from this line on.</summary>
public sealed class CsvFaultException(int line, Words words) : FormatException($"line {line}: {words.En}")
{
    public int Line => line;

    public Words Words => words;
}

/// <summary>RFC 4180, strict: a file that is read with a guess is a city with a wrong price.</summary>
public static class CsvReader
{
    private const char ByteOrderMark = '\uFEFF';

    /// <exception cref="CsvFaultException">It is no CSV.</exception>
    public static List<CsvRecord> Read(string text)
    {
        var scanner = new Scanner(text.TrimStart(ByteOrderMark));
        var records = new List<CsvRecord>();
        while (!scanner.IsAtEnd) records.Add(scanner.Record());
        return records;
    }

    private sealed class Scanner(string text)
    {
        private int _at;
        private int _line = 1;

        public bool IsAtEnd => _at >= text.Length;

        public CsvRecord Record()
        {
            var begin = _line;
            var fields = new List<string>();
            do fields.Add(Took('"') ? Quoted() : Plain());
            while (Took(','));
            EndLine();
            return new CsvRecord(begin, fields);
        }

        private bool Took(char letter)
        {
            if (IsAtEnd || text[_at] != letter) return false;
            _at++;
            return true;
        }

        private string Plain()
        {
            var start = _at;
            while (!IsAtEnd && text[_at] is not (',' or '\r' or '\n' or '"')) _at++;
            return text[start.._at];
        }

        private string Quoted()
        {
            var (begin, field) = (_line, new StringBuilder());
            while (!IsAtEnd)
            {
                var letter = text[_at++];
                if (letter == '"' && !Took('"')) return field.ToString();
                if (letter == '\n') _line++;
                field.Append(letter);
            }

            throw new CsvFaultException(begin, new("引用符で始まる項目が終わっていません。", "a quoted field does not end."));
        }

        /// <summary>Spreadsheets and checkouts on Windows write CRLF.</summary>
        private void EndLine()
        {
            if (IsAtEnd) return;
            Took('\r');
            if (!Took('\n')) throw new CsvFaultException(_line, new("コンマか行の終わりがあるはずです。引用符・コンマ・改行を含む項目は引用符で囲みます。", "a comma or the end of the line was expected; a field that holds a quote, a comma or a line end stands in quotes."));
            _line++;
        }
    }
}
