using System.Globalization;

namespace CashlessGateway.Codes;

/// <summary>What a row of the table looks at.</summary>
public enum CustomerCodeKind
{
    /// <summary>The digits of a bar code.</summary>
    Number,

    /// <summary>The name of a payment application inside a QR code.</summary>
    Application,
}

/// <summary>How the codes of one brand begin.</summary>
/// <param name="Kind">What the prefix is the beginning of.</param>
/// <param name="Prefix">The longest that fits wins.</param>
/// <param name="Shortest">The fewest characters of the whole.</param>
/// <param name="Longest">The most characters of the whole.</param>
/// <param name="Brand">The brand's code in the gateway's words.</param>
/// <param name="From">The first day on which such codes are taken; null where unknown.</param>
/// <param name="To">The last day; null while they are taken.</param>
public sealed record CustomerCodePrefix(CustomerCodeKind Kind, string Prefix, int Shortest, int Longest, string Brand, DateOnly? From, DateOnly? To)
{
    /// <summary>Whether such codes are taken on a day. Without a day only rows without an end count.</summary>
    internal bool IsOn(DateOnly? day) => day is { } on ? (From is null || From <= on) && (To is null || on <= To) : To is null;
}

/// <summary>
/// Which brand a customer's code belongs to, as data: prefixes come and go with services. It chooses among what is known and never guesses;
/// an unknown code has no brand.
/// </summary>
public sealed class CustomerCodeTable
{
    private const string Header = "kind,prefix,shortest,longest,brand,from,to";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A table is written by hand; more rows than this is another file.</summary>
    private const int MostRows = 10_000;

    private readonly CustomerCodePrefix[] _rows;

    /// <summary>Longest prefixes first, so that the first that fits is the right one.</summary>
    public CustomerCodeTable(IEnumerable<CustomerCodePrefix> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _rows = [.. rows.OrderByDescending(row => row.Prefix.Length).ThenBy(row => row.Prefix, StringComparer.Ordinal)];
    }

    /// <summary>The rows known when this library was built (customer-codes.csv).</summary>
    public static CustomerCodeTable Default { get; } = Embedded();

    /// <summary>All rows, longest prefixes first.</summary>
    public IReadOnlyList<CustomerCodePrefix> Rows => _rows;

    /// <summary>The brand of a bar code's number; null where no row fits.</summary>
    /// <param name="digits">The whole number.</param>
    /// <param name="on">The day; without one, only rows without an end count.</param>
    public string? BrandOf(ReadOnlySpan<char> digits, DateOnly? on = null) => Find(CustomerCodeKind.Number, digits, on);

    /// <summary>The brand of a payment application inside a QR code; null where no row fits.</summary>
    /// <param name="application">Tag 4F as <see cref="CustomerCode.Applications"/> has it.</param>
    /// <param name="on">The day; without one, only rows without an end count.</param>
    public string? BrandOfApplication(ReadOnlySpan<char> application, DateOnly? on = null) => Find(CustomerCodeKind.Application, application, on);

    /// <summary>Reads a table of the form of customer-codes.csv. Lines that begin with # are remarks.</summary>
    /// <exception cref="FormatException">A line is not a row; the message names the line and what is wrong.</exception>
    public static CustomerCodeTable Parse(TextReader csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var rows = new List<CustomerCodePrefix>();
        var seen = new HashSet<CustomerCodePrefix>();
        var number = 0;
        var headed = false;
        while (csv.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (!headed)
            {
                headed = string.Equals(line.Trim(), Header, StringComparison.Ordinal) ? true : throw Wrong(number, $"the header must be '{Header}'.");
                continue;
            }

            if (rows.Count == MostRows) throw Wrong(number, $"more than {MostRows} rows.");
            var row = Row(number, line.Split(','));
            if (!seen.Add(row with { Brand = "" })) throw Wrong(number, $"'{row.Prefix}' with these lengths and days is there twice.");
            rows.Add(row);
        }

        return headed ? new CustomerCodeTable(rows) : throw Wrong(number + 1, $"the header '{Header}' is missing.");
    }

    private static CustomerCodePrefix Row(int number, string[] cells)
    {
        if (cells.Length != 7) throw Wrong(number, $"it has {cells.Length} cells, not 7.");
        var kind = cells[0] switch { "number" => CustomerCodeKind.Number, "application" => CustomerCodeKind.Application, var other => throw Wrong(number, $"kind must be number or application, not '{other}'.") };
        var prefix = cells[1];
        if (prefix.Length == 0 || kind == CustomerCodeKind.Number && !Digit.All(prefix)) throw Wrong(number, $"prefix must be digits (for an application: any text), not '{prefix}'.");
        if (!int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out var shortest) || shortest < prefix.Length) throw Wrong(number, $"shortest must be a number not below the prefix's length, not '{cells[2]}'.");
        if (!int.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out var longest) || longest < shortest) throw Wrong(number, $"longest must be a number not below shortest, not '{cells[3]}'.");
        if (cells[4].Length == 0) throw Wrong(number, "brand is missing.");
        var (from, to) = (Day(number, "from", cells[5]), Day(number, "to", cells[6]));
        return to < from ? throw Wrong(number, "to lies before from.") : new CustomerCodePrefix(kind, prefix, shortest, longest, cells[4], from, to);
    }

    private static DateOnly? Day(int number, string name, string cell)
    {
        if (cell.Length == 0) return null;
        return DateOnly.TryParseExact(cell, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Wrong(number, $"{name} must be a day as 2026-04-01, not '{cell}'.");
    }

    private string? Find(CustomerCodeKind kind, ReadOnlySpan<char> text, DateOnly? on)
    {
        foreach (var row in _rows)
            if (row.Kind == kind && text.Length >= row.Shortest && text.Length <= row.Longest && row.IsOn(on) && text.StartsWith(row.Prefix, StringComparison.Ordinal))
                return row.Brand;
        return null;
    }

    private static CustomerCodeTable Embedded()
    {
        using var stream = typeof(CustomerCodeTable).Assembly.GetManifestResourceStream("customer-codes.csv") ?? throw new InvalidOperationException("customer-codes.csv is not in the assembly.");
        using var reader = new StreamReader(stream);
        return Parse(reader);
    }

    private static FormatException Wrong(int line, string what) => new($"Customer codes, line {line}: {what}");
}
