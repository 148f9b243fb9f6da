using CashlessGateway.Money;
using CashlessGateway.Places;

namespace CashlessGateway.Routing;

/// <summary>New attempts are refused from now on; what is under way, cancels and refunds go on (mechanics 25).</summary>
/// <param name="Provider">Null for every contract.</param>
/// <param name="Method">Null for every method.</param>
/// <param name="Place">Null for every place.</param>
public sealed record StopSwitch(string Id, string? Provider, PaymentMethod? Method, string? Place, string Reason, Instant SetAt, string SetBy)
{
    public bool Stops(string provider, PaymentMethod method, string place) => (Provider is null || Provider == provider) && (Method is null || Method == method) && (Place is null || Place == place);
}

/// <summary>What a provider announced.</summary>
public sealed record MaintenanceWindow(string Id, string Provider, Instant BeginsAt, Instant EndsAt, string Words)
{
    public bool Contains(Instant now) => now >= BeginsAt && now < EndsAt;
}
