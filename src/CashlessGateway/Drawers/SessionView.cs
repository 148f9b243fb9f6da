using CashlessGateway.Money;
using CashlessGateway.Places;

namespace CashlessGateway.Drawers;

/// <summary>A session as the API shows it. The difference is what was counted less what should be there.</summary>
public sealed record SessionView(
    string Id, string Place, BusinessDate Date, long Number, string Drawer, string? Operator, string State, long Sales, Yen FloatAmount, Instant OpenedAt, string OpenedBy,
    Yen? ExpectedAmount, Yen? CountedAmount, Yen? Difference, string? Reason, Instant? ClosedAt, string? ClosedBy, Instant? DueAt)
{
    /// <summary>金種 of the count that this answer is about; null where none was said.</summary>
    public IReadOnlyList<Denomination>? Denominations { get; init; }

    public static SessionView Of(Session session) => Of(session, []);

    public static SessionView Of(Session session, IReadOnlyList<Denomination> counted) => new(
        PublicId.Session + session.Id, session.Place, session.Date, session.Number, session.Drawer, session.Operator, session.State, session.Sales, session.FloatAmount,
        session.OpenedAt, session.OpenedBy, session.ExpectedAmount, session.CountedAmount, DrawerCash.Difference(session.ExpectedAmount, session.CountedAmount),
        session.Reason, session.ClosedAt, session.ClosedBy, session.DueAt)
    {
        Denominations = counted.Count == 0 ? null : counted,
    };
}
