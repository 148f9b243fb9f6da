using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>POST /v2/terminals/checkouts.</summary>
internal static class CreateCheckout
{
    private const string Name = "checkout";
    private const int LongestKey = 64;
    private const int LongestReference = 40;
    private const int LongestNote = 500;
    private const int LongestId = 255;

    public static Work Prepare(SquareSandbox sandbox, Call call)
    {
        var (order, key, problem) = Read(sandbox, call);
        return new Work(ApiOperation.CreateCheckout, order?.ReferenceId, faults => order is null ? problem! : Do(sandbox, call, order, key, faults));
    }

    private static Reply Do(SquareSandbox sandbox, Call call, CheckoutRecord order, string key, FiredFaults faults)
    {
        if (!faults.Has(FaultKind.ForgetKey) && sandbox.Book.Key(Name, key) is { } first)
            return first.Request == call.Hash() ? Reply.Again(first.Answer) : SquareError.KeyReused;

        if (!sandbox.Terms.PaymentTypes.Contains(order.PaymentType)) return SquareError.NotEnabled;
        var reply = Reply.Ok(new { checkout = Views.Checkout(order, sandbox, Spoil.None) });
        sandbox.Book.Write(new StateLine { Checkout = order, Key = new KeyRecord(Name, key, call.Hash(), reply.Text) });
        var created = sandbox.Notices.Created(order);
        return reply with
        {
            Notices = faults.Has(FaultKind.WebhookBeforeAnswer) ? Task.WhenAll(created, sandbox.Customer.Act(order.Id, SquareAct.Pay).Notices) : created,
            Shown = order,
        };
    }

    private static (CheckoutRecord? Order, string Key, SquareError? Problem) Read(SquareSandbox sandbox, Call call)
    {
        if (Body.Parse(call.Bytes) is not { } body) return (null, "", SquareError.NotJson);
        var key = body.Only("idempotency_key", "checkout").Required("idempotency_key", LongestKey);
        var now = sandbox.Time.GetUtcNow();
        if (body.Part("checkout", required: true) is not { } asked) return (null, "", body.Problem);
        asked.Only(
            "amount_money", "reference_id", "note", "order_id", "payment_options", "device_options", "deadline_duration", "payment_type", "team_member_id", "customer_id",
            "app_fee_money", "statement_description_identifier", "tip_money");
        var deadline = asked.Duration("deadline_duration") ?? CheckoutRules.LongestDeadline;
        if (deadline <= TimeSpan.Zero || deadline > CheckoutRules.LongestDeadline) asked.Wrong("INVALID_VALUE", "deadline_duration", "At most five minutes.");
        var device = asked.Part("device_options", required: true);
        device?.Only("device_id", "skip_receipt_screen", "collect_signature", "tip_settings", "show_itemized_cart");
        var deviceId = device?.Required("device_id", LongestId) ?? "";
        if (deviceId.Length > 0 && sandbox.Devices().All(known => known.Id != deviceId)) device!.Wrong("INVALID_VALUE", "device_id", "The device is not paired.");
        var type = asked.OneOf(
            "payment_type", "CARD_PRESENT", "MANUAL_CARD_ENTRY", "FELICA_ID", "FELICA_QUICPAY", "FELICA_TRANSPORTATION_GROUP", "FELICA_ALL", "PAYPAY", "QR_CODE") ?? "CARD_PRESENT";
        var order = new CheckoutRecord(SquareIds.Checkout(), deviceId, type, asked.Yen("amount_money"), now)
        {
            ReferenceId = asked.Text("reference_id", LongestReference),
            Note = asked.Text("note", LongestNote),
            SkipReceiptScreen = device?.Flag("skip_receipt_screen") == true,
            Deadline = deadline,
        };
        return body.Problem is { } problem ? (null, "", problem) : (order, key, null);
    }
}
