using System.Globalization;
using System.Text;

namespace CashlessGateway.Providers.PayPay;

/// <summary>One record of a CSV file, and the line of the file on which it begins.</summary>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Fields);

/// <summary>CSV by RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. A quote anywhere else is an error, not a character.</summary>
internal sealed class CsvRows(TextReader text)
{
    /// <summary>PayPay's longest field is the JSON of the means of payment, a few hundred characters.</summary>
    private const int LongestField = 10_000;

    /// <summary>PayPay's file has fourteen; the rest is room for new ones.</summary>
    private const int MostFields = 100;

    private readonly StringBuilder _field = new();
    private int _line = 1;

    public IEnumerable<CsvRow> Read()
    {
        while (text.Peek() >= 0)
        {
            var first = _line;
            var fields = Record();
            if (fields is not [""])   // an empty line, as at the end of files
                yield return new CsvRow(first, fields);
        }
    }

    public static InvalidDataException Unreadable(int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {what}"));

    private List<string> Record()
    {
        var fields = new List<string>();
        while (true)
        {
            if (fields.Count == MostFields)
                throw Unreadable(_line, "has too many columns.");

            fields.Add(text.Peek() == '"' ? Quoted() : Plain());
            switch (text.Read())
            {
                case ',':
                    continue;
                case '\r':
                    if (text.Peek() == '\n')
                        _ = text.Read();
                    _line++;
                    return fields;
                case '\n':
                    _line++;
                    return fields;
                case < 0:
                    return fields;
                default:
                    throw Unreadable(_line, "text after the closing quote of a field.");
            }
        }
    }

    private string Plain()
    {
        _field.Clear();
        while (text.Peek() is >= 0 and not (',' or '\r' or '\n'))
        {
            var c = (char)text.Read();
            if (c == '"')
                throw Unreadable(_line, "a quote inside a field that does not begin with one.");

            Append(c);
        }

        return _field.ToString();
    }

    private string Quoted()
    {
        var first = _line;
        _field.Clear();
        _ = text.Read();
        while (true)
        {
            switch (text.Read())
            {
                case '"' when text.Peek() == '"':
                    _ = text.Read();
                    Append('"');
                    break;
                case '"':
                    return _field.ToString();
                case < 0:
                    throw Unreadable(first, "a quoted field is not closed.");
                case var c:
                    if (c == '\n')
                        _line++;
                    Append((char)c);
                    break;
            }
        }
    }

    private void Append(char c)
    {
        if (_field.Length == LongestField)
            throw Unreadable(_line, "a field is too long.");

        _field.Append(c);
    }
}
