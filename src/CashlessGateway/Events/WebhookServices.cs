using CashlessGateway.Jobs;

namespace CashlessGateway.Events;

/// <summary>Events out: its parts and its two jobs.</summary>
public static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(new WebhookTarget(settings.LocalWebhooks));
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<FanOut>();
        services.AddSingleton<Courier>();
        services.AddSingleton<WebhookBacklog>();
        // Two seconds are soon enough for a booking system and cost one look at an empty table; 10,000 events are far more than come in that time.
        services.AddWork<DeliverWebhooks>(JobSchedule.Every(TimeSpan.FromSeconds(2), limit: 10_000));
        // A million deliveries a day can end; this many are forgotten in one.
        services.AddWork<ForgetWebhooks>(JobSchedule.Every(TimeSpan.FromMinutes(10), limit: 10_000));
        return services;
    }
}
