using CashlessGateway.Providers.Tests.Kit;
using Matomete;

namespace CashlessGateway.Samples.Tests.Matomete;

/// <summary>Answers that are well formed and still settle nothing.</summary>
public sealed class DoubtTests : IAsyncLifetime
{
    private static readonly RefundOrder Order = new("rf_1", MatometeWorld.Reference, MatometeSays.ChargeId, 100, 300, "refund");

    private readonly HttpClient _http = ProviderKit.NewHttp();
    private readonly KitTime _time = new();
    private StubServer _stub = null!;
    private IProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _stub = await StubServer.Open();
        _provider = new MatometePlugin().Open(new ProviderSetup("matomete-main", MatometeWorld.Settings(_stub.Address), _http, _time, Sandbox: true));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stub.DisposeAsync();
    }

    [Theory]
    [InlineData(409, "idempotency_mismatch")]
    [InlineData(409, "order_in_progress")]
    [InlineData(404, "no_such_word")]
    public async Task A_start_that_may_have_been_there_before_is_not_refused(int status, string code)
    {
        _stub.Answer(MatometeSays.Refused(status, code));

        Assert.IsType<ProviderAnswer.Unknown>(await Start());
    }

    [Fact]
    public async Task An_answer_about_another_order_is_not_believed()
    {
        _stub.Answer(MatometeSays.Charge("pay_another", "captured", at: _time.GetUtcNow()));

        Assert.IsType<ProviderAnswer.Unknown>(await Start());
    }

    [Fact]
    public async Task A_capture_without_a_time_is_not_guessed()
    {
        _stub.Answer(MatometeSays.Charge(MatometeWorld.Reference, "captured"));

        Assert.IsType<ProviderAnswer.Unknown>(await Start());
    }

    [Fact]
    public async Task A_capture_by_an_app_that_is_not_known_here_is_a_capture_all_the_same()
    {
        _stub.Answer(MatometeSays.Charge(MatometeWorld.Reference, "captured", at: _time.GetUtcNow(), brand: "SUIKAPAY"));

        Assert.Null(Assert.IsType<ProviderAnswer.Captured>(await Start()).Brand);
        Assert.Equal((false, 1), ((ICanRefund)_provider).RefundsOf(new PaidWith("qr", null)) is { } rule ? (rule.Partial, rule.MostPerPayment) : default);
    }

    [Fact]
    public async Task A_cancel_after_which_it_still_waits_is_none()
    {
        _stub.Answer(MatometeSays.Charge(MatometeWorld.Reference, "waiting"));

        Assert.IsType<ProviderAnswer.Unknown>(await ((ICanCancel)_provider).Cancel(new PaymentCase(MatometeWorld.Reference, 300, "qr", "customerCode"), CancellationToken.None));
    }

    /// <summary>The repeat of a refund whose answer was lost may be refused because the first one took all that was left.</summary>
    [Fact]
    public async Task A_refused_refund_that_was_done_before_is_done()
    {
        _stub.Answer(request => request.Method == "POST" ? MatometeSays.Refused(422, "refund_amount") : MatometeSays.Refund("rf_1", "done", 100));
        Assert.IsType<RefundAnswer.Succeeded>(await Refund());

        _stub.Answer(request => request.Method == "POST" ? MatometeSays.Refused(422, "refund_amount") : StubAnswer.Html(502));
        Assert.IsType<RefundAnswer.Unknown>(await Refund());

        _stub.Answer(request => MatometeSays.Refused(request.Method == "POST" ? 422 : 404, request.Method == "POST" ? "refund_amount" : "refund_not_found"));
        Assert.Equal("refund-amount", Assert.IsType<RefundAnswer.Failed>(await Refund()).Code);
    }

    [Fact]
    public async Task A_refund_that_had_to_wait_may_go_again()
    {
        _stub.Answer(request => MatometeSays.Refused(request.Method == "POST" ? 429 : 404, request.Method == "POST" ? "rate_limited" : "refund_not_found"));

        Assert.IsType<RefundAnswer.Absent>(await Refund());
    }

    [Theory]
    [InlineData("rf_another", 100)]
    [InlineData("rf_1", 101)]
    public async Task An_answer_about_another_refund_is_not_believed(string refund, long amount)
    {
        _stub.Answer(MatometeSays.Refund(refund, "done", amount));

        Assert.IsType<RefundAnswer.Unknown>(await Refund());
    }

    private Task<ProviderAnswer> Start() => _provider.Start(MatometeWorld.Order(_time, MatometeWorld.SomeCode), CancellationToken.None);

    private Task<RefundAnswer> Refund() => ((ICanRefund)_provider).Refund(Order, CancellationToken.None);
}
