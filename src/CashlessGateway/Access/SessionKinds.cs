using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access;

/// <summary>Whoever has only a counter's roles today keeps a session for a whole shift; any other role ends it after half an hour of nothing.</summary>
public sealed class SessionKinds(Database database, Clock clock)
{
    public static bool IsOfCounters(Role role) => role is Role.Clerk or Role.CounterManager;

    public async Task<SessionKind> Of(string municipality, string person)
    {
        var (grants, today) = (await database.Read(reader => RoleStore.OfPerson(reader, municipality, person)), clock.Today());
        return grants.Where(grant => grant.HoldsOn(today)).All(static grant => IsOfCounters(grant.Role)) ? SessionKind.Counter : SessionKind.Office;
    }
}
