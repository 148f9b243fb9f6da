using CashlessGateway.Jobs;

namespace CashlessGateway.Receipts;

public static class ReceiptServices
{
    public static IServiceCollection AddReceipts(this IServiceCollection services, ReceiptSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ReceiptPrinter>();
        services.AddSingleton<ReadReceiptFacts>();
        services.AddSingleton<ReceiptDesk>();
        return services.AddWork<ForgetReceiptLinks>(JobSchedule.DailyAt(new TimeOnly(3, 40), limit: 100_000));
    }
}
