using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>GET /v1/checkout/sessions/{id}, POST …/expire and GET /v1/checkout/sessions.</summary>
internal static class Sessions
{
    public static Work PrepareGet(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        return new Work(ApiOperation.GetSession, ReferenceOf(sandbox, call), faults =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            return Find(sandbox, call) is { } session && !LookUpFaults.Hide(faults, session.Created, sandbox.Time.GetUtcNow())
                ? Reply.Of(LookUpFaults.Spoil(faults, sandbox.Objects.Session(session, new Expand(call.Expand))))
                : Reply.Of(Missing(call));
        });
    }

    public static Work PrepareExpire(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        return new Work(ApiOperation.ExpireSession, ReferenceOf(sandbox, call), _ =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            if (Find(sandbox, call) is not { } session) return Reply.Of(Missing(call));
            if (session.Status(sandbox.Time.GetUtcNow()) is not "open" and var status) return Reply.Of(StripeError.NotOpen(status));
            var events = sandbox.Till.Expire(session);
            return Reply.Of(sandbox.Objects.Session(sandbox.Book.Sessions.Find(session.Id)!, new Expand(call.Expand))) with { Events = events };
        });
    }

    public static Work PrepareList(StripeSandbox sandbox, Call call)
    {
        var listing = Listing.Read(call.Form);
        var (intent, status) = (call.Form.Text("payment_intent"), call.Form.OneOf("status", "open", "complete", "expired"));
        return new Work(ApiOperation.ListSessions, null, faults =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            var now = sandbox.Time.GetUtcNow();
            var sessions = sandbox.Book.Sessions.NewestFirst().Where(session => (intent is null || session.Intent == intent) && (status is null || session.Status(now) == status));
            return listing.Page(call, "/v1/checkout/sessions", sessions, faults, now, sandbox.Objects.Session);
        });
    }

    private static SessionFact? Find(StripeSandbox sandbox, Call call) => sandbox.Book.Sessions.Find(call.Account.AccountId, call.Id);

    private static string? ReferenceOf(StripeSandbox sandbox, Call call) => sandbox.Book.Do(() => Find(sandbox, call)?.Reference);

    private static StripeError Missing(Call call) => StripeError.NotFound("checkout.session", call.Id, "session");
}
