using CashlessGateway.Providers;

namespace Matomete;

/// <summary>One contract with Matomete. Each operation stands in a file of its own.</summary>
internal sealed class MatometeProvider(MatometeSettings settings, HttpClient http) : IProvider, ICanCancel, ICanRefund, IReceivesWebhooks, IListsPayments
{
    private readonly MatometeApi _api = new(settings, http);

    public ProviderAbilities Abilities { get; } = new()
    {
        Methods = [new MethodAbility("qr", "customerCode", [.. Brand.All.Select(static brand => brand.Name)], 1, 500_000)],

        // An order is refused 60 seconds after its requestedAt by Matomete's clock, which may differ from ours by 30 (its documents, "Orders").
        AbsentIsFinalAfter = TimeSpan.FromSeconds(90),

        // A repeat would have to bring the customer's code again, and nobody keeps that.
        KeysLiveFor = TimeSpan.Zero,

        // "Not more than once in two seconds per order."
        Pace = TimeSpan.FromSeconds(2),

        // Matomete waits up to 20 seconds for the app's company behind it.
        StartLimit = TimeSpan.FromSeconds(30),

        CallLimit = TimeSpan.FromSeconds(10),
    };

    public Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation) => StartCharge.Run(_api, order, cancellation);

    public Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation) => LookUpCharge.Run(_api, payment.Reference, cancellation);

    public Task<ProviderAnswer> Cancel(PaymentCase payment, CancellationToken cancellation) => CancelCharge.Run(_api, payment.Reference, cancellation);

    public RefundAbilities? RefundsOf(PaidWith paidWith) => Brand.RefundsOf(paidWith.Brand);

    public Task<RefundAnswer> Refund(RefundOrder order, CancellationToken cancellation) => RefundCharge.Run(_api, order, cancellation);

    public Task<RefundAnswer> LookUpRefund(RefundOrder order, CancellationToken cancellation) => RefundCharge.LookUp(_api, order, cancellation);

    public WebhookNotice Read(WebhookPost post) => Notice.Read(post, settings.NoticeSecret);

    public IAsyncEnumerable<ListedPayment> ListSince(DateTimeOffset since, CancellationToken cancellation) => ListCharges.Since(_api, since, cancellation);
}
