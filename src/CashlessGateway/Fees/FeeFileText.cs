using System.Globalization;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.Extensions.Primitives;

namespace CashlessGateway.Fees;

public enum FeeFileKind
{
    /// <summary>料金表: an item a line.</summary>
    Fees,

    /// <summary>減免区分: a ground a line.</summary>
    Grounds,
}

/// <summary>One line of a file: what it says, or what is wrong with it.</summary>
/// <param name="Item">Of a file of items.</param>
/// <param name="Ground">Of a file of grounds.</param>
public sealed record FeeFileLine(int Line, string Code, FeeContent? Item, Ground? Ground, IReadOnlyList<Words> Wrong);

/// <summary>The catalogue as CSV, out and in. Pure. The columns are those of the demo city's files, found by name.</summary>
public static class FeeFileText
{
    /// <summary>Several hundred items are many; a unit takes two thousand rows.</summary>
    public const int MostLines = 1_000;

    private static readonly string[] FeeColumns = ["code", "name", "kana", "unitAmount", "stepPeople", "revenueAccount", "taxClass", "methods", "section", "places"];

    private static readonly string[] GroundColumns = ["code", "name", "article", "kind", "rate", "fees", "decisionRequired", "stamp", "validFrom", "validTo"];

    public static string[] Columns(FeeFileKind kind) => kind switch
    {
        FeeFileKind.Fees => FeeColumns,
        FeeFileKind.Grounds => GroundColumns,
    };

    public static string Write(IEnumerable<FeeItem> items) => CsvWriter.Text([FeeColumns, .. items.Select(static item => new string?[]
    {
        item.Code, item.Name, item.Kana, Number(item.UnitAmount.Value), Number(item.StepPeople), item.RevenueAccount, item.TaxClass, item.Methods, item.Section, item.Places,
    })]);

    public static string Write(IEnumerable<Ground> grounds) => CsvWriter.Text([GroundColumns, .. grounds.Select(static ground => new string?[]
    {
        ground.Code, ground.Name, ground.Article, ground.Kind, Number(ground.Rate), ground.Fees, Number(ground.DecisionRequired), ground.Stamp, ground.ValidFrom.ToString(), ground.ValidTo?.ToString(),
    })]);

    /// <summary>Every line, right or wrong; a problem only when it is no such file at all.</summary>
    public static Result<IReadOnlyList<FeeFileLine>> Read(FeeFileKind kind, string text, CatalogueFacts facts)
    {
        List<CsvRecord> records;
        try
        {
            records = [.. CsvReader.Read(text).Where(static record => record.Fields.Any(static field => field.Trim().Length > 0))];
        }
        catch (CsvFaultException fault)
        {
            return NoFile(new Words($"{fault.Line}行目: {fault.Words.Ja}", $"Line {fault.Line}: {fault.Words.En}"));
        }

        if (records.Count < 2) return NoFile(new("1行目に列の名前、2行目から中身を書いてください。", "The first line names the columns, the others follow."));
        if (records.Count > MostLines + 1) return NoFile(new($"{MostLines}行までです。ファイルを分けてください。", $"At most {MostLines} lines: split the file."));
        var (columns, header) = (Columns(kind), records[0].Fields.Select(static name => name.Trim()).ToList());
        if (columns.Except(header, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            return NoFile(new($"列 {string.Join(", ", missing)} がありません。", $"The columns {string.Join(", ", missing)} are missing."));
        if (header.Count != columns.Length) return NoFile(new($"列は {string.Join(", ", columns)} だけです。", $"There are only the columns {string.Join(", ", columns)}."));
        return new Result<IReadOnlyList<FeeFileLine>>.Ok(Lines(kind, header, records.Skip(1), facts));
    }

    private static List<FeeFileLine> Lines(FeeFileKind kind, IReadOnlyList<string> header, IEnumerable<CsvRecord> records, CatalogueFacts facts)
    {
        var (lines, first) = (new List<FeeFileLine>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var record in records)
        {
            var line = record.Fields.Count == header.Count
                ? Line(kind, record.Line, header.Zip(record.Fields).ToDictionary(static field => field.First, static field => CsvWriter.Unguarded(field.Second), StringComparer.Ordinal), facts)
                : new FeeFileLine(record.Line, record.Fields[0], null, null, [new($"列が{record.Fields.Count}個あります。{header.Count}個にしてください。", $"It has {record.Fields.Count} columns instead of {header.Count}.")]);
            // A ground may stand there for two terms.
            var key = $"{line.Code} {line.Ground?.ValidFrom}";
            if (!first.TryAdd(key, record.Line)) line = line with { Wrong = [.. line.Wrong, new($"{line.Code} は{first[key]}行目にもあります。", $"{line.Code} stands at line {first[key]} too.")] };
            lines.Add(line);
        }

        return lines;
    }

    private static FeeFileLine Line(FeeFileKind kind, int number, Dictionary<string, string> fields, CatalogueFacts facts)
    {
        var form = new Posted(new FormCollection(fields.ToDictionary(static field => field.Key, static field => new StringValues(field.Value), StringComparer.Ordinal)));
        var ground = kind == FeeFileKind.Grounds ? FeeFields.Ground(form, facts) : null;
        var code = ground is null ? form.Code("code") : ground.Code;
        var item = kind == FeeFileKind.Fees ? FeeFields.Content(form, facts) : null;
        return new FeeFileLine(number, code ?? fields["code"], item, ground, [.. form.Wrong.Select(static wrong => new Words($"{wrong.Pointer[1..]}: {wrong.Detail.Ja}", $"{wrong.Pointer[1..]}: {wrong.Detail.En}"))]);
    }

    private static Problem NoFile(Words detail) => Problem.At(Errors.Invalid, "?file", "not-readable", detail);

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
