using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>POST /v1/checkout/sessions, of one kind: a page on which one payment in yen is made by card.</summary>
internal static class CreateSession
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    // The check is by the second, and the request was under way for some of them.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static Work Prepare(StripeSandbox sandbox, Call call)
    {
        var now = sandbox.Time.GetUtcNow();
        var (form, account) = (call.Form, call.Account.AccountId);
        form.Ignore("expand", "locale", "customer_email", "submit_type", "billing_address_collection", "phone_number_collection", "automatic_tax", "custom_text", "payment_method_options", "allow_promotion_codes", "customer_creation", "consent_collection", "after_expiration");
        if (form.RequiredText("mode") is not ("payment" or "")) form.Wrong(StripeError.Invalid("mode", "This stand-in makes sessions of the mode payment only"));
        form.OneOf("ui_mode", "hosted", "hosted_page");
        foreach (var type in form.Texts(call.MethodTypes).Where(type => type != "card")) form.Wrong(StripeError.Invalid(call.MethodTypes, $"The payment method type {type} is not activated"));
        var (amount, name) = Items(form);
        var inner = form.Part("payment_intent_data");
        inner?.OneOf("capture_method", "automatic", "automatic_async");
        inner?.Ignore("statement_descriptor", "statement_descriptor_suffix", "receipt_email", "setup_future_usage");
        var session = new SessionFact(Ids.Session(), account, now, form.Moment("expires_at") ?? now + Longest, amount, name)
        {
            Reference = form.Text("client_reference_id"),
            Metadata = form.Metadata(),
            IntentMetadata = inner?.Metadata() ?? [],
            IntentDescription = inner?.Text("description"),
            SuccessUrl = Url(form, "success_url", required: true),
            CancelUrl = Url(form, "cancel_url", required: false),
        };
        if (session.ExpiresAt < now + Shortest - Tolerance) form.Wrong(StripeError.Invalid("expires_at", "The expires_at timestamp must be at least 30 minutes from Checkout Session creation."));
        if (session.ExpiresAt > now + Longest + Tolerance) form.Wrong(StripeError.Invalid("expires_at", "The expires_at timestamp must be less than 24 hours from Checkout Session creation."));
        return new Work(ApiOperation.CreateSession, session.Reference, faults => form.Finish() is { } problem ? Reply.Of(problem) : Do(sandbox, call, session, faults));
    }

    private static (long Amount, string Name) Items(Params form)
    {
        var items = form.Parts("line_items");
        if (items.Count == 0) form.Wrong(StripeError.Missing("line_items"));
        var (sum, name) = (0L, "");
        foreach (var item in items)
        {
            var quantity = item.RequiredWhole("quantity");
            if (item.Part("price_data") is not { } price)
            {
                form.Wrong(StripeError.Missing(item.Path("price_data")));
                continue;
            }

            if (!price.RequiredText("currency").Equals("jpy", StringComparison.OrdinalIgnoreCase)) form.Wrong(StripeError.Invalid(price.Path("currency"), "Invalid currency"));
            var unit = price.RequiredWhole("unit_amount");
            if (unit < 0) form.Wrong(StripeError.InvalidInteger(price.Path("unit_amount"), "negative"));
            if (price.Part("product_data") is { } product)
            {
                product.Ignore("description", "images", "tax_code", "metadata");
                name = product.RequiredText("name");
            }
            else
            {
                form.Wrong(StripeError.Missing(price.Path("product_data")));
            }

            price.Ignore("tax_behavior");
            if (quantity is > 0 and < 1_000_000 && unit is >= 0 and <= Amounts.Highest) sum += quantity * unit;
            else form.Wrong(StripeError.TooLarge("line_items"));
        }

        if (Amounts.Problem(sum, "line_items") is { } problem) form.Wrong(problem);
        return (sum, name);
    }

    private static string? Url(Params form, string name, bool required)
    {
        var text = required ? form.RequiredText(name) : form.Text(name);
        if (text is { Length: > 0 } && !Uri.TryCreate(text, UriKind.Absolute, out _)) form.Wrong(StripeError.Invalid(name, "Not a valid URL"));
        return text;
    }

    private static Reply Do(StripeSandbox sandbox, Call call, SessionFact session, FiredFaults faults)
    {
        sandbox.Book.Sessions.Put(session);
        _ = sandbox.ExpireAtItsTime(session.Id, session.ExpiresAt - session.Created);
        var answer = Reply.Of(sandbox.Objects.Session(session, new Expand(call.Expand))) with { Shown = session.Id };
        return faults.Has(FaultKind.WebhookBeforeAnswer)
            ? answer with { Events = sandbox.Till.Take(sandbox.Till.IntentOf(session), CardFact.Visa) }
            : answer;
    }
}
