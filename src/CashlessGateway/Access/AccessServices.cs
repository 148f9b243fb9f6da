using Microsoft.Extensions.DependencyInjection.Extensions;
using CashlessGateway.Access.Clients;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using CashlessGateway.Audit;
using CashlessGateway.Jobs;

namespace CashlessGateway.Access;

/// <summary>Who may do what: people, roles, four eyes, clients and keys.</summary>
public static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<StaffTrail>();
        services.TryAddSingleton<Func<string, string, Task<SessionKind>>>(static provider => provider.GetRequiredService<SessionKinds>().Of);
        services.AddSingleton<SessionKinds>();
        services.AddSingleton<ApiClients>();
        services.AddSingleton<SignedIn>();
        services.AddSingleton<RightsGate>();
        services.AddSingleton<People>();
        services.AddSingleton<ManageRoles>();
        services.AddSingleton<ManageApiClients>();
        services.AddSingleton<Proposals>();
        services.AddSingleton(static provider => RoleGrantProposal.Kind(provider.GetRequiredService<AuditTrail>()));
        services.AddSingleton(static provider => ApiKeyProposal.Kind(provider.GetRequiredService<AuditTrail>()));
        services.AddWork<ForgetSessions>(JobSchedule.DailyAt(new TimeOnly(3, 30), limit: 100_000));
        // Once an hour is soon enough for what waited thirty days.
        return services.AddWork<ExpireProposals>(JobSchedule.Every(TimeSpan.FromHours(1), limit: 500));
    }
}
