namespace CashlessGateway.Counter;

/// <summary>What the counter's pages need.</summary>
internal static class CounterServices
{
    public static IServiceCollection AddCounter(this IServiceCollection services)
    {
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<TillStore>();
        services.AddSingleton<TillReader>();
        services.AddSingleton<TillDesk>();
        return services;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        TillEvents.Map(routes);
        CounterReceipts.Map(routes);
    }
}
