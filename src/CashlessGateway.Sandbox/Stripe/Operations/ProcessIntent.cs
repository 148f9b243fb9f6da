using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>POST /v1/terminal/readers/{id}/process_payment_intent: the reader shows the amount and waits for a card.</summary>
internal static class ProcessIntent
{
    public static Work Prepare(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        var id = call.Form.RequiredText("payment_intent");
        if (call.Form.Part("process_config") is { } config)
        {
            config.Flag("enable_customer_cancellation");
            config.Flag("skip_tipping");
            config.Ignore("tipping", "allow_redisplay", "return_url");
        }

        var reference = sandbox.Book.Do(() => sandbox.Book.Intents.Find(id) is { } intent ? sandbox.ReferenceOf(intent) : null);
        return new Work(ApiOperation.ProcessIntent, reference, _ => call.Form.Finish() is { } problem ? Reply.Of(problem) : Do(sandbox, call, id));
    }

    private static Reply Do(StripeSandbox sandbox, Call call, string id)
    {
        var (book, account) = (sandbox.Book, call.Account.AccountId);
        if (book.Readers.Find(account, call.Id) is not { } reader) return Reply.Of(StripeError.NotFound("terminal.reader", call.Id, "reader"));
        if (book.Intents.Find(account, id) is not { } intent) return Reply.Of(StripeError.NotFound("payment_intent", id, "payment_intent"));
        if (intent.MethodType != "card_present") return Reply.Of(StripeError.Invalid("payment_intent", "The PaymentIntent must include card_present."));
        if (intent.Status != "requires_payment_method") return Reply.Of(StripeError.IntentInvalidState(intent.Status));
        if (reader.Offline) return Reply.Of(StripeError.ReaderOffline);
        if (reader.Action is { Status: "in_progress" } busy && book.Intents.Find(busy.Intent) is { IsOver: false }) return Reply.Of(StripeError.ReaderBusy);
        var shown = reader with { Action = new ActionFact(intent.Id, "in_progress") };
        book.Readers.Put(shown);
        // The reader has it, and only its word came too late: the documents' "false negative".
        return reader.Slow
            ? Reply.Of(StripeError.ReaderTimeout) with { Shown = intent.Id }
            : Reply.Of(sandbox.Objects.Reader(shown, new Expand(call.Expand))) with { Shown = intent.Id };
    }
}
