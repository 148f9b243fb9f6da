using System.Globalization;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>What a place's close is like: its hours, and whether small sums of cash may wait.</summary>
/// <param name="LateClosesAt">Of a session that opens after <paramref name="ClosesAt"/> (late opening).</param>
/// <param name="SmallSumsWait">Cash below the limit is taken together until it reaches it (CLS-07).</param>
public sealed record PlaceClosing(TimeOnly? ClosesAt, TimeOnly? LateClosesAt, bool SmallSumsWait, Yen SmallSumLimit)
{
    private const string HourFormat = "HH:mm";

    /// <summary>1万円: what the rules of cities allow.</summary>
    public static readonly Yen UsualLimit = new(10_000);

    public static readonly PlaceClosing Unset = new(null, null, SmallSumsWait: false, UsualLimit);

    /// <summary>When a drawer that opens now should be closed. An hour that was named for this turn goes before the place's own.</summary>
    public Instant? DueAt(Instant opened, TimeOnly? named)
    {
        var today = BusinessDate.Of(opened);
        Instant At(TimeOnly hour) => today.Begins.Plus(hour.ToTimeSpan());
        if (named is { } hour) return At(hour);
        if (ClosesAt is { } usual && opened < At(usual)) return At(usual);
        if (LateClosesAt is { } late && opened < At(late)) return At(late);
        // Opened after every hour of the place: it is a turn of this day all the same.
        return ClosesAt is null && LateClosesAt is null ? null : today.AddDays(1).Begins;
    }

    public static bool TryHour(string? text, out TimeOnly hour) => TimeOnly.TryParseExact(text, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out hour);

    public static string? Text(TimeOnly? hour) => hour?.ToString(HourFormat, CultureInfo.InvariantCulture);

    private static readonly Sql Select = new("""
        select closes_at, late_closes_at, small_sums_wait, small_sum_limit
        from place_closing
        where municipality = @municipality and place = @place
        """);

    public static async Task<PlaceClosing> Of(Reader reader, string municipality, string place) =>
        (await reader.One<Row>(Select, new { municipality, place }))?.Closing ?? Unset;

    private sealed class Row
    {
        public string? ClosesAt { get; init; }
        public string? LateClosesAt { get; init; }
        public long SmallSumsWait { get; init; }
        public Yen SmallSumLimit { get; init; }

        public PlaceClosing Closing => new(Hour(ClosesAt), Hour(LateClosesAt), SmallSumsWait != 0, SmallSumLimit);

        private static TimeOnly? Hour(string? text) => TryHour(text, out var hour) ? hour : null;
    }
}

/// <summary>The city changes what a place's close is like. It holds for sessions and days that close from then on.</summary>
public sealed class ChangePlaceClosing(Database database, Clock clock, AuditTrail trail)
{
    private static readonly Sql Drop = new("delete from place_closing where municipality = @municipality and place = @place");

    private static readonly Sql Insert = new("""
        insert into place_closing (municipality, place, closes_at, late_closes_at, small_sums_wait, small_sum_limit, changed_at, changed_by)
        values (@municipality, @place, @closesAt, @lateClosesAt, @smallSumsWait, @smallSumLimit, @now, @by)
        """);

    public async Task<Problem?> Change(StaffMember by, string place, PlaceClosing wanted)
    {
        if (!by.May(Right.ManagePlaces, place) || await database.Read(reader => PlaceStore.Find(reader, by.Municipality, place)) is null) return PlaceProblems.NotFound();
        if (wanted.LateClosesAt is { } late && (wanted.ClosesAt is not { } usual || late <= usual))
            return Problem.At(Errors.Invalid, "?lateClosesAt", "out-of-range", new Words("延長窓口の終わりは、通常の終わりより後の時刻にしてください。", "Late opening must end after the usual hour."));
        var now = clock.Now();
        var before = await database.Read(reader => PlaceClosing.Of(reader, by.Municipality, place));
        var said = trail.Prepare(by.Did(AuditActions.PlaceClosingChanged, $"place:{place}", place) with { Before = Said(before), After = Said(wanted) });
        var written = await database.Write(async unit =>
        {
            await unit.Execute(Drop, new { municipality = by.Municipality, place });
            await unit.Execute(Insert, new
            {
                municipality = by.Municipality,
                place,
                closesAt = PlaceClosing.Text(wanted.ClosesAt),
                lateClosesAt = PlaceClosing.Text(wanted.LateClosesAt),
                smallSumsWait = wanted.SmallSumsWait ? 1L : 0L,
                smallSumLimit = wanted.SmallSumLimit,
                now,
                by = by.Principal,
            });
            await said(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        // Two people at the same form: the second one is told.
        return written is Written<bool>.Done ? null : new Problem(Errors.VersionChanged);
    }

    private static IReadOnlyDictionary<string, string?> Said(PlaceClosing closing) => Pairs.Of(
        ("closesAt", PlaceClosing.Text(closing.ClosesAt)), ("lateClosesAt", PlaceClosing.Text(closing.LateClosesAt)),
        ("smallSumsWait", closing.SmallSumsWait ? "yes" : "no"), ("smallSumLimit", closing.SmallSumLimit.Value.ToString(CultureInfo.InvariantCulture)));
}
