using System.Text.RegularExpressions;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Stripe.Wire;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>/v1/terminal/readers: registration, look-up, list, the end of what a reader shows, and the test helper that holds a card to it.</summary>
internal static partial class Readers
{
    public static Work PrepareRegister(StripeSandbox sandbox, Call call)
    {
        var form = call.Form;
        form.Ignore("expand");
        var (code, location, label, metadata) = (form.RequiredText("registration_code"), form.RequiredText("location"), form.Text("label"), form.Metadata());
        if (code.Length > 0 && !Code().IsMatch(code)) form.Wrong(StripeError.Invalid("registration_code", "We could not find a reader with this registration code."));
        return new Work(ApiOperation.RegisterReader, null, _ =>
        {
            if (form.Finish() is { } problem) return Reply.Of(problem);
            if (sandbox.Book.Locations.Find(call.Account.AccountId, location) is null) return Reply.Of(StripeError.NotFound("terminal.location", location, "location"));
            var reader = new ReaderFact(Ids.New("tmr_"), call.Account.AccountId, sandbox.Time.GetUtcNow(), label ?? code)
            {
                Location = location,
                DeviceType = code == "simulated-s700" ? "simulated_stripe_s700" : "simulated_wisepos_e",
                Metadata = metadata,
            };
            sandbox.Book.Readers.Put(reader);
            return Reply.Of(sandbox.Objects.Reader(reader, new Expand(call.Expand)));
        });
    }

    public static Work PrepareGet(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        return new Work(ApiOperation.GetReader, null, faults => call.Form.Finish() is { } problem ? Reply.Of(problem)
            : Find(sandbox, call) is { } reader && !LookUpFaults.Hide(faults, reader.Created, sandbox.Time.GetUtcNow()) ? Reply.Of(LookUpFaults.Spoil(faults, sandbox.Objects.Reader(reader, new Expand(call.Expand))))
            : Reply.Of(Missing(call)));
    }

    public static Work PrepareList(StripeSandbox sandbox, Call call)
    {
        var listing = Listing.Read(call.Form);
        call.Form.Ignore("location", "status", "device_type", "serial_number");
        return new Work(ApiOperation.GetReader, null, faults => call.Form.Finish() is { } problem
            ? Reply.Of(problem)
            : listing.Page(call, "/v1/terminal/readers", sandbox.Book.Readers.NewestFirst(), faults, sandbox.Time.GetUtcNow(), sandbox.Objects.Reader));
    }

    public static Work PrepareCancelAction(StripeSandbox sandbox, Call call)
    {
        call.Form.Ignore("expand");
        return new Work(ApiOperation.CancelAction, null, _ =>
        {
            if (call.Form.Finish() is { } problem) return Reply.Of(problem);
            if (Find(sandbox, call) is not { } reader) return Reply.Of(Missing(call));
            if (reader.Offline) return Reply.Of(StripeError.ReaderOffline);
            var idle = reader with { Action = null };
            sandbox.Book.Readers.Put(idle);
            return Reply.Of(sandbox.Objects.Reader(idle, new Expand(call.Expand)));
        });
    }

    /// <summary>POST /v1/test_helpers/terminal/readers/{id}/present_payment_method.</summary>
    public static Work PreparePresent(StripeSandbox sandbox, Call call)
    {
        var form = call.Form;
        form.Ignore("expand", "amount_tip");
        form.OneOf("type", "card_present", "card");
        var number = (form.Part("card_present") ?? form.Part("card"))?.Text("number");
        return new Work(ApiOperation.GetReader, null, _ =>
        {
            if (form.Finish() is { } problem) return Reply.Of(problem);
            if (Find(sandbox, call) is not { } reader) return Reply.Of(Missing(call));
            if (reader.Action is not { Status: "in_progress" }) return Reply.Of(StripeError.Invalid("reader", "The reader is not waiting for a payment method."));
            // Stripe's number for a card that is always refused.
            var outcome = number == "4000000000000002" ? StripeCustomerOutcome.Decline : StripeCustomerOutcome.Pay;
            sandbox.Customer.Pay(reader.Id, outcome);
            return Reply.Of(sandbox.Objects.Reader(sandbox.Book.Readers.Find(reader.Id)!, new Expand(call.Expand)));
        });
    }

    /// <summary>Simulated ones, or three words as a reader shows them.</summary>
    [GeneratedRegex("^(simulated-(wpe|s700|s710)|[a-z]+-[a-z]+-[a-z]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Code();

    private static ReaderFact? Find(StripeSandbox sandbox, Call call) => sandbox.Book.Readers.Find(call.Account.AccountId, call.Id);

    private static StripeError Missing(Call call) => StripeError.NotFound("terminal.reader", call.Id, "reader");
}
