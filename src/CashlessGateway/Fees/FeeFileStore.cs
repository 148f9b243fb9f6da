using System.Text.Json;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>A file that was sent and is right line by line.</summary>
public sealed record FeeFile
{
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>From when on its items hold. Grounds have days of their own.</summary>
    public BusinessDate ValidFrom { get; init; }

    public Instant CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";

    public FeeFileKind What => Names.Parse<FeeFileKind>(Kind);
}

/// <summary>Files as they lie in the database. A proposal has room for one item; a file's lines lie here, and what is approved is what was shown.</summary>
internal static class FeeFileStore
{
    private static readonly Sql InsertFile = new("""
        insert into fee_file (municipality, id, kind, name, valid_from, created_at, created_by)
        values (@municipality, @id, @kind, @name, @validFrom, @now, @by)
        """);

    private static readonly Sql InsertLine = new("""
        insert into fee_file_line (municipality, file_id, line, data)
        values (@municipality, @file, @line, @data)
        """);

    private static readonly Sql FindFile = new("""
        select id, kind, name, valid_from, created_at, created_by
        from fee_file
        where municipality = @municipality and id = @id
        """);

    private static readonly Sql LinesOf = new("""
        select data
        from fee_file_line
        where municipality = @municipality and file_id = @id
        order by line
        """);

    public static readonly Sql Exists = new("select 1 from fee_file where municipality = @municipality and id = @id");

    public static async Task Add(Unit unit, string municipality, FeeFile file, IReadOnlyList<FeeFileLine> lines)
    {
        await unit.Execute(InsertFile, new { municipality, id = file.Id, kind = file.Kind, name = file.Name, validFrom = file.ValidFrom, now = file.CreatedAt, by = file.CreatedBy });
        foreach (var line in lines) await unit.Execute(InsertLine, new { municipality, file = file.Id, line = line.Line, data = JsonSerializer.Serialize(line, Json.Options) });
    }

    public static Task<FeeFile?> Find(Reader reader, string municipality, string id) => reader.One<FeeFile>(FindFile, new { municipality, id });

    public static async Task<IReadOnlyList<FeeFileLine>> Lines(Reader reader, string municipality, string id) =>
        (await reader.All<string>(LinesOf, new { municipality, id })).ConvertAll(static data => JsonSerializer.Deserialize<FeeFileLine>(data, Json.Options) ?? throw new InvalidOperationException("A line of a file is null."));

    /// <summary>What the file would do to the catalogue as it is now.</summary>
    public static async Task<FeeFilePlan> Plan(Reader reader, string municipality, FeeFileKind kind, IReadOnlyList<FeeFileLine> lines, BusinessDate validFrom, BusinessDate today) => kind switch
    {
        FeeFileKind.Fees => FeeFilePlan.OfItems(lines, await FeeStore.Timelines(reader, municipality), validFrom, today),
        FeeFileKind.Grounds => FeeFilePlan.OfGrounds(lines, await GroundStore.All(reader, municipality), today),
    };
}
