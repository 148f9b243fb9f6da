using System.Text.RegularExpressions;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>GET /v1/payment_intents/{id}, POST …/cancel, GET /v1/payment_intents and …/search.</summary>
internal static partial class Intents
{
    public static Work PrepareGet(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand", "client_secret");
        return new Work(ApiOperation.GetPayment, ReferenceOf(sandbox, call), faults =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            return Find(sandbox, call) is { } intent && !LookUpFaults.Hide(faults, intent.Created, sandbox.Time.GetUtcNow())
                ? Reply.Of(LookUpFaults.Spoil(faults, sandbox.Objects.Intent(intent, new Expand(call.Expand))))
                : Reply.Of(Missing(call));
        });
    }

    public static Work PrepareCancel(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        var reason = call.Form.OneOf("cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned");
        return new Work(ApiOperation.Cancel, ReferenceOf(sandbox, call), _ =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            if (Find(sandbox, call) is not { } intent) return Reply.Of(Missing(call));
            // The payment of a page ends with its page only.
            if (intent.IsOver || sandbox.Book.Sessions.Find(intent.Session) is { Expired: false }) return Reply.Of(StripeError.UnexpectedState(intent.Status));
            var events = sandbox.Till.Cancel(intent, reason);
            return Reply.Of(sandbox.Objects.Intent(sandbox.Book.Intents.Find(intent.Id)!, new Expand(call.Expand))) with { Events = events };
        });
    }

    public static Work PrepareList(StripeSandbox sandbox, Call call)
    {
        var listing = Listing.Read(call.Form);
        call.Form.Ignore("customer");
        return new Work(ApiOperation.ListPayments, null, faults => call.Form.Finish() is { } problem
            ? Reply.Of(problem)
            : listing.Page(call, "/v1/payment_intents", sandbox.Book.Intents.NewestFirst(), faults, sandbox.Time.GetUtcNow(), sandbox.Objects.Intent));
    }

    /// <summary>Only one kind of question: metadata['name']:'value'. It lags behind, as the real one does.</summary>
    public static Work PrepareSearch(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand", "page");
        var limit = call.Form.Whole("limit") ?? 10;
        var asked = Question().Match(call.Form.RequiredText("query"));
        if (!asked.Success) call.Form.Wrong(StripeError.Invalid("query", "We were unable to parse your search query."));
        var (name, value) = (asked.Groups["name"].Value, asked.Groups["value"].Value);
        return new Work(ApiOperation.SearchIntents, value, faults =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            var now = sandbox.Time.GetUtcNow();
            var hits = sandbox.Book.Intents.NewestFirst()
                .Where(intent => intent.Account == call.Account.AccountId && intent.Metadata.GetValueOrDefault(name) == value && intent.Created + sandbox.Terms.SearchDelay <= now && !LookUpFaults.Hide(faults, intent.Created, now))
                .Take((int)Math.Clamp(limit, 1, 100));
            var body = Objects.List("/v1/payment_intents/search", hits.Select(intent => sandbox.Objects.Intent(intent, new Expand(call.Expand).Into("data"))), more: false);
            body["object"] = "search_result";
            return Reply.Of(LookUpFaults.Spoil(faults, body));
        });
    }

    [GeneratedRegex("""^\s*metadata\[["'](?<name>[A-Za-z0-9_]+)["']\]\s*:\s*["'](?<value>[A-Za-z0-9_-]+)["']\s*$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Question();

    private static IntentFact? Find(StripeSandbox sandbox, Call call) => sandbox.Book.Intents.Find(call.Account.AccountId, call.Id);

    private static string? ReferenceOf(StripeSandbox sandbox, Call call) => sandbox.Book.Do(() => Find(sandbox, call) is { } intent ? sandbox.ReferenceOf(intent) : null);

    private static StripeError Missing(Call call) => StripeError.NotFound("payment_intent", call.Id, "intent");
}
