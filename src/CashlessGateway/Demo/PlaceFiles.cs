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
        row.List("methods").ConvertAll(method => Method(row, method)));

    private static PlaceMethod Method(CsvRow row, string text) =>
        MethodText.TryParse(text, out var method) ? method : throw row.Wrong($"methods names '{text}'; all but cash are written method:presentation:brand@instance.");
}
