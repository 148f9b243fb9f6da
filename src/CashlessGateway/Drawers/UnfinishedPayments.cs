using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>
/// Payments whose outcome is still open. They hold up the close of their own session: the one in which they would be listed if
/// they were captured now. One left over from an earlier day, or carried over (未確定繰越), holds up no other.
/// </summary>
public static class UnfinishedPayments
{
    /// <summary>A place that has more than this in one day has another problem than its close.</summary>
    private const int Most = 1_000;

    private static readonly Sql OfDate = new("""
        select p.id, p.receivable, p.terminal, p.operator, p.session, p.method, p.brand, p.amount, p.created_at,
               case when exists (select 1 from carried_over c where c.municipality = p.municipality and c.payment = p.id) then 1 else 0 end as carried
        from payment p
        where p.municipality = @municipality and p.place = @place and p.captured_at is null
          and p.status in ('created', 'pending', 'cancelling', 'inDoubt') and p.created_at >= @from and p.created_at < @to
        order by p.created_at, p.id
        {{limit @most}}
        """);

    public static Task<List<UnfinishedPayment>> Of(Reader reader, SheetDay day) => reader.All<UnfinishedPayment>(OfDate, new
    {
        municipality = day.Municipality,
        place = day.Place,
        from = day.Date.Begins,
        to = day.Date.AddDays(1).Begins,
        most = (long)Most,
    });

    public static async Task<IReadOnlyList<UnfinishedPayment>> Of(Reader reader, Session session, IReadOnlyList<Session> open) =>
        Belonging(session.Id, open, await Of(reader, new SheetDay(session.Municipality, session.Place, session.Date)));

    /// <summary>By the same rule that lists a captured sum. Where it cannot tell, the last session to close answers for the payment.</summary>
    public static IReadOnlyList<UnfinishedPayment> Belonging(string session, IReadOnlyList<Session> open, IReadOnlyList<UnfinishedPayment> payments)
    {
        var choice = open.Select(each => new OpenSession { Id = each.Id, Date = each.Date, Drawer = each.Drawer, Operator = each.Operator }).ToList();
        return payments.Where(payment => payment.Carried == 0 && (payment.Session ?? DaySheet.Pick(choice, payment.Terminal, payment.Operator)?.Id) == session).ToList();
    }
}

public sealed record UnfinishedPayment
{
    public string Id { get; init; } = "";
    public string Receivable { get; init; } = "";
    public string? Terminal { get; init; }
    public string? Operator { get; init; }
    public string? Session { get; init; }
    public string Method { get; init; } = "";
    public string? Brand { get; init; }
    public Yen Amount { get; init; }
    public Instant CreatedAt { get; init; }

    /// <summary>Its session was closed without it.</summary>
    public long Carried { get; init; }

    public string PublicId => Money.PublicId.Payment + Id;
}
