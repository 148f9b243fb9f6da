using System.Text;
using System.Text.RegularExpressions;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>The addresses of the API, and the way of every call: its key, its faults, its idempotency key, its effect.</summary>
internal sealed partial class StripeApi(StripeSandbox sandbox)
{
    /// <summary>The version that took payment_method_types away.</summary>
    private const string Endive = "2026-09-30";

    private const string OfOldVersions = "payment_method_types";
    private const string OfNewVersions = "allowed_payment_method_types";

    private readonly IdempotentAnswers _answers = new(sandbox);

    private readonly FaultGate _gate = new(
        new FaultWords(OnTheWire(Reply.Of(StripeError.RateLimited)), OnTheWire(Reply.Of(StripeError.Away)), OnTheWire(Reply.Of(StripeError.Refused)), OnTheWire(Reply.Of(StripeError.Broken))) { Garbage = """{"id":"cs_test_a1","obj"""u8.ToArray() },
        sandbox.Time, () => sandbox.Stopping);

    public void Map(IEndpointRouteBuilder routes)
    {
        Post("/v1/checkout/sessions", CreateSession.Prepare);
        Get("/v1/checkout/sessions", Sessions.PrepareList);
        Get("/v1/checkout/sessions/{id}", Sessions.PrepareGet);
        Post("/v1/checkout/sessions/{id}/expire", Sessions.PrepareExpire);
        Post("/v1/payment_intents", CreateIntent.Prepare);
        Get("/v1/payment_intents", Intents.PrepareList);
        Get("/v1/payment_intents/search", Intents.PrepareSearch);
        Get("/v1/payment_intents/{id}", Intents.PrepareGet);
        Post("/v1/payment_intents/{id}/cancel", Intents.PrepareCancel);
        Post("/v1/terminal/locations", Locations.PrepareCreate);
        Get("/v1/terminal/locations/{id}", Locations.PrepareGet);
        Post("/v1/terminal/readers", Readers.PrepareRegister);
        Get("/v1/terminal/readers", Readers.PrepareList);
        Get("/v1/terminal/readers/{id}", Readers.PrepareGet);
        Post("/v1/terminal/readers/{id}/process_payment_intent", ProcessIntent.Prepare);
        Post("/v1/terminal/readers/{id}/cancel_action", Readers.PrepareCancelAction);
        Post("/v1/test_helpers/terminal/readers/{id}/present_payment_method", Readers.PreparePresent);
        Post("/v1/refunds", Refunds.PrepareCreate);
        Get("/v1/refunds", Refunds.PrepareList);
        Get("/v1/refunds/{id}", Refunds.PrepareGet);
        Get("/v1/disputes", Accounting.PrepareDisputes);
        Get("/v1/disputes/{id}", Accounting.PrepareDispute);
        Get("/v1/payouts", Accounting.PreparePayouts);
        Get("/v1/payouts/{id}", Accounting.PreparePayout);
        Get("/v1/balance_transactions", Accounting.PrepareTransactions);
        Get("/v1/balance_transactions/{id}", Accounting.PrepareTransaction);
        Get("/v1/charges/{id}", Accounting.PrepareCharge);
        routes.Map("/v1/{**rest}", http => FaultGate.Write(http, OnTheWire(Reply.Of(StripeError.NoSuchAddress))));

        void Get(string path, Func<StripeSandbox, Call, Work> prepare) => routes.MapGet(path, http => Run(http, prepare));
        void Post(string path, Func<StripeSandbox, Call, Work> prepare) => routes.MapPost(path, http => Run(http, prepare));
    }

    private async Task Run(HttpContext http, Func<StripeSandbox, Call, Work> prepare)
    {
        var text = http.Request.Method == "GET" ? http.Request.QueryString.Value?.TrimStart('?') ?? "" : Encoding.UTF8.GetString(await FaultGate.Body(http));
        if (AccountOf(http, out var refusal) is not { } account || VersionOf(http, out refusal) is not { } methodTypes || Parse(text, out refusal) is not { } tree)
        {
            await FaultGate.Write(http, OnTheWire(Reply.Of(refusal!)));
            return;
        }

        var id = http.Request.RouteValues.TryGetValue("id", out var value) ? (string)value! : "";
        var work = prepare(sandbox, new Call(account, id, new Params(tree, "", new Problems()), methodTypes));
        sandbox.Count(work.Operation);
        var faults = sandbox.Faults.Fire(work.Operation, work.Reference);
        using var key = _answers.Take(account, http, tree, faults);
        if (key.IsInUse)
        {
            await FaultGate.Write(http, OnTheWire(Reply.Of(StripeError.KeyInUse)));
            return;
        }

        if (await _gate.Stopped(http, faults)) return;
        var (reply, notices) = Do(work, faults, key);
        if (faults.Has(FaultKind.WebhookBeforeAnswer)) await notices;
        if (await _gate.Answer(http, faults, OnTheWire(reply)) && reply.Shown is { } shown) sandbox.Customer.Saw(shown);
    }

    /// <summary>What was answered before is answered again; everything else is done, and its answer kept.</summary>
    private (Reply Reply, Task Notices) Do(Work work, FiredFaults faults, IdempotentAnswers.Held key)
    {
        var reply = sandbox.Book.Do(() =>
        {
            if (key.Before() is { } before) return before;
            var made = work.Do(faults);
            key.Keep(made, faults.Of(FaultKind.ErrorAfter) is { Status: 500 } ? Reply.Of(StripeError.Broken) : made);
            return made;
        });
        return (reply, sandbox.Send(reply.Events));
    }

    /// <summary>Bearer, or Basic with the key for a name: Stripe takes both.</summary>
    private StripeAccount? AccountOf(HttpContext http, out StripeError? refusal)
    {
        var parts = http.Request.Headers.Authorization.ToString().Split(' ', 2);
        var given = parts switch
        {
            ["Bearer", var key] => key,
            ["Basic", var basic] => Decoded(basic),
            _ => null,
        };
        var account = sandbox.Accounts.FirstOrDefault(one => one.ApiKey == given);
        refusal = account is not null ? null : given is null ? StripeError.NoKey : StripeError.WrongKey;
        return account;
    }

    private static string? Decoded(string basic)
    {
        var bytes = new byte[basic.Length];
        return Convert.TryFromBase64String(basic, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(':')[0] : null;
    }

    /// <summary>Without the header the account's own version counts: the older of the two that are known here.</summary>
    private static string? VersionOf(HttpContext http, out StripeError? refusal)
    {
        var version = http.Request.Headers["Stripe-Version"].ToString();
        refusal = null;
        if (version.Length == 0) return OfOldVersions;
        if (Version().IsMatch(version)) return string.CompareOrdinal(version[..Endive.Length], Endive) >= 0 ? OfNewVersions : OfOldVersions;
        refusal = StripeError.WrongVersion;
        return null;
    }

    private static FormTree? Parse(string text, out StripeError? refusal)
    {
        var tree = FormTree.Parse(text);
        refusal = tree is null ? StripeError.Unreadable : null;
        return tree;
    }

    private static WireAnswer OnTheWire(Reply reply) => new(reply.Status, "application/json", Encoding.UTF8.GetBytes(reply.Body.ToJsonString()))
    {
        Headers = [("Request-Id", Ids.New("req_")), .. reply.Replayed ? new[] { ("Idempotent-Replayed", "true") } : []],
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(\.[a-z]+)?(; .+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Version();
}
