using CashlessGateway.Places;

namespace CashlessGateway.Demo;

/// <summary>places.csv, terminals.csv and operators.csv.</summary>
public static class PlaceFiles
{
    public const string Name = "places.csv";

    /// <summary>A clerk who works at every place.</summary>
    private const string Everywhere = "*";

    public static List<NewPlace> Places(DemoFolder folder, string municipality)
    {
        var rows = folder.Table(Name, "code", "kind", "name", "section", "manager", "dayControl", "opensOn", "methods");
        return CsvFile.Unique(rows, row => row.Text("code")).ConvertAll(row => Place(municipality, row));
    }

    public static List<Terminal> Terminals(DemoFolder folder, IReadOnlySet<string> places)
    {
        var rows = folder.Table("terminals.csv", "code", "place", "name", "kind");
        return CsvFile.Unique(rows, row => row.Text("code")).ConvertAll(row => new Terminal(row.Text("code"), row.Known("place", places, Name), row.Text("name"), row.Text("kind")));
    }

    public static List<Operator> Operators(DemoFolder folder, IReadOnlySet<string> places)
    {
        var rows = folder.Table("operators.csv", "code", "name", "place");
        return CsvFile.Unique(rows, row => $"{row.Text("code")} at {row.Text("place")}").ConvertAll(row =>
            new Operator(row.Text("code"), row.Text("name"), row.Text("place") == Everywhere ? Everywhere : row.Known("place", places, Name)));
    }

    private static NewPlace Place(string municipality, CsvRow row) => new(
        new Place
        {
            Municipality = municipality,
            Code = row.Text("code"),
            Kind = row.Choice<PlaceKind>("kind"),
            Name = row.Text("name"),
            Section = row.Text("section"),
            Manager = row.Optional("manager"),
            DayControl = row.Choice<DayControl>("dayControl"),
            OpensOn = row.Date("opensOn"),
        },
        row.Choices<PaymentMethod>("methods").ConvertAll(method => Method(row, method)));

    /// <summary>Cash needs no provider; every other method would need one that the file does not name.</summary>
    private static PlaceMethod Method(CsvRow row, PaymentMethod method) => method == PaymentMethod.Cash
        ? new PlaceMethod(PaymentMethod.Cash, Presentation.Counter, [], Provider: null)
        : throw row.Wrong($"methods names {Storage.Names.Of(method)}, which needs a provider; this file can only give cash.");
}
