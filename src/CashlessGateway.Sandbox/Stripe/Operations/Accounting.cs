using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>GET /v1/disputes, /v1/payouts, /v1/balance_transactions and /v1/charges/{id}: what is read for the books.</summary>
internal static class Accounting
{
    public static Work PrepareDisputes(StripeSandbox sandbox, Call call)
    {
        var listing = Listing.Read(call.Form);
        var (intent, charge) = (call.Form.Text("payment_intent"), call.Form.Text("charge"));
        return new Work(ApiOperation.ListDisputes, null, faults => call.Form.Finish() is { } problem
            ? Reply.Of(problem)
            : listing.Page(call, "/v1/disputes", sandbox.Book.Disputes.NewestFirst().Where(dispute => (intent is null || dispute.Intent == intent) && (charge is null || dispute.Charge == charge)), faults, sandbox.Time.GetUtcNow(), sandbox.Objects.Dispute));
    }

    public static Work PrepareDispute(StripeSandbox sandbox, Call call) =>
        One(sandbox, call, ApiOperation.ListDisputes, "dispute", sandbox.Book.Disputes, sandbox.Objects.Dispute);

    public static Work PreparePayouts(StripeSandbox sandbox, Call call)
    {
        var listing = Listing.Read(call.Form);
        var status = call.Form.OneOf("status", "pending", "in_transit", "paid", "failed", "canceled");
        call.Form.Ignore("arrival_date", "destination");
        return new Work(ApiOperation.ListPayouts, null, faults =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            var now = sandbox.Time.GetUtcNow();
            var events = sandbox.Payday.PayDue(call.Account.AccountId);
            var payouts = sandbox.Book.Payouts.NewestFirst().Where(payout => status is null || payout.Status(now) == status);
            return listing.Page(call, "/v1/payouts", payouts, faults, now, (payout, _) => sandbox.Objects.Payout(payout)) with { Events = events };
        });
    }

    public static Work PreparePayout(StripeSandbox sandbox, Call call) =>
        One(sandbox, call, ApiOperation.ListPayouts, "payout", sandbox.Book.Payouts, (payout, _) => sandbox.Objects.Payout(payout));

    public static Work PrepareTransactions(StripeSandbox sandbox, Call call)
    {
        var listing = Listing.Read(call.Form);
        var (payout, type, source) = (call.Form.Text("payout"), call.Form.Text("type"), call.Form.Text("source"));
        call.Form.Ignore("currency");
        return new Work(ApiOperation.ListBalance, null, faults =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            var events = sandbox.Payday.PayDue(call.Account.AccountId);
            if (payout is not null && sandbox.Book.Payouts.Find(call.Account.AccountId, payout) is null) return Reply.Of(StripeError.NotFound("payout", payout, "payout"));
            var lines = sandbox.Book.Transactions.NewestFirst().Where(line => (payout is null || line.Payout == payout) && (type is null || line.Type == type) && (source is null || line.Source == source));
            return listing.Page(call, "/v1/balance_transactions", lines, faults, sandbox.Time.GetUtcNow(), sandbox.Objects.Transaction) with { Events = events };
        });
    }

    public static Work PrepareTransaction(StripeSandbox sandbox, Call call) =>
        One(sandbox, call, ApiOperation.ListBalance, "balance_transaction", sandbox.Book.Transactions, sandbox.Objects.Transaction);

    public static Work PrepareCharge(StripeSandbox sandbox, Call call) =>
        One(sandbox, call, ApiOperation.GetPayment, "charge", sandbox.Book.Charges, sandbox.Objects.Charge);

    private static Work One<T>(StripeSandbox sandbox, Call call, ApiOperation operation, string kind, Shelf<T> shelf, Func<T, Expand, System.Text.Json.Nodes.JsonObject> write) where T : class, IFact
    {
        call.Form.Ignore("expand");
        return new Work(operation, null, _ => call.Form.Finish() is { } problem ? Reply.Of(problem)
            : shelf.Find(call.Account.AccountId, call.Id) is { } fact ? Reply.Of(write(fact, new Expand(call.Expand)))
            : Reply.Of(StripeError.NotFound(kind, call.Id)));
    }
}
