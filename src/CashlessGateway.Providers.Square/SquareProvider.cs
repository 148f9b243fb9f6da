namespace CashlessGateway.Providers.Square;

/// <summary>One contract with Square. Each operation stands in a file of its own.</summary>
internal sealed class SquareProvider : IProvider, ICanCancel, ICanRefund, IReceivesWebhooks, IPairsDevices, IListsPayments, IReadsSettlements
{
    private readonly StartPayment _start;
    private readonly LookUpPayment _lookUp;
    private readonly CancelPayment _cancel;
    private readonly RefundPayment _refund;
    private readonly PairDevice _pair;
    private readonly ListPayments _list;
    private readonly ReadPayouts _payouts;
    private readonly Notice _notice;

    public SquareProvider(SquareSettings settings, HttpClient http, TimeProvider time)
    {
        var api = new SquareApi(settings, http);
        var location = new LocationCheck(api, settings);
        var checkouts = new FindCheckouts(api);
        _lookUp = new LookUpPayment(checkouts, new FindPayments(api, settings), location);
        _start = new StartPayment(api, _lookUp, settings, time);
        _cancel = new CancelPayment(api, checkouts, _lookUp, time);
        _refund = new RefundPayment(api, time);
        _pair = new PairDevice(api, settings);
        _list = new ListPayments(api, settings, location);
        _payouts = new ReadPayouts(api, settings, location);
        _notice = new Notice(settings);
        Abilities = new ProviderAbilities
        {
            Methods = PaymentTypes.Abilities(settings.Payments),

            // Square's own clients give up a request after sixty seconds. A checkout that was made that late stands in the search at once,
            // and on the Terminal for five minutes more; twice the sixty is enough to see it, and the gateway watches for a day.
            AbsentIsFinalAfter = TimeSpan.FromMinutes(2),

            // Square does not publish how long it keeps keys; its people speak of repeats within the same sale.
            KeysLiveFor = RefundPayment.KeysLiveFor,

            // The rate limit is not published either. A person stands at the Terminal, and notices come between two questions.
            Pace = TimeSpan.FromSeconds(3),

            // Square documents none; half of what its own clients wait. What arrives later is found by the search.
            StartLimit = TimeSpan.FromSeconds(30),

            // A look-up is up to five calls, one after the other; each takes well below a second.
            CallLimit = TimeSpan.FromSeconds(20),

            // The deadline ends what nobody has begun to pay: who has begun in its last second confirms in an app, or tries a second card.
            ExpiryGrace = TimeSpan.FromMinutes(1),
        };
    }

    public ProviderAbilities Abilities { get; }

    public RefundAbilities? RefundsOf(PaidWith paidWith) => RefundRules.Of(paidWith);

    public Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation) => _start.Run(order, cancellation);

    public Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation) => _lookUp.Run(payment, cancellation);

    public Task<ProviderAnswer> Cancel(PaymentCase payment, CancellationToken cancellation) => _cancel.Run(payment, cancellation);

    public Task<RefundAnswer> Refund(RefundOrder order, CancellationToken cancellation) => _refund.Run(order, cancellation);

    public Task<RefundAnswer> LookUpRefund(RefundOrder order, CancellationToken cancellation) => _refund.LookUp(order, cancellation);

    public bool Signed => true;

    public WebhookNotice Read(WebhookPost post) => _notice.Read(post);

    public Task<PairingAnswer> Pair(PairingOrder order, CancellationToken cancellation) => _pair.Run(order, cancellation);

    public Task<PairingAnswer> LookUpPairing(string pairing, CancellationToken cancellation) => _pair.LookUp(pairing, cancellation);

    public IAsyncEnumerable<ListedPayment> ListSince(DateTimeOffset since, CancellationToken cancellation) => _list.Since(since, cancellation);

    public IAsyncEnumerable<Payout> PayoutsSince(DateTimeOffset since, CancellationToken cancellation) => _payouts.Since(since, cancellation);

    public IAsyncEnumerable<SettlementLine> LinesOf(string payout, CancellationToken cancellation) => _payouts.LinesOf(payout, cancellation);
}
