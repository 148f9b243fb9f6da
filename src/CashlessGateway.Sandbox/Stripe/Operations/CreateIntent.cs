using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>POST /v1/payment_intents.</summary>
internal static class CreateIntent
{
    public static Work Prepare(StripeSandbox sandbox, Call call)
    {
        var form = call.Form;
        form.Ignore("expand", "receipt_email", "statement_descriptor", "statement_descriptor_suffix", "payment_method_options", "confirmation_method");
        var amount = form.RequiredWhole("amount");
        if (form.Has("amount") && form.Problem is null && Amounts.Problem(amount, "amount") is { } wrong) form.Wrong(wrong);
        if (!form.RequiredText("currency").Equals("jpy", StringComparison.OrdinalIgnoreCase)) form.Wrong(StripeError.Invalid("currency", "Invalid currency"));
        form.OneOf("capture_method", "automatic", "automatic_async");
        var types = form.Texts(call.MethodTypes);
        foreach (var type in types.Where(type => type is not ("card" or "card_present"))) form.Wrong(StripeError.Invalid(call.MethodTypes, $"The payment method type {type} is not activated"));
        form.Part("automatic_payment_methods")?.Flag("enabled");
        var intent = new IntentFact(Ids.New("pi_"), call.Account.AccountId, sandbox.Time.GetUtcNow(), amount, "requires_payment_method")
        {
            Metadata = form.Metadata(),
            Description = form.Text("description"),
            MethodType = types.Contains("card_present") ? "card_present" : "card",
        };
        return new Work(ApiOperation.CreateIntent, sandbox.ReferenceOf(intent), _ =>
        {
            if (form.Finish() is { } problem) return Reply.Of(problem);
            sandbox.Book.Intents.Put(intent);
            return Reply.Of(sandbox.Objects.Intent(intent, new Expand(call.Expand)));
        });
    }
}
