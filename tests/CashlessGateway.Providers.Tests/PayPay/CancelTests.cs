using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class CancelTests
{
    private const string DeleteCode = "DELETE /v2/codes/" + PayPaySays.CodeId;
    private const string LookUp = "GET /v2/codes/payments/" + PayPayWorld.Reference;
    private const string Cancel = "DELETE /v2/payments/" + PayPayWorld.Reference;

    private static readonly ProviderAnswer ByUs = new ProviderAnswer.Cancelled(CancelledBy.Merchant);
    private static readonly StubAnswer Completed = PayPaySays.Details(PayPayWorld.Reference, "COMPLETED");
    private static readonly StubAnswer Failed = PayPaySays.Details(PayPayWorld.Reference, "FAILED");

    [Theory]
    [InlineData(200)]
    [InlineData(201)]   // as in the published example
    [InlineData(202)]   // as in the documents
    public async Task The_code_is_deleted_then_asked_about_then_the_promise_is_taken(int status)
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.CodeDeleted).OnLookUp(PayPaySays.Unpaid).OnCancel(PayPaySays.Accepted(status));

        Assert.Equal(ByUs, await world.Provider.Cancel(world.Case, world.InTime));
        Assert.Equal([DeleteCode, LookUp, Cancel], world.Asked);
    }

    [Fact]
    public async Task A_customer_who_was_faster_keeps_what_he_paid_for()
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.AlreadyPaid).OnLookUp(Completed).OnCancel(PayPaySays.CancelAccepted);

        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.Cancel(world.Case, world.InTime));
        Assert.DoesNotContain(Cancel, world.Asked);
    }

    [Fact]
    public async Task Without_an_id_of_the_code_the_customer_can_be_faster_too()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(Completed).OnCancel(PayPaySays.CancelAccepted);

        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
        Assert.Equal([LookUp], world.Asked);
    }

    [Fact]
    public async Task A_completed_payment_whose_figures_cannot_be_read_is_not_cancelled()
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.CodeNotFound).OnLookUp(PayPaySays.Success("""{"status":"COMPLETED"}""")).OnCancel(PayPaySays.CancelAccepted);

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.Case, world.InTime));
        Assert.DoesNotContain(Cancel, world.Asked);
    }

    [Fact]
    public async Task A_paid_code_whose_payment_does_not_show_yet_stays_in_doubt()
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.AlreadyPaid).OnLookUp(PayPaySays.Unpaid).OnCancel(PayPaySays.CancelAccepted);

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.Case, world.InTime));
        Assert.DoesNotContain(Cancel, world.Asked);
    }

    [Fact]
    public async Task A_code_paid_once_and_taken_back_since_is_cancelled()
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.AlreadyPaid).OnLookUp(Failed);

        Assert.Equal(ByUs, await world.Provider.Cancel(world.Case, world.InTime));
    }

    [Fact]
    public async Task A_payment_that_was_begun_without_an_answer_is_cancelled_by_our_reference()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid).OnCancel(PayPaySays.CancelAccepted);

        Assert.Equal(ByUs, await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
        Assert.Equal([LookUp, Cancel], world.Asked);
    }

    public static TheoryData<string, StubAnswer> DoubtfulDeletions => new()
    {
        { "gone", PayPaySays.CodeNotFound },
        { "rate", PayPaySays.RateLimit },
        { "page", StubAnswer.Html(502) },
        { "cut", new StubAnswer.HangUp() },
    };

    [Theory]
    [MemberData(nameof(DoubtfulDeletions))]
    public async Task A_deletion_in_doubt_does_not_hold_up_the_promise(string why, StubAnswer deletion)
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(deletion).OnLookUp(PayPaySays.Unpaid).OnCancel(PayPaySays.CancelAccepted);

        Assert.True(await world.Provider.Cancel(world.Case, world.InTime) is ProviderAnswer.Cancelled, why);
    }

    [Fact]
    public async Task A_silent_deletion_and_a_silent_look_up_leave_time_for_the_promise()
    {
        await using var world = await PayPayWorld.Open();
        var silence = new StubAnswer.Silence(() => world.Time.Advance(TimeSpan.FromSeconds(4)));
        world.OnDelete(silence).OnLookUp(silence).OnCancel(PayPaySays.CancelAccepted);
        var began = world.Time.GetUtcNow();

        Assert.Equal(ByUs, await world.Provider.Cancel(world.Case, world.InTime));
        Assert.True(world.Time.GetUtcNow() - began < world.Provider.Abilities.CallLimit);
    }

    [Fact]
    public async Task A_deletion_alone_cancels_nothing()
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.CodeDeleted).OnLookUp(StubAnswer.Html(503)).OnCancel(StubAnswer.Html(503));

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.Case, world.InTime));
    }

    [Fact]
    public async Task A_refused_promise_after_a_deletion_is_cancelled_when_the_code_shows_unpaid()
    {
        foreach (var after in new[] { PayPaySays.Unpaid, PayPaySays.PaymentNotFound })
        {
            await using var world = await PayPayWorld.Open();
            world.OnDelete(PayPaySays.CodeDeleted).OnLookUp(PayPaySays.Unpaid, after).OnCancel(PayPaySays.NotReversible);

            Assert.Equal(ByUs, await world.Provider.Cancel(world.Case, world.InTime));
        }
    }

    [Fact]
    public async Task A_refused_promise_without_a_deletion_stays_in_doubt_while_the_code_can_be_paid()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid).OnCancel(PayPaySays.NotReversible);

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
    }

    [Fact]
    public async Task What_PayPay_does_not_know_at_all_is_absent_and_only_time_makes_it_the_end()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.PaymentNotFound).OnCancel(PayPaySays.Error(404, "RESOURCE_NOT_FOUND", "00200001"));

        Assert.IsType<ProviderAnswer.Absent>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
    }

    [Fact]
    public async Task An_authorization_is_not_cancelled_by_the_deletion_of_its_code()
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.CodeDeleted).OnLookUp(PayPaySays.Details(PayPayWorld.Reference, "AUTHORIZED")).OnCancel(PayPaySays.NotReversible);

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.Case, world.InTime));
    }

    [Fact]
    public async Task A_customer_who_pays_between_the_look_up_and_a_refused_promise_has_paid()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid, Completed).OnCancel(PayPaySays.NotReversible);

        Assert.IsType<ProviderAnswer.Captured>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
    }

    [Fact]
    public async Task A_payment_that_completes_under_a_cancel_in_doubt_is_not_booked_since_it_may_be_on_its_way_back()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid, Completed).OnCancel(StubAnswer.Html(504));

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
    }

    [Fact]
    public async Task A_cancel_in_doubt_that_shows_failed_worked()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid, Failed).OnCancel(StubAnswer.Html(504));

        Assert.Equal(ByUs, await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
    }

    [Fact]
    public async Task An_answer_that_accepts_nothing_is_no_promise()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid).OnCancel(PayPaySays.Success("null", 200));

        Assert.IsType<ProviderAnswer.Unknown>(await world.Provider.Cancel(world.CaseNeverAnswered, world.InTime));
    }

    [Fact]
    public async Task What_has_ended_already_needs_no_promise()
    {
        await using var world = await PayPayWorld.Open();
        world.OnDelete(PayPaySays.CodeNotFound).OnLookUp(Failed);

        Assert.Equal(ByUs, await world.Provider.Cancel(world.Case, world.InTime));
        Assert.Equal([DeleteCode, LookUp], world.Asked);
    }
}
