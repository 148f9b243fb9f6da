using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>GET /v1/audit.csv: the same as the list, for a spreadsheet. Page by page, so that ten years cost no more memory than a day.</summary>
public sealed class ExportAudit(Database database, AuditTrail trail)
{
    private const int RowsPerPage = 500;

    /// <summary>A sheet of the usual programs ends at 1,048,576 rows.</summary>
    private const int MostRows = 1_000_000;

    private static readonly Words[] Head =
    [
        new("日時（日本時間）", "time (Japan)"), new("行為者", "actor"), new("名前", "name"), new("操作", "deed"), new("結果", "outcome"), new("対象", "object"), new("場所", "place"), new("説明", "sentence"),
        new("接続元", "from"), new("変更前", "before"), new("変更後", "after"), new("内容", "facts"), new("消去済み", "redacted"), new("操作名", "action"), new("番号", "id"),
    ];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Operation Route => new("GET", "/v1/audit.csv", "audit", "The same as a CSV file (UTF-8 with BOM), newest first", Scopes.AuditRead, null, null, 200, [], Run)
    {
        Query = AuditFilter.Parameters,
        Produces = CsvWriter.MediaType,
    };

    private async Task<Reply> Run(ApiCall call)
    {
        return QueryReader.Read(call, static query => AuditFilter.Read(query, Page.First(RowsPerPage))).IsOk(out var filter, out var problem) ? await Export(call, filter) : problem;
    }

    /// <summary>For the page of the trail too.</summary>
    internal async Task<Reply> Export(ApiCall call, AuditFilter asked)
    {
        var filter = asked with { Page = Page.First(RowsPerPage) };
        // The first page before the answer begins: a database that is away is a 503 and no half file. The export is noted before its first row leaves.
        var first = await database.Read(reader => ReadAudit.Find(reader, call.Caller, filter), call.Aborted);
        await trail.Note(call.Said(AuditActions.Exported, AuditChain.Name) with { Facts = filter.AsFacts() });
        return new Reply.File(CsvWriter.MediaType, "audit.csv", (stream, cancellation) => Write(new CsvWriter(stream), call, filter, first, cancellation));
    }

    private async Task Write(CsvWriter csv, ApiCall call, AuditFilter filter, (List<AuditRow> Rows, ActorNames Names) page, CancellationToken cancellation)
    {
        await csv.Row([.. Head.Select(column => column.In(call.Language))], cancellation);
        for (var written = filter.Page.Limit; ; written += filter.Page.Limit)
        {
            foreach (var row in page.Rows.Take(filter.Page.Limit)) await csv.Row(Cells(AuditEntryView.Of(row, page.Names), call.Language), cancellation);
            if (page.Rows.Count <= filter.Page.Limit) return;
            if (written >= MostRows)
            {
                await csv.Row([new Words($"{MostRows}行で打ち切りました。期間を分けてください。", $"Cut off after {MostRows} rows: export shorter spans.").In(call.Language)], cancellation);
                return;
            }

            var last = page.Rows[filter.Page.Limit - 1];
            filter = filter with { Page = filter.Page with { Before = last.At, BeforeId = last.Id } };
            page = await database.Read(reader => ReadAudit.Find(reader, call.Caller, filter), cancellation);
        }
    }

    private static string?[] Cells(AuditEntryView entry, Language language) =>
    [
        entry.At.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        entry.Actor, entry.ActorName, AuditSentence.DeedOf(entry.Action).In(language), AuditSentence.OutcomeIn(entry.Outcome).In(language), entry.Object, entry.Place, entry.Sentence.In(language),
        entry.From, Text(entry.Before), Text(entry.After), Text(entry.Facts), entry.Redacted ? "1" : null, entry.Action, entry.Id,
    ];

    private static string? Text(IReadOnlyDictionary<string, string?>? values) => values is null ? null : JsonSerializer.Serialize(values, Readable);
}
