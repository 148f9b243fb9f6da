using System.Net.Http;
using CashlessGateway.Providers.PayPay;
using CashlessGateway.Providers.Tests.Kit;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.PayPay;

/// <summary>The adapter against the sandbox: two readings of PayPay's documents, made apart from each other, have to agree.</summary>
public sealed class SandboxRoundTests : IAsyncLifetime
{
    private const string Reference = "pay_round_1";

    private readonly CancellationTokenSource _hang = new(TimeSpan.FromSeconds(60));
    private readonly HttpClient _http = ProviderKit.NewHttp();
    private readonly KitTime _time = new();
    private SandboxHost _sandbox = null!;
    private PayPayProvider _provider = null!;

    private static PaymentOrder Order(KitTime time, string reference = Reference) =>
        new(reference, 300, "qr", "merchantCode") { Description = "住民票の写し", PlaceCode = "S001", Terminal = "T01", RequestedAt = time.GetUtcNow() };

    public async ValueTask InitializeAsync()
    {
        // A clock of its own: the sandbox's limits for notices are shorter than the waits that pass at once here.
        _sandbox = await SandboxHost.Start(new SandboxOptions { Time = new ManualTime(_time.GetUtcNow()) });
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["BaseUrl"] = _sandbox.Address.AbsoluteUri,
            ["ApiKey"] = SandboxMerchant.Demo.ApiKey,
            ["ApiSecret"] = SandboxMerchant.Demo.Secret,
            ["MerchantId"] = SandboxMerchant.Demo.MerchantId,
        };
        _provider = (PayPayProvider)new PayPayPlugin().Open(new ProviderSetup("paypay-main", values, _http, _time, Sandbox: true));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
        _hang.Dispose();
    }

    [Fact]
    public async Task A_code_is_shown_paid_and_captured()
    {
        var started = Assert.IsType<ProviderAnswer.Pending>(await Start());
        Assert.Equal(new ProviderAnswer.Pending(null, null), await LookUp());

        Assert.Equal(CustomerResult.Paid, _sandbox.PayPay.Customer.Pay(started.Handle!));
        Assert.Equal(new ProviderAnswer.Captured(300, "JPY", _time.GetUtcNow(), _sandbox.PayPay.Find(Reference)!.PaymentId!), await LookUp());
    }

    [Fact]
    public async Task A_payment_that_was_never_begun_is_absent() => Assert.IsType<ProviderAnswer.Absent>(await LookUp());

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_found_and_cancelled_by_our_reference()
    {
        Fault(ApiOperation.CreateCode, FaultKind.DropAfter);
        Assert.IsType<ProviderAnswer.Unknown>(await Start());

        Assert.IsType<ProviderAnswer.Pending>(await LookUp());
        Assert.IsType<ProviderAnswer.Cancelled>(await Cancel(null));
    }

    [Fact]
    public async Task A_repeated_start_is_a_duplicate_whose_code_is_lost()
    {
        await Start();
        Assert.IsType<ProviderAnswer.Unknown>(await Start());

        _sandbox.PayPay.Customer.Pay(Reference);
        Assert.IsType<ProviderAnswer.Captured>(await Start());
    }

    [Fact]
    public async Task A_cancelled_code_cannot_be_paid()
    {
        var started = (ProviderAnswer.Pending)await Start();
        Assert.IsType<ProviderAnswer.Cancelled>(await Cancel(started.Handle));

        Assert.Equal(CustomerResult.Deleted, _sandbox.PayPay.Customer.Pay(Reference));
        Assert.Equal(0, _sandbox.PayPay.Sums().Net);
    }

    [Fact]
    public async Task A_customer_who_was_faster_than_the_cancel_has_paid()
    {
        var started = (ProviderAnswer.Pending)await Start();
        _sandbox.PayPay.Customer.Pay(Reference);

        Assert.IsType<ProviderAnswer.Captured>(await Cancel(started.Handle));
        Assert.Equal(300, _sandbox.PayPay.Sums().Net);
    }

    [Fact]
    public async Task A_payment_without_means_is_declined()
    {
        await Start();
        _sandbox.PayPay.Customer.Pay(Reference, CustomerOutcome.InsufficientFunds);

        Assert.Equal("failed", Assert.IsType<ProviderAnswer.Declined>(await LookUp()).Code);
    }

    [Fact]
    public async Task A_void_gives_the_money_back_and_may_be_repeated()
    {
        var order = await Paid("void");
        Fault(ApiOperation.Cancel, FaultKind.DropAfter);

        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Void(order, _hang.Token));
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Void(order, _hang.Token));
        Assert.Equal(0, _sandbox.PayPay.Sums().Net);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_found_and_its_repeat_is_one_refund()
    {
        var order = await Paid("refund");
        Fault(ApiOperation.Refund, FaultKind.ErrorAfter);

        Assert.IsType<RefundAnswer.Unknown>(await _provider.Refund(order, _hang.Token));
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.LookUpRefund(order, _hang.Token));
        Assert.IsType<RefundAnswer.Succeeded>(await _provider.Refund(order, _hang.Token));
        Assert.Equal(1, _sandbox.PayPay.Sums().Refunds);
    }

    [Fact]
    public async Task A_second_refund_is_one_too_many()
    {
        var order = await Paid("refund");
        await _provider.Refund(order with { Amount = 100 }, _hang.Token);

        var failed = Assert.IsType<RefundAnswer.Failed>(await _provider.Refund(order with { Reference = "ref_round_2", Amount = 100 }, _hang.Token));
        Assert.Equal("refund-limit", failed.Code);
        Assert.IsType<RefundAnswer.Absent>(await _provider.LookUpRefund(order with { Reference = "ref_round_2" }, _hang.Token));
    }

    [Fact]
    public async Task After_a_refund_the_payment_still_counts_as_captured()
    {
        await _provider.Refund(await Paid("refund"), _hang.Token);
        Assert.IsType<ProviderAnswer.Captured>(await LookUp());
    }

    [Fact]
    public async Task The_list_of_transactions_finds_what_was_paid_and_what_went_back()
    {
        var order = await Paid("refund");
        await _provider.Refund(order, _hang.Token);
        using var file = new MemoryStream(await _http.GetByteArrayAsync(new Uri(_sandbox.Address, "_transactions.csv"), _hang.Token));

        Assert.Equal(
            [(Reference, order.ProviderReference, 300L), (Reference, order.ProviderReference, -300L)],
            _provider.ReadTransactions(file).Select(payment => (payment.Reference!, payment.ProviderReference, payment.Amount)));
    }

    [Fact]
    public async Task A_notice_is_about_our_payment()
    {
        await using var gateway = await StubServer.Open();
        var posted = new TaskCompletionSource<StubRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Answer(request =>
        {
            posted.TrySetResult(request);
            return StubAnswer.Json(200, "{}");
        });
        _sandbox.PayPay.SetWebhook(gateway.Address);
        await Paid("void");

        var notice = await posted.Task.WaitAsync(_hang.Token);
        Assert.Equal(new WebhookNotice.About(Reference, $"{Reference}:COMPLETED"), _provider.Read(new WebhookPost(notice.Headers, notice.Body, _time.GetUtcNow())));
    }

    [Fact]
    public async Task Under_faults_of_every_kind_each_yen_ends_where_the_answers_say()
    {
        foreach (var kind in new[] { FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.ErrorBefore, FaultKind.ErrorAfter, FaultKind.RateLimit, FaultKind.Maintenance, FaultKind.Garbage, FaultKind.AnswerTwice, FaultKind.TransactionFailed })
            _sandbox.PayPay.Faults.Add(new FaultRule(ApiOperation.Any, kind) { Probability = 0.05 });

        var (taken, back) = (0L, 0L);
        for (var n = 0; n < 200; n++)
        {
            var end = await Carry(n);
            Assert.True(end is ProviderAnswer.Captured or ProviderAnswer.Cancelled or ProviderAnswer.Declined, $"{n}: {end}");
            if (end is not ProviderAnswer.Captured captured)
                continue;

            taken += captured.Amount;
            if (n % 4 == 0 && await GiveBack(n, captured) is RefundAnswer.Succeeded)
                back += captured.Amount;
        }

        Assert.True(taken > 0 && back > 0);
        Assert.Equal(taken - back, _sandbox.PayPay.Sums().Net);
    }

    /// <summary>One payment as a gateway carries it: half of the customers pay what they are shown, and whoever does not is cancelled.</summary>
    private async Task<ProviderAnswer> Carry(int n)
    {
        var order = Order(_time, $"pay_storm_{n}");
        var answer = await _provider.Start(order, _hang.Token);
        if (answer is ProviderAnswer.Declined)
            return answer;

        var handle = (answer as ProviderAnswer.Pending)?.Handle;
        if (handle is not null && n % 2 == 0)
            _sandbox.PayPay.Customer.Pay(handle);

        var payment = new PaymentCase(order.Reference, order.Amount, order.Method, order.Presentation) { Handle = handle };
        for (var tries = 0; tries < 50 && answer is not (ProviderAnswer.Captured or ProviderAnswer.Cancelled); tries++)
        {
            answer = await _provider.LookUp(payment, _hang.Token);
            if (answer is ProviderAnswer.Absent)
                return new ProviderAnswer.Cancelled(CancelledBy.Merchant);   // nothing is on its way any more: the start was answered or cut

            if (answer is ProviderAnswer.Pending)
                answer = await _provider.Cancel(payment, _hang.Token);
        }

        return answer;
    }

    private async Task<RefundAnswer> GiveBack(int n, ProviderAnswer.Captured captured)
    {
        var order = GivingBack("refund", $"ref_storm_{n}", $"pay_storm_{n}", captured);
        for (var tries = 0; tries < 50; tries++)
        {
            if (await _provider.Refund(order, _hang.Token) is (RefundAnswer.Succeeded or RefundAnswer.Failed) and var answer)
                return answer;
        }

        throw new InvalidOperationException($"{order.Reference} stayed in doubt.");
    }

    private async Task<RefundOrder> Paid(string way)
    {
        await Start();
        _sandbox.PayPay.Customer.Pay(Reference);
        return GivingBack(way, "ref_round_1", Reference, (ProviderAnswer.Captured)await LookUp());
    }

    private RefundOrder GivingBack(string way, string reference, string payment, ProviderAnswer.Captured captured) =>
        new(reference, payment, captured.Reference, captured.Amount, captured.Amount, way) { CapturedAt = captured.At, RequestedAt = _time.GetUtcNow() };

    private void Fault(ApiOperation operation, FaultKind kind) => _sandbox.PayPay.Faults.Add(new FaultRule(operation, kind) { Times = 1 });

    private Task<ProviderAnswer> Start() => _provider.Start(Order(_time), _hang.Token);

    private Task<ProviderAnswer> LookUp() => _provider.LookUp(new PaymentCase(Reference, 300, "qr", "merchantCode"), _hang.Token);

    private Task<ProviderAnswer> Cancel(string? handle) => _provider.Cancel(new PaymentCase(Reference, 300, "qr", "merchantCode") { Handle = handle }, _hang.Token);
}
