using System.Collections.Frozen;
using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>All brands that this gateway knows by name. The list that came with it, or the city's own (setting <c>Brands:File</c>).</summary>
public sealed class BrandCatalogue
{
    private const string Header = "code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays";
    private const string Resource = "CashlessGateway.Routing.brands.csv";

    /// <summary>There are some dozens in the world.</summary>
    private const int Most = 500;

    private readonly FrozenDictionary<(PaymentMethod, string), Brand> _brands;

    private BrandCatalogue(IReadOnlyList<Brand> brands)
    {
        All = brands;
        _brands = brands.ToFrozenDictionary(static brand => (brand.Method, brand.Code));
    }

    public static BrandCatalogue Default { get; } = OfResource();

    public IReadOnlyList<Brand> All { get; }

    /// <summary>Null for a brand that only its plug-in knows: nothing is said about it then.</summary>
    public Brand? Find(PaymentMethod method, string? code) => code is null ? null : _brands.GetValueOrDefault((method, code));

    /// <summary>A brand that nobody wrote down is offered: its provider decides.</summary>
    public bool IsOfferedOn(PaymentMethod method, string code, BusinessDate day) => Find(method, code)?.IsOfferedOn(day) != false;

    /// <exception cref="FormatException">The file cannot be read; the message names the line and what is wrong.</exception>
    public static BrandCatalogue Parse(TextReader file)
    {
        var brands = new List<Brand>();
        var (number, headed) = (0, false);
        while (file.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (!headed)
            {
                headed = line.Trim() == Header ? true : throw new FormatException($"line {number} must be '{Header}'");
                continue;
            }

            if (brands.Count == Most) throw new FormatException($"more than {Most} brands");
            var brand = Read(line.Split(','), number);
            if (brands.Any(other => other.Method == brand.Method && other.Code == brand.Code)) throw new FormatException($"line {number}: {brand.Code} stands there twice");
            brands.Add(brand);
        }

        return brands.Count > 0 ? new BrandCatalogue(brands) : throw new FormatException("there are no brands in it");
    }

    private static Brand Read(string[] cells, int line)
    {
        if (cells.Length != 10) throw new FormatException($"line {line} has {cells.Length} columns, not 10");
        var (code, from, to) = (cells[0].Trim(), Date(cells[4], line), Date(cells[5], line));
        if (code.Length is 0 or > 40 || !code.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))) throw new FormatException($"line {line}: '{code}' is no code (small letters and digits)");
        if (!Names.TryParse<PaymentMethod>(cells[1].Trim(), out var method) || method is PaymentMethod.Cash or PaymentMethod.Collector) throw new FormatException($"line {line}: method '{cells[1]}' must be qr, emoney or card");
        if (!Names.TryParse<UndoRule>(cells[6].Trim(), out var undo)) throw new FormatException($"line {line}: undo '{cells[6]}' is none of {string.Join(", ", Enum.GetValues<UndoRule>().Select(Names.Of))}");
        if (!Names.TryParse<DoubtRule>(cells[8].Trim(), out var doubt)) throw new FormatException($"line {line}: doubt '{cells[8]}' is none of {string.Join(", ", Enum.GetValues<DoubtRule>().Select(Names.Of))}");
        if (from > to) throw new FormatException($"line {line}: {code} ends before it begins");
        var (undoDays, doubtDays) = (Days(cells[7], line), Days(cells[9], line));
        if (undo == UndoRule.SameTerminal && undoDays is null) throw new FormatException($"line {line}: sameTerminal needs undoDays");
        if (doubt == DoubtRule.MayCome && doubtDays is null) throw new FormatException($"line {line}: mayCome needs doubtDays");
        return new Brand(code, method, new Words(cells[2].Trim(), cells[3].Trim()), from, to, undo, undoDays, doubt, doubtDays);
    }

    private static BusinessDate? Date(string cell, int line) => cell.Trim() is { Length: > 0 } text
        ? BusinessDate.TryParse(text, out var date) ? date : throw new FormatException($"line {line}: '{text}' is no day (yyyy-mm-dd)")
        : null;

    private static int? Days(string cell, int line) => cell.Trim() is { Length: > 0 } text
        ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 4_000 ? days : throw new FormatException($"line {line}: '{text}' is no number of days")
        : null;

    private static BrandCatalogue OfResource()
    {
        using var stream = typeof(BrandCatalogue).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The assembly lacks {Resource}.");
        using var reader = new StreamReader(stream);
        return Parse(reader);
    }
}
