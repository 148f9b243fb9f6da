using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>Receivables as they lie in the database, and the one place that derives their status.</summary>
public static class ReceivableStore
{
    internal const string Columns = """
        r.municipality, r.id, r.kind, r.place, r.reference, r.title, r.amount, r.tax_included, r.money_owner, r.due_date, r.notice_date, r.pay_by,
        r.exclusive_group, r.exclusive_hash, r.exclusive_side, r.follows, r.metadata, r.client, r.version, r.created_at, r.cancelled_at, r.expired_at,
        r.refunded_at, r.ticket_at, r.started_at, r.handed_over_at, r.handed_over_by, r.receipt_number, r.receipt_date, r.business_date
        """;

    private const string LineColumns = """
        l.municipality, l.receivable, l.line, l.fee, l.revenue_account, l.description, l.section, l.kaikei, l.year_rule, l.enterprise,
        l.tax_class, l.quantity, l.unit_amount, l.gross_amount, l.amount, l.fiscal_year, l.carried_over, l.methods, l.people
        """;

    /// <summary>First match wins (mechanics 5). Needs @now: a receivable is expired from its pay-by on, also before the job has said so.</summary>
    internal const string Status = """
        case
            when exists (select 1 from payment s where s.municipality = r.municipality and s.receivable = r.id and s.surplus = 1 and s.status = 'captured' and s.given_back = 0) then 'overpaid'
            when exists (select 1 from payment s where s.municipality = r.municipality and s.slot = r.id and s.status in ('created', 'pending', 'cancelling', 'inDoubt')) then 'inProgress'
            when exists (select 1 from payment s where s.municipality = r.municipality and s.slot = r.id and s.status = 'captured') then 'paid'
            when r.amount = 0 and r.cancelled_at is null and not exists (select 1 from receivable_reduction d where d.municipality = r.municipality and d.receivable = r.id) then 'free'
            when r.amount = 0 and r.cancelled_at is null then 'waived'
            when r.cancelled_at is not null then 'cancelled'
            when r.expired_at is not null or r.pay_by <= @now then 'expired'
            when r.refunded_at is not null then 'refunded'
            else 'open'
        end
        """;

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from receivable r
        where r.municipality = @municipality and r.id = @id
        """);

    internal static readonly Sql WithLines = new($"""
        select {Columns}, {LineColumns}
        from receivable r
        join receivable_line l on l.municipality = r.municipality and l.receivable = r.id
        where r.municipality = @municipality and r.id = @id
        order by l.line
        """);

    private static readonly Sql ManyWithLines = new($"""
        select {Columns}, {LineColumns}
        from receivable r
        join receivable_line l on l.municipality = r.municipality and l.receivable = r.id
        where r.municipality = @municipality and r.id {"{{in @ids}}"}
        order by r.id, l.line
        """);

    private static readonly Sql LinesOf = new($"""
        select {LineColumns}
        from receivable_line l
        where l.municipality = @municipality and l.receivable {"{{in @ids}}"}
        order by l.receivable, l.line
        """);

    private static readonly Sql StatusOf = new($"""
        select r.id, {Status} as status
        from receivable r
        where r.municipality = @municipality and r.id {"{{in @ids}}"}
        """);

    private static readonly Sql AliasesOf = new("""
        select receivable, type, value
        from receivable_alias
        where municipality = @municipality and receivable {{in @ids}}
        order by receivable, position
        """);

    /// <summary>Not ordered here: with one receivable SQLite would walk the index by time, which has the order, through every payment of the city.</summary>
    private static readonly Sql PaymentsOf = new("""
        select receivable, id, status, amount, refunded_amount, created_at
        from payment
        where municipality = @municipality and receivable {{in @ids}}
        """);

    private static readonly Sql ReductionsOf = new("""
        select receivable, line, kind, rate, amount, ground_code, decision_number
        from receivable_reduction
        where municipality = @municipality and receivable {{in @ids}}
        order by receivable, position
        """);

    private static readonly Sql ByAlias = new("""
        select receivable
        from receivable_alias
        where municipality = @municipality and type = @type and value_hash = @hash and live is not null
        """);

    private static readonly Sql ByAliasOfAny = new("""
        select a.receivable
        from receivable_alias a
        join receivable r on r.municipality = a.municipality and r.id = a.receivable
        where a.municipality = @municipality and a.type = @type and a.value_hash = @hash
        order by case when a.live is null then 1 else 0 end, r.created_at desc, r.id desc
        {{limit 1}}
        """);

    internal static readonly Sql Exists = new("select 1 from receivable where municipality = @municipality and id = @id");

    private static readonly Sql Bump = new("""
        update receivable
        set version = version + 1
        where municipality = @municipality and id = @id and version = @version
        """);

    private static readonly Sql ClearRefunded = new("""
        update receivable
        set refunded_at = null, version = version + 1
        where municipality = @municipality and id = @id and refunded_at is not null
        """);

    private static readonly Sql SetRefunded = new("""
        update receivable
        set refunded_at = @now, version = version + 1
        where municipality = @municipality and id = @id
        """);

    private static readonly Sql HoldGroup = new("""
        update exclusive_group
        set holders = holders + 1, side = @side
        where municipality = @municipality and group_hash = @hash and (holders = 0 or side = @side)
        """);

    private static readonly Sql LetGroupGo = new("""
        update exclusive_group
        set holders = holders - 1
        where municipality = @municipality and group_hash = @hash and side = @side and holders > 0
        """);

    public static Task<Receivable?> Find(Reader reader, string municipality, string id) =>
        reader.One<Receivable>(FindOne, new { municipality, id });

    public static async Task<(Receivable Receivable, IReadOnlyList<ReceivableLine> Lines)?> FindWithItsLines(Reader reader, string municipality, string id)
    {
        var rows = await reader.Pairs<Receivable, ReceivableLine>(WithLines, new { municipality, id }, splitOn: "municipality");
        return rows.Count == 0 ? null : (rows[0].First, rows.ConvertAll(row => row.Second));
    }

    /// <summary>Several of one municipality in one question.</summary>
    public static async Task<IReadOnlyDictionary<string, OwedReceivable>> FindWithTheirLines(Reader reader, string municipality, IReadOnlyList<string> ids) =>
        (await reader.Pairs<Receivable, ReceivableLine>(ManyWithLines, new { municipality, ids = ids.ToArray() }, splitOn: "municipality"))
            .GroupBy(static row => row.First.Id, StringComparer.Ordinal)
            .ToDictionary(static rows => rows.Key, static rows => new OwedReceivable(rows.First().First, [.. rows.Select(static row => row.Second)]), StringComparer.Ordinal);

    public static async Task<string?> FindByAlias(Reader reader, string municipality, Alias alias) =>
        await reader.One<string>(ByAlias, new { municipality, type = Names.Of(alias.Type), hash = alias.Hash });

    /// <summary>The one that holds the alias, else the last cancelled one that held it: whoever scans its slip must be told.</summary>
    public static async Task<string?> FindByAliasEvenCancelled(Reader reader, string municipality, Alias alias) =>
        await reader.One<string>(ByAliasOfAny, new { municipality, type = Names.Of(alias.Type), hash = alias.Hash });

    /// <summary>Everything a view of these receivables shows: five queries, however many they are.</summary>
    public static async Task<IReadOnlyList<ReceivableView>> Views(Reader reader, string municipality, IReadOnlyList<Receivable> receivables, Instant now)
    {
        if (receivables.Count == 0) return [];
        var values = new { municipality, ids = receivables.Select(receivable => receivable.Id).ToArray(), now };
        var lines = (await reader.All<ReceivableLine>(LinesOf, values)).ToLookup(line => line.Receivable, StringComparer.Ordinal);
        var aliases = (await reader.All<AliasRow>(AliasesOf, values)).ToLookup(row => row.Receivable, StringComparer.Ordinal);
        var payments = (await reader.All<PaymentRow>(PaymentsOf, values)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal).ToLookup(row => row.Receivable, StringComparer.Ordinal);
        var reductions = (await reader.All<Reduction>(ReductionsOf, values)).ToLookup(row => row.Receivable, StringComparer.Ordinal);
        var status = (await reader.All<StatusRow>(StatusOf, values)).ToDictionary(row => row.Id, row => row.Status, StringComparer.Ordinal);
        return receivables.Select(receivable => ReceivableView.Of(receivable, status[receivable.Id], lines[receivable.Id].ToList(), reductions[receivable.Id].ToList(),
            aliases[receivable.Id].Select(row => new AliasView(row.Type, row.Value)).ToList(),
            payments[receivable.Id].Select(row => PublicId.Payment + row.Id).ToList(),
            Yen.Sum(payments[receivable.Id].Where(row => row.Status == "captured").Select(row => row.Amount - row.RefundedAmount)))).ToList();
    }

    public static async Task<ReceivableView?> View(Reader reader, string municipality, string id, Instant now) =>
        await Find(reader, municipality, id) is { } receivable ? (await Views(reader, municipality, [receivable], now))[0] : null;

    /// <summary>What a unit is told when its receivable is no longer the one it read.</summary>
    public const string ChangedMeanwhile = "receivable.version";

    /// <summary>A change of this receivable by anyone else since it was read ends the unit: Taken <see cref="ChangedMeanwhile"/>.</summary>
    public static Task Touch(Unit unit, Receivable receivable) =>
        unit.Later(Bump, new { municipality = receivable.Municipality, id = receivable.Id, version = receivable.Version }, orTaken: ChangedMeanwhile);

    /// <summary>全期 or 期別: the first side to be paid holds the debt.</summary>
    public static async Task<bool> HoldAlternatives(Unit unit, Receivable receivable) =>
        receivable.ExclusiveHash is null || await unit.Hit(HoldGroup, new { municipality = receivable.Municipality, hash = receivable.ExclusiveHash, side = receivable.Side });

    public static async Task LetAlternativesGo(Unit unit, Receivable receivable)
    {
        if (receivable.ExclusiveHash is null) return;
        if (!await unit.Hit(LetGroupGo, new { municipality = receivable.Municipality, hash = receivable.ExclusiveHash, side = receivable.Side }))
            throw new InvalidOperationException($"Receivable {receivable.Id} held its exclusive group, and the group does not know it.");
    }

    /// <summary>The refund that closed it did not reach the payer.</summary>
    public static Task ReopenAfterRefund(Unit unit, string municipality, string id) => unit.Hit(ClearRefunded, new { municipality, id });

    /// <summary>A wholly refunded receivable that is not to be paid again.</summary>
    public static Task CloseByRefund(Unit unit, string municipality, string id, Instant now) =>
        unit.Hit(SetRefunded, new { municipality, id, now });

    private sealed class AliasRow
    {
        public string Receivable { get; init; } = "";
        public string Type { get; init; } = "";
        public string Value { get; init; } = "";
    }

    private sealed class PaymentRow
    {
        public string Receivable { get; init; } = "";
        public string Id { get; init; } = "";
        public string Status { get; init; } = "";
        public Yen Amount { get; init; }
        public Yen RefundedAmount { get; init; }
        public Instant CreatedAt { get; init; }
    }

    private sealed class StatusRow
    {
        public string Id { get; init; } = "";
        public string Status { get; init; } = "";
    }
}
