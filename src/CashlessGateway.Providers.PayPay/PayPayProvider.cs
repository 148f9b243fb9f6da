namespace CashlessGateway.Providers.PayPay;

/// <summary>One contract with PayPay. Each operation stands in a file of its own.</summary>
internal sealed class PayPayProvider : IProvider, ICanCancel, ICanVoid, ICanRefund, IReceivesWebhooks, IReadsTransactionFiles
{
    private readonly StartPayment _start;
    private readonly LookUpPayment _lookUp;
    private readonly CancelPayment _cancel;
    private readonly VoidPayment _void;
    private readonly RefundPayment _refund;
    private readonly RefundAbilities _refunds;

    public PayPayProvider(PayPaySettings settings, HttpClient http, TimeProvider time)
    {
        var api = new PayPayApi(settings, http, time);
        _lookUp = new LookUpPayment(api);
        _start = new StartPayment(api, _lookUp, time);
        _cancel = new CancelPayment(api, _lookUp, time);
        _void = new VoidPayment(api, _lookUp, time);
        _refund = new RefundPayment(api);
        _refunds = new RefundAbilities(Partial: true, settings.MaxRefundsPerPayment, Tokyo.RefundableUntil);
    }

    public ProviderAbilities Abilities { get; } = new()
    {
        // One payment above 500,000 yen fails at PayPay.
        Methods = [new MethodAbility("qr", "merchantCode", ["paypay"], 1, 500_000)],

        // "Once the cancel is accepted, a new transaction is allowed": PayPay guarantees that the money goes back.
        AcceptedCancelReturnsMoney = true,

        // A code's address is told once, in the answer to its start.
        UnshownCannotBePaid = true,

        // Counted from the end of our call, which has waited PayPay's own thirty seconds or been answered. PayPay's limit for any other
        // call is fifteen seconds; a start that is still at work after that makes a code whose address nobody has, so nobody can pay it.
        AbsentIsFinalAfter = TimeSpan.FromSeconds(15),

        // A repeated start is refused as a duplicate, and the code's address is lost.
        KeysLiveFor = TimeSpan.Zero,

        // The documents say two to three seconds, the SDKs' four to five; the rate limit is not published, so the slower.
        Pace = TimeSpan.FromSeconds(5),

        // "The read timeout of payment creation must not be below thirty seconds."
        StartLimit = TimeSpan.FromSeconds(30),

        // What PayPay gives for look-ups, deletes and cancels. It gives thirty to a refund, but that is found again by our reference.
        CallLimit = TimeSpan.FromSeconds(15),
    };

    public RefundAbilities? RefundsOf(PaidWith paidWith) => _refunds;

    public Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation) => _start.Run(order, cancellation);

    public Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation) => _lookUp.Run(payment.Reference, cancellation);

    public Task<ProviderAnswer> Cancel(PaymentCase payment, CancellationToken cancellation) => _cancel.Run(payment, cancellation);

    public DateTimeOffset VoidableUntil(DateTimeOffset capturedAt) => Tokyo.VoidableUntil(capturedAt);

    public Task<RefundAnswer> Void(RefundOrder order, CancellationToken cancellation) => _void.Run(order, cancellation);

    public Task<RefundAnswer> Refund(RefundOrder order, CancellationToken cancellation) => _refund.Run(order, cancellation);

    public Task<RefundAnswer> LookUpRefund(RefundOrder order, CancellationToken cancellation) => _refund.LookUp(order, cancellation);

    public WebhookNotice Read(WebhookPost post) => Notice.Read(post);

    public IReadOnlyList<ListedPayment> ReadTransactions(Stream file) => TransactionFile.Read(file);
}
