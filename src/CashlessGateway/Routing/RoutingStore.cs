using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Routing;

/// <summary>What people have set for routing, as it holds now.</summary>
public sealed record RoutingFacts(IReadOnlyList<Designation> Designations, IReadOnlyList<StopSwitch> Stops, IReadOnlyList<MaintenanceWindow> Windows);

/// <summary>Designations, stop switches and maintenance windows as they lie in the database.</summary>
internal static class RoutingStore
{
    /// <summary>Beyond a day back nobody asks what was announced.</summary>
    private static readonly TimeSpan WindowsShown = TimeSpan.FromDays(1);

    private static readonly Sql Designations = new("""
        select id, provider, kind, account, notice_number, notice_date, valid_from, valid_to
        from designation
        where municipality = @municipality
        order by provider, account, valid_from, id
        """);

    private static readonly Sql OpenStops = new("""
        select id, provider, method, place, reason, set_at, set_by
        from stop_switch
        where municipality = @municipality and lifted_at is null
        order by set_at, id
        """);

    private static readonly Sql Windows = new("""
        select id, provider, begins_at, ends_at, words
        from maintenance_window
        where municipality = @municipality and ends_at > @after and withdrawn_at is null
        order by begins_at, id
        """);

    private static readonly Sql InsertDesignation = new("""
        insert into designation (municipality, id, provider, kind, account, notice_number, notice_date, valid_from, valid_to, created_at, created_by)
        values (@municipality, @id, @provider, @kind, @account, @noticeNumber, @noticeDate, @validFrom, @validTo, @now, @by)
        """);

    /// <summary>An end only comes nearer: more time is another notice.</summary>
    private static readonly Sql WriteEnd = new("""
        update designation
        set valid_to = @lastDay, ended_at = @now, ended_by = @by
        where municipality = @municipality and id = @id and (valid_to is null or valid_to > @lastDay)
        """);

    private static readonly Sql InsertStop = new("""
        insert into stop_switch (municipality, id, provider, method, place, reason, set_at, set_by)
        values (@municipality, @id, @provider, @method, @place, @reason, @now, @by)
        """);

    private static readonly Sql LiftStop = new("""
        update stop_switch
        set lifted_at = @now, lifted_by = @by
        where municipality = @municipality and id = @id and lifted_at is null
        """);

    private static readonly Sql InsertWindow = new("""
        insert into maintenance_window (municipality, id, provider, begins_at, ends_at, words, created_at, created_by)
        values (@municipality, @id, @provider, @beginsAt, @endsAt, @words, @now, @by)
        """);

    private static readonly Sql WithdrawWindow = new("""
        update maintenance_window
        set withdrawn_at = @now, withdrawn_by = @by
        where municipality = @municipality and id = @id and withdrawn_at is null
        """);

    internal static readonly Sql DesignationExists = new("select 1 from designation where municipality = @municipality and id = @id");
    internal static readonly Sql StopExists = new("select 1 from stop_switch where municipality = @municipality and id = @id");
    internal static readonly Sql WindowExists = new("select 1 from maintenance_window where municipality = @municipality and id = @id");

    public static async Task<RoutingFacts> Load(Reader reader, string municipality, Instant now) => new(
        (await reader.All<DesignationRow>(Designations, new { municipality })).ConvertAll(static row => row.Value),
        (await reader.All<StopRow>(OpenStops, new { municipality })).ConvertAll(static row => row.Value),
        await reader.All<MaintenanceWindow>(Windows, new { municipality, after = now.Plus(-WindowsShown) }));

    public static Task Add(Unit unit, string municipality, Designation designation, string by, Instant now) => unit.Execute(InsertDesignation, new
    {
        municipality,
        id = designation.Id,
        provider = designation.Provider,
        kind = Names.Of(designation.Kind),
        account = designation.Account,
        noticeNumber = designation.NoticeNumber,
        noticeDate = designation.NoticeDate,
        validFrom = designation.ValidFrom,
        validTo = designation.ValidTo,
        now,
        by,
    });

    public static Task<bool> End(Unit unit, string municipality, string id, BusinessDate lastDay, string by, Instant now) => unit.Hit(WriteEnd, new { municipality, id, lastDay, by, now });

    public static Task Add(Unit unit, string municipality, StopSwitch stop) => unit.Execute(InsertStop, new
    {
        municipality,
        id = stop.Id,
        provider = stop.Provider,
        method = stop.Method is { } method ? Names.Of(method) : null,
        place = stop.Place,
        reason = stop.Reason,
        now = stop.SetAt,
        by = stop.SetBy,
    });

    public static Task<bool> Lift(Unit unit, string municipality, string id, string by, Instant now) => unit.Hit(LiftStop, new { municipality, id, by, now });

    public static Task Add(Unit unit, string municipality, MaintenanceWindow window, string by, Instant now) =>
        unit.Execute(InsertWindow, new { municipality, id = window.Id, provider = window.Provider, beginsAt = window.BeginsAt, endsAt = window.EndsAt, words = window.Words, now, by });

    public static Task<bool> Withdraw(Unit unit, string municipality, string id, string by, Instant now) => unit.Hit(WithdrawWindow, new { municipality, id, by, now });

    private sealed class DesignationRow
    {
        public string Id { get; init; } = "";
        public string Provider { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Account { get; init; } = "";
        public string NoticeNumber { get; init; } = "";
        public BusinessDate NoticeDate { get; init; }
        public BusinessDate ValidFrom { get; init; }
        public BusinessDate? ValidTo { get; init; }

        public Designation Value => new(Id, Provider, Names.Parse<DesignationKind>(Kind), Account, NoticeNumber, NoticeDate, ValidFrom, ValidTo);
    }

    private sealed class StopRow
    {
        public string Id { get; init; } = "";
        public string? Provider { get; init; }
        public string? Method { get; init; }
        public string? Place { get; init; }
        public string Reason { get; init; } = "";
        public Instant SetAt { get; init; }
        public string SetBy { get; init; } = "";

        public StopSwitch Value => new(Id, Provider, Method is null ? null : Names.Parse<PaymentMethod>(Method), Place, Reason, SetAt, SetBy);
    }
}
