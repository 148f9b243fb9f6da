using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>
/// Payments whose outcome is still open. They hold up the close of their own session: the one in which they would be listed if
/// they were captured now. One left over from an earlier day holds up no later session (未確定繰越).
/// </summary>
public static class UnfinishedPayments
{
    /// <summary>A place that has more than this in one day has another problem than its close.</summary>
    private const int Most = 1_000;

    private static readonly Sql OfDate = new("""
        select id, terminal, operator, session
        from payment
        where municipality = @municipality and place = @place and captured_at is null
          and status in ('created', 'pending', 'cancelling', 'inDoubt') and created_at >= @from and created_at < @to
        order by created_at, id
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

    public static async Task<IReadOnlyList<string>> Of(Reader reader, Session session, IReadOnlyList<Session> open) =>
        Belonging(session.Id, open, await Of(reader, new SheetDay(session.Municipality, session.Place, session.Date)));

    /// <summary>By the same rule that lists a captured sum. Where it cannot tell, the last session to close answers for the payment.</summary>
    public static IReadOnlyList<string> Belonging(string session, IReadOnlyList<Session> open, IReadOnlyList<UnfinishedPayment> payments)
    {
        var choice = open.Select(each => new OpenSession { Id = each.Id, Date = each.Date, Drawer = each.Drawer, Operator = each.Operator }).ToList();
        return payments
            .Where(payment => (payment.Session ?? DaySheet.Pick(choice, payment.Terminal, payment.Operator)?.Id) == session)
            .Select(payment => PublicId.Payment + payment.Id).ToList();
    }
}

public sealed record UnfinishedPayment
{
    public string Id { get; init; } = "";
    public string? Terminal { get; init; }
    public string? Operator { get; init; }
    public string? Session { get; init; }
}
