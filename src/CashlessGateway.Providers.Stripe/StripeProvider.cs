namespace CashlessGateway.Providers.Stripe;

/// <summary>One contract with Stripe. Each operation stands in a file of its own.</summary>
internal sealed class StripeProvider : IProvider, ICanCancel, ICanRefund, IReceivesWebhooks, IListsPayments, IReadsSettlements, IListsDisputes, IPairsDevices
{
    private static readonly string[] Brands = ["visa", "mastercard", "jcb", "amex", "diners", "discover"];

    private readonly StripeSettings _settings;
    private readonly StartOnline _startOnline;
    private readonly StartAtReader _startAtReader;
    private readonly LookUpPayment _lookUp;
    private readonly CancelPayment _cancel;
    private readonly RefundPayment _refund;
    private readonly ListPayments _payments;
    private readonly ReadSettlements _settlements;
    private readonly ListDisputes _disputes;
    private readonly PairReader _pair;
    private readonly RefundAbilities _refunds;

    public StripeProvider(StripeSettings settings, HttpClient http, TimeProvider time)
    {
        _settings = settings;
        var api = new StripeClient(settings, http, time);
        var (find, end) = (new FindPayment(api), new EndIntent(api));
        _lookUp = new LookUpPayment(api, find, end, time);
        _startOnline = new StartOnline(api, settings, _lookUp, time);
        _startAtReader = new StartAtReader(api, settings, _lookUp, end, time);
        _cancel = new CancelPayment(api, find, _lookUp, end, time);
        _refund = new RefundPayment(api, time);
        _payments = new ListPayments(api);
        _settlements = new ReadSettlements(api);
        _disputes = new ListDisputes(api);
        _pair = new PairReader(api, settings);

        // Stripe takes refunds until the whole charge is given back, in as many parts as it has yen; a payment with more than fifty is a
        // mistake that somebody should look at.
        _refunds = new RefundAbilities(Partial: true, 50, captured => captured.AddDays(settings.RefundDays));
        Abilities = new ProviderAbilities
        {
            Methods = [.. Ways(settings)],

            // A start that never reached Stripe's list within this was not executed: Stripe's own libraries give a request eighty seconds.
            // Should one come into being even later, its page was shown to nobody and its payment was handed to no reader, since both
            // need the answer that never came.
            AbsentIsFinalAfter = TimeSpan.FromSeconds(90),

            // Stripe keeps keys for at least a day; here a start is repeated only as long as one short list finds all that came of it.
            KeysLiveFor = OrderTime.StartWithin,

            // 100 requests a second live, 25 in a sandbox and for each kind of request; fifty unfinished payments then take two thirds of it.
            Pace = TimeSpan.FromSeconds(3),

            // What Stripe's own libraries wait for an answer.
            StartLimit = TimeSpan.FromSeconds(80),

            // A cancel at a reader takes up to four requests.
            CallLimit = TimeSpan.FromSeconds(30),
        };
    }

    public ProviderAbilities Abilities { get; }

    public RefundAbilities? RefundsOf(PaidWith paidWith) => _refunds;

    public async Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation)
    {
        if (Abilities.Methods.FirstOrDefault(way => way.Method == order.Method && way.Presentation == order.Presentation) is not { } way)
            return new ProviderAnswer.Declined("method-not-offered", "Stripe is paid here by card only, on its own page or at a reader that is set up");

        if (order.Amount < way.LowestAmount || order.Amount > way.HighestAmount)
            return new ProviderAnswer.Declined(Refusal.AmountNotAllowed.Code(), "Stripe does not take this amount");

        return way.Presentation == "online" ? await _startOnline.Run(order, cancellation) : await _startAtReader.Run(order, cancellation);
    }

    public Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation) => _lookUp.Run(payment, cancellation);

    public Task<ProviderAnswer> Cancel(PaymentCase payment, CancellationToken cancellation) => _cancel.Run(payment, cancellation);

    public Task<RefundAnswer> Refund(RefundOrder order, CancellationToken cancellation) => _refund.Run(order, cancellation);

    public Task<RefundAnswer> LookUpRefund(RefundOrder order, CancellationToken cancellation) => _refund.LookUp(order, cancellation);

    public bool Signed => true;

    public WebhookNotice Read(WebhookPost post) => Notice.Read(post, _settings.WebhookSecret);

    public IAsyncEnumerable<ListedPayment> ListSince(DateTimeOffset since, CancellationToken cancellation) => _payments.Run(since, cancellation);

    public IAsyncEnumerable<Payout> PayoutsSince(DateTimeOffset since, CancellationToken cancellation) => _settlements.Payouts(since, cancellation);

    public IAsyncEnumerable<SettlementLine> LinesOf(string payout, CancellationToken cancellation) => _settlements.Lines(payout, cancellation);

    public IAsyncEnumerable<Dispute> DisputesSince(DateTimeOffset since, CancellationToken cancellation) => _disputes.Run(since, cancellation);

    public Task<PairingAnswer> Pair(PairingOrder order, CancellationToken cancellation) => _pair.Run(order, cancellation);

    /// <summary>A reader is known with the answer to its pairing, or not at all.</summary>
    public Task<PairingAnswer> LookUpPairing(string pairing, CancellationToken cancellation) =>
        Task.FromResult<PairingAnswer>(new PairingAnswer.Refused("no-such-pairing", "Stripe has no pairing that waits; pair again with the code on the reader"));

    private static IEnumerable<MethodAbility> Ways(StripeSettings settings)
    {
        yield return new MethodAbility("card", "online", Brands, settings.MinimumAmount, StripeSettings.HighestAmount);
        if (settings.Terminal)
            yield return new MethodAbility("card", "terminal", Brands, settings.MinimumAmount, StripeSettings.HighestAmount);
    }
}
