using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

public enum CashReportKind
{
    /// <summary>亡失.</summary>
    Loss,

    /// <summary>過剰.</summary>
    Surplus,
}

/// <summary>A person's words on their way into the database: id and salt are made before the unit.</summary>
internal sealed record NewNote(string Id, byte[] Salt)
{
    public static NewNote Make(Ids ids) => new(ids.Next(), Notes.NewSalt());

    public Task<NoteReference> Write(Unit unit, string municipality, string body, Instant now) => Notes.Write(unit, municipality, Id, Salt, body, now);
}

/// <summary>亡失・過剰の報告 (三原市ほか: 直ちに報告). The difference was booked at the close; the paper waits for a second person.</summary>
internal static class CashReports
{
    /// <summary>A list for people; those confirmed are found by day.</summary>
    private const int Most = 500;

    private const string Columns = "r.id, r.place, r.session, r.date, r.kind, r.amount, r.note, r.reported_by, r.reported_at, r.confirmed_by, r.confirmed_at";

    private static readonly Sql Insert = new("""
        insert into cash_report (municipality, id, place, session, date, kind, amount, note, reported_by, reported_at)
        values (@municipality, @id, @place, @session, @date, @kind, @amount, @note, @by, @now)
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from cash_report r
        where r.municipality = @municipality and r.id = @id
        """);

    private static readonly Sql OfOne = new($"""
        select {Columns}
        from cash_report r
        where r.municipality = @municipality and r.session = @session
        """);

    private static readonly Sql OfDate = new($"""
        select {Columns}
        from cash_report r
        where r.municipality = @municipality and r.place = @place and r.date = @date
        order by r.reported_at, r.id
        """);

    private static readonly Sql Unconfirmed = new($"""
        select {Columns}
        from cash_report r
        where r.municipality = @municipality and r.confirmed_at is null
        order by r.reported_at, r.id
        {"{{limit @most}}"}
        """);

    private static readonly Sql Sign = new("""
        update cash_report
        set confirmed_by = @by, confirmed_at = @now
        where municipality = @municipality and id = @id and confirmed_at is null
        """);

    public static readonly Sql WasConfirmed = new("""
        select 1
        from cash_report
        where municipality = @municipality and id = @id and confirmed_by = @by and confirmed_at = @now
        """);

    public static Task Write(Unit unit, Session session, string id, Yen difference, string note, string by, Instant now) => unit.Later(Insert, new
    {
        municipality = session.Municipality,
        id,
        place = session.Place,
        session = session.Id,
        date = session.Date,
        kind = Names.Of(difference < Yen.Zero ? CashReportKind.Loss : CashReportKind.Surplus),
        amount = difference < Yen.Zero ? Yen.Zero - difference : difference,
        note,
        by,
        now,
    });

    public static Task<bool> Confirm(Unit unit, string municipality, string id, string by, Instant now) => unit.Hit(Sign, new { municipality, id, by, now });

    public static async Task<CashReportView?> Find(Reader reader, string municipality, string id) =>
        await Views(reader, municipality, await reader.All<Row>(FindOne, new { municipality, id })) is [var report] ? report : null;

    public static async Task<CashReportView?> OfSession(Reader reader, string municipality, string session) =>
        await Views(reader, municipality, await reader.All<Row>(OfOne, new { municipality, session })) is [var report] ? report : null;

    public static async Task<IReadOnlyList<CashReportView>> OfDay(Reader reader, SheetDay day) =>
        await Views(reader, day.Municipality, await reader.All<Row>(OfDate, new { municipality = day.Municipality, place = day.Place, date = day.Date }));

    public static async Task<IReadOnlyList<CashReportView>> Open(Reader reader, string municipality) =>
        await Views(reader, municipality, await reader.All<Row>(Unconfirmed, new { municipality, most = (long)Most }));

    private static async Task<IReadOnlyList<CashReportView>> Views(Reader reader, string municipality, List<Row> rows)
    {
        var words = await Notes.Words(reader, municipality, rows.ConvertAll(static row => row.Note));
        return rows.ConvertAll(row => row.View(words.GetValueOrDefault(row.Note)));
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string Place { get; init; } = "";
        public string Session { get; init; } = "";
        public BusinessDate Date { get; init; }
        public string Kind { get; init; } = "";
        public Yen Amount { get; init; }
        public string Note { get; init; } = "";
        public string ReportedBy { get; init; } = "";
        public Instant ReportedAt { get; init; }
        public string? ConfirmedBy { get; init; }
        public Instant? ConfirmedAt { get; init; }

        public CashReportView View(string? circumstances) =>
            new(PublicId.CashReport + Id, Place, PublicId.Session + Session, Date, Names.Parse<CashReportKind>(Kind), Amount, circumstances, ReportedBy, ReportedAt, ConfirmedBy, ConfirmedAt);
    }
}

/// <summary>A cash difference and its paper.</summary>
/// <param name="Circumstances">Null once it has been redacted.</param>
public sealed record CashReportView(
    string Id, string Place, string Session, BusinessDate Date, CashReportKind Kind, Yen Amount, string? Circumstances, string ReportedBy, Instant ReportedAt, string? ConfirmedBy, Instant? ConfirmedAt)
{
    public bool IsConfirmed => ConfirmedAt is not null;
}
