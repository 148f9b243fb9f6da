using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>代行締め: somebody answerable closes a session that cannot be finished, and says who follows what is left of it until when.</summary>
public sealed record DeputyOrder(string Reason, string Owner, BusinessDate Deadline)
{
    public static DeputyOrder? Read(BodyObject body) =>
        body.Object("deputy") is { } deputy ? new DeputyOrder(deputy.Text("reason", 300, required: true) ?? "", deputy.Text("owner", 100, required: true) ?? "", deputy.Date("deadline", required: true) ?? default) : null;
}

/// <summary>Until when a payment without an outcome may be carried over. Pure.</summary>
public static class CarryOverRules
{
    /// <summary>Half a year: beyond it a provider's records are an archive.</summary>
    public const int MostDays = 180;

    /// <summary>
    /// 交通系 accept an inquiry for 55 days only, so it has to be over by then. An e-money payment whose brand is not known yet may be one of them.
    /// </summary>
    public static BusinessDate Latest(PaymentMethod method, string? brand, BusinessDate begun, BrandCatalogue brands)
    {
        var known = brands.Find(method, brand);
        var days = known is null
            ? brands.All.Where(one => one.Method == method && one.DoubtDays is not null).Min(static one => one.DoubtDays)
            : known.DoubtDays;
        return begun.AddDays(Math.Min(days ?? MostDays, MostDays));
    }

    public static BusinessDate Deadline(BusinessDate wanted, BusinessDate latest) => wanted < latest ? wanted : latest;

    public static Problem? Check(DeputyOrder order, BusinessDate today) => order.Deadline < today || order.Deadline > today.AddDays(MostDays)
        ? Problem.At(Errors.Invalid, "/deputy/deadline", "out-of-range", new Words($"期限は今日から{MostDays}日以内の日にしてください。", $"The deadline must be a day within {MostDays} days from today."))
        : null;
}

/// <summary>未確定繰越 as they lie in the database. None is removed: it ends when its payment has an outcome.</summary>
public static class CarriedOver
{
    private static readonly Sql Insert = new("""
        insert into carried_over (municipality, payment, place, session, date, owner, deadline, note, made_by, made_at)
        values (@municipality, @payment, @place, @session, @date, @owner, @deadline, @note, @by, @now)
        """);

    private const string Columns = """
        c.payment, c.place, c.session, c.date, c.owner, c.deadline, c.note, c.made_by, c.made_at,
        p.method, p.brand, p.amount, p.status, p.terminal, p.created_at
        """;

    /// <summary>From the payments' side: those without an outcome are few, those once carried over grow for ever.</summary>
    private static readonly Sql Waiting = new($"""
        select {Columns}
        from payment p
        join carried_over c on c.municipality = p.municipality and c.payment = p.id
        where p.municipality = @municipality and p.status in ('created', 'pending', 'cancelling', 'inDoubt') and p.captured_at is null
        order by c.deadline, c.payment
        """);

    private static readonly Sql OfSession = new($"""
        select {Columns}
        from carried_over c
        join payment p on p.municipality = c.municipality and p.id = c.payment
        where c.municipality = @municipality and c.session = @session
        order by c.deadline, c.payment
        """);

    internal static async Task Write(Unit unit, Session session, IReadOnlyList<UnfinishedPayment> payments, DeputyOrder order, string note, BrandCatalogue brands, string by, Instant now)
    {
        foreach (var payment in payments)
        {
            var latest = CarryOverRules.Latest(Names.Parse<PaymentMethod>(payment.Method), payment.Brand, BusinessDate.Of(payment.CreatedAt), brands);
            await unit.Later(Insert, new
            {
                municipality = session.Municipality,
                payment = payment.Id,
                place = session.Place,
                session = session.Id,
                date = session.Date,
                owner = order.Owner,
                deadline = CarryOverRules.Deadline(order.Deadline, latest),
                note,
                by,
                now,
            });
        }
    }

    public static async Task<IReadOnlyList<CarriedOverView>> Open(Reader reader, string municipality) => await Views(reader, municipality, await reader.All<Row>(Waiting, new { municipality }));

    public static async Task<IReadOnlyList<CarriedOverView>> Of(Reader reader, string municipality, string session) => await Views(reader, municipality, await reader.All<Row>(OfSession, new { municipality, session }));

    private static async Task<IReadOnlyList<CarriedOverView>> Views(Reader reader, string municipality, List<Row> rows)
    {
        var words = await Notes.Words(reader, municipality, [.. rows.Select(static row => row.Note).Distinct()]);
        return rows.ConvertAll(row => row.View(words.GetValueOrDefault(row.Note)));
    }

    private sealed class Row
    {
        public string Payment { get; init; } = "";
        public string Place { get; init; } = "";
        public string Session { get; init; } = "";
        public BusinessDate Date { get; init; }
        public string Owner { get; init; } = "";
        public BusinessDate Deadline { get; init; }
        public string Note { get; init; } = "";
        public string MadeBy { get; init; } = "";
        public Instant MadeAt { get; init; }
        public string Method { get; init; } = "";
        public string? Brand { get; init; }
        public Yen Amount { get; init; }
        public string Status { get; init; } = "";
        public string? Terminal { get; init; }
        public Instant CreatedAt { get; init; }

        public CarriedOverView View(string? reason) => new(PublicId.Payment + Payment, Place, PublicId.Session + Session, Date, Method, Brand, Amount, Status, Terminal, Owner, Deadline, reason, MadeBy, MadeAt, CreatedAt);
    }
}

/// <summary>A payment that its session was closed without.</summary>
/// <param name="Date">The sheet of the session that it would have been listed in.</param>
/// <param name="Status">Of the payment now: with a final one the carry-over has ended.</param>
/// <param name="Reason">Null once it has been redacted.</param>
public sealed record CarriedOverView(
    string Payment, string Place, string Session, BusinessDate Date, string Method, string? Brand, Yen Amount, string Status, string? Terminal, string Owner, BusinessDate Deadline, string? Reason,
    string CarriedBy, Instant CarriedAt, Instant CreatedAt);
