using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>POST /v1/refunds, GET /v1/refunds/{id} and GET /v1/refunds.</summary>
internal static class Refunds
{
    public static Work PrepareCreate(StripeSandbox sandbox, Call call)
    {
        var form = call.Form;
        form.Ignore("expand", "instructions_email");
        var (intent, charge) = (form.Text("payment_intent"), form.Text("charge"));
        if (intent is null && charge is null) form.Wrong(StripeError.Missing("payment_intent"));
        var (amount, reason, metadata) = (form.Whole("amount"), form.OneOf("reason", "duplicate", "fraudulent", "requested_by_customer"), form.Metadata());
        if (amount <= 0) form.Wrong(StripeError.InvalidInteger("amount", "must be greater than zero"));
        return new Work(ApiOperation.Refund, sandbox.Book.Do(() => sandbox.ReferenceOf(sandbox.Book.Intents.Find(intent))), faults =>
        {
            if (form.Finish() is { } problem) return Reply.Of(problem);
            var book = sandbox.Book;
            var paid = intent is null ? book.Charges.Find(call.Account.AccountId, charge) : book.Charges.Find(book.Intents.Find(call.Account.AccountId, intent)?.Charge);
            if (paid is null && book.Intents.Find(call.Account.AccountId, intent) is null)
                return Reply.Of(intent is null ? StripeError.NotFound("charge", charge!, "charge") : StripeError.NotFound("payment_intent", intent, "payment_intent"));
            return paid is not { Paid: true } ? Reply.Of(StripeError.NotPaid) : Do(sandbox, call, paid, amount, metadata, reason, faults);
        });
    }

    public static Work PrepareGet(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        return new Work(ApiOperation.GetRefund, null, faults => call.Form.Finish() is { } problem ? Reply.Of(problem)
            : sandbox.Book.Refunds.Find(call.Account.AccountId, call.Id) is { } refund && !LookUpFaults.Hide(faults, refund.Created, sandbox.Time.GetUtcNow()) ? Reply.Of(LookUpFaults.Spoil(faults, sandbox.Objects.Refund(refund, new Expand(call.Expand))))
            : Reply.Of(StripeError.NotFound("refund", call.Id, "refund")));
    }

    public static Work PrepareList(StripeSandbox sandbox, Call call)
    {
        var listing = Listing.Read(call.Form);
        var (intent, charge) = (call.Form.Text("payment_intent"), call.Form.Text("charge"));
        return new Work(ApiOperation.ListRefunds, sandbox.Book.Do(() => sandbox.ReferenceOf(sandbox.Book.Intents.Find(intent))), faults =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            if (intent is not null && sandbox.Book.Intents.Find(call.Account.AccountId, intent) is null) return Reply.Of(StripeError.NotFound("payment_intent", intent, "payment_intent"));
            var refunds = sandbox.Book.Refunds.NewestFirst().Where(refund => (intent is null || refund.Intent == intent) && (charge is null || refund.Charge == charge));
            return listing.Page(call, "/v1/refunds", refunds, faults, sandbox.Time.GetUtcNow(), sandbox.Objects.Refund);
        });
    }

    private static Reply Do(StripeSandbox sandbox, Call call, ChargeFact charge, long? amount, Dictionary<string, string> metadata, string? reason, FiredFaults faults)
    {
        var left = charge.Amount - sandbox.Book.RefundedOf(charge.Id);
        if (sandbox.Book.Disputes.OldestFirst().Any(dispute => dispute.Charge == charge.Id && dispute.Status != "won")) return Reply.Of(StripeError.IsDisputed);
        if (left == 0) return Reply.Of(StripeError.AlreadyRefunded);
        if ((amount ?? left) > left) return Reply.Of(StripeError.RefundTooLarge);
        var wanted = new RefundFact(Ids.New("re_"), charge.Account, sandbox.Time.GetUtcNow(), amount ?? left, charge.Id, charge.Intent) { Metadata = metadata, Reason = reason };
        var (refund, events) = sandbox.Till.GiveBack(wanted);
        return Reply.Of(LookUpFaults.Spoil(faults, sandbox.Objects.Refund(refund, new Expand(call.Expand)))) with { Events = events };
    }
}
