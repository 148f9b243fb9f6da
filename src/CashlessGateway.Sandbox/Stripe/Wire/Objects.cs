using System.Text.Json.Nodes;

namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>Stripe's objects as JSON. Called within the book's lock, since one object shows others.</summary>
internal sealed class Objects(StripeSandbox sandbox)
{
    private StripeBook Book => sandbox.Book;

    private DateTimeOffset Now => sandbox.Time.GetUtcNow();

    public JsonObject Session(SessionFact session, Expand expand)
    {
        var status = session.Status(Now);
        return new JsonObject
        {
            ["id"] = session.Id,
            ["object"] = "checkout.session",
            ["amount_subtotal"] = session.Amount,
            ["amount_total"] = session.Amount,
            ["cancel_url"] = session.CancelUrl,
            ["client_reference_id"] = session.Reference,
            ["created"] = Seconds(session.Created),
            ["currency"] = "jpy",
            ["customer"] = null,
            ["expires_at"] = Seconds(session.ExpiresAt),
            ["livemode"] = false,
            ["metadata"] = Map(session.Metadata),
            ["mode"] = "payment",
            ["payment_intent"] = Book.Intents.Find(session.Intent) is { } intent && expand.Has("payment_intent") ? Intent(intent, expand.Into("payment_intent")) : session.Intent,
            ["payment_method_types"] = new JsonArray("card"),
            ["payment_status"] = session.Completed ? "paid" : "unpaid",
            ["status"] = status,
            ["success_url"] = session.SuccessUrl,
            ["ui_mode"] = "hosted",
            // Stripe takes the address away when the page is over.
            ["url"] = status == "open" ? sandbox.PayUrl(session.Id) : null,
        };
    }

    public JsonObject Intent(IntentFact intent, Expand expand) => new()
    {
        ["id"] = intent.Id,
        ["object"] = "payment_intent",
        ["amount"] = intent.Amount,
        ["amount_capturable"] = 0,
        ["amount_received"] = intent.IsPaid ? intent.Amount : 0,
        ["canceled_at"] = intent.CanceledAt is { } at ? Seconds(at) : null,
        ["cancellation_reason"] = intent.CancellationReason,
        ["capture_method"] = "automatic",
        ["client_secret"] = $"{intent.Id}_secret_sandbox",
        ["confirmation_method"] = "automatic",
        ["created"] = Seconds(intent.Created),
        ["currency"] = "jpy",
        ["customer"] = null,
        ["description"] = intent.Description,
        ["last_payment_error"] = intent.LastError is { } error ? Error(error) : null,
        ["latest_charge"] = Book.Charges.Find(intent.Charge) is { } charge && expand.Has("latest_charge") ? Charge(charge, expand.Into("latest_charge")) : intent.Charge,
        ["livemode"] = false,
        ["metadata"] = Map(intent.Metadata),
        ["next_action"] = intent.Status == "requires_action" ? new JsonObject { ["type"] = "redirect_to_url" } : null,
        ["payment_method"] = null,
        ["payment_method_types"] = new JsonArray(intent.MethodType),
        ["status"] = intent.Status,
    };

    public JsonObject Charge(ChargeFact charge, Expand expand)
    {
        var refunded = Book.RefundedOf(charge.Id);
        return new JsonObject
        {
            ["id"] = charge.Id,
            ["object"] = "charge",
            ["amount"] = charge.Amount,
            ["amount_captured"] = charge.Paid ? charge.Amount : 0,
            ["amount_refunded"] = refunded,
            ["balance_transaction"] = Book.Transactions.Find(charge.Transaction) is { } line && expand.Has("balance_transaction") ? Transaction(line, Expand.None) : charge.Transaction,
            ["captured"] = charge.Paid,
            ["created"] = Seconds(charge.Created),
            ["currency"] = "jpy",
            ["disputed"] = Book.Disputes.OldestFirst().Any(dispute => dispute.Charge == charge.Id),
            ["failure_code"] = charge.Failure?.Code,
            ["failure_message"] = charge.Failure?.Message,
            ["livemode"] = false,
            ["metadata"] = Map(charge.Metadata),
            ["paid"] = charge.Paid,
            ["payment_intent"] = Book.Intents.Find(charge.Intent) is { } intent && expand.Has("payment_intent") ? Intent(intent, Expand.None) : charge.Intent,
            ["payment_method_details"] = new JsonObject
            {
                [charge.MethodType] = new JsonObject
                {
                    ["authorization_code"] = charge.AuthorizationCode,
                    ["brand"] = charge.Card.Brand,
                    ["country"] = "JP",
                    ["last4"] = charge.Card.Last4,
                    ["network"] = charge.Card.Brand,
                },
                ["type"] = charge.MethodType,
            },
            ["refunded"] = charge.Paid && refunded == charge.Amount,
            ["status"] = charge.Paid ? "succeeded" : "failed",
        };
    }

    public JsonObject Refund(RefundFact refund, Expand expand) => new()
    {
        ["id"] = refund.Id,
        ["object"] = "refund",
        ["amount"] = refund.Amount,
        ["balance_transaction"] = refund.Transaction,
        ["charge"] = refund.Charge,
        ["created"] = Seconds(refund.Created),
        ["currency"] = "jpy",
        ["failure_balance_transaction"] = refund.FailureTransaction,
        ["failure_reason"] = refund.FailureReason,
        ["metadata"] = Map(refund.Metadata),
        ["payment_intent"] = Book.Intents.Find(refund.Intent) is { } intent && expand.Has("payment_intent") ? Intent(intent, Expand.None) : refund.Intent,
        ["reason"] = refund.Reason,
        ["status"] = refund.Status(Now, sandbox.Terms),
    };

    public JsonObject Dispute(DisputeFact dispute, Expand expand) => new()
    {
        ["id"] = dispute.Id,
        ["object"] = "dispute",
        ["amount"] = dispute.Amount,
        ["balance_transactions"] = new JsonArray(),
        ["charge"] = dispute.Charge,
        ["created"] = Seconds(dispute.Created),
        ["currency"] = "jpy",
        ["evidence_details"] = new JsonObject { ["due_by"] = Seconds(dispute.DueBy), ["has_evidence"] = false, ["past_due"] = Now > dispute.DueBy, ["submission_count"] = 0 },
        ["is_charge_refundable"] = false,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["payment_intent"] = Book.Intents.Find(dispute.Intent) is { } intent && expand.Has("payment_intent") ? Intent(intent, Expand.None) : dispute.Intent,
        ["reason"] = dispute.Reason,
        ["status"] = dispute.Status,
    };

    public JsonObject Reader(ReaderFact reader, Expand expand) => new()
    {
        ["id"] = reader.Id,
        ["object"] = "terminal.reader",
        ["action"] = reader.Action is { } action ? Action(action, expand.Into("action.process_payment_intent")) : null,
        ["device_sw_version"] = null,
        ["device_type"] = reader.DeviceType,
        ["ip_address"] = "0.0.0.0",
        ["label"] = reader.Label,
        ["livemode"] = false,
        ["location"] = reader.Location,
        ["metadata"] = Map(reader.Metadata),
        ["serial_number"] = reader.Id,
        ["status"] = reader.Offline ? "offline" : "online",
    };

    public JsonObject Location(LocationFact location) => new()
    {
        ["id"] = location.Id,
        ["object"] = "terminal.location",
        ["address"] = Map(location.Address),
        ["display_name"] = location.Name,
        ["livemode"] = false,
        ["metadata"] = Map(location.Metadata),
    };

    public JsonObject Transaction(TransactionFact line, Expand expand) => new()
    {
        ["id"] = line.Id,
        ["object"] = "balance_transaction",
        ["amount"] = line.Amount,
        ["available_on"] = Seconds(line.AvailableOn),
        ["balance_type"] = "payments",
        ["created"] = Seconds(line.Created),
        ["currency"] = "jpy",
        ["description"] = null,
        ["exchange_rate"] = null,
        ["fee"] = line.Fee,
        ["fee_details"] = line.Fee == 0 ? new JsonArray() : new JsonArray(new JsonObject { ["amount"] = line.Fee, ["currency"] = "jpy", ["description"] = "Stripe processing fees", ["type"] = "stripe_fee" }),
        ["net"] = line.Net,
        ["reporting_category"] = line.Category,
        ["source"] = expand.Has("source") ? Source(line) : line.Source,
        ["status"] = Now >= line.AvailableOn ? "available" : "pending",
        ["type"] = line.Type,
    };

    public JsonObject Payout(PayoutFact payout) => new()
    {
        ["id"] = payout.Id,
        ["object"] = "payout",
        ["amount"] = payout.Amount,
        ["arrival_date"] = Seconds(payout.Arrives),
        ["automatic"] = true,
        ["balance_transaction"] = payout.Transaction,
        ["created"] = Seconds(payout.Created),
        ["currency"] = "jpy",
        ["description"] = "STRIPE PAYOUT",
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["method"] = "standard",
        ["reconciliation_status"] = "completed",
        ["source_type"] = "card",
        ["status"] = payout.Status(Now),
        ["type"] = "bank_account",
    };

    public static JsonObject List(string url, IEnumerable<JsonObject> page, bool more) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. page]),
        ["has_more"] = more,
        ["url"] = url,
    };

    private static JsonObject Action(ActionFact action, Expand expand) => new()
    {
        ["api_error"] = action.ApiError is { } error ? Error(error) : null,
        ["failure_code"] = action.FailureCode,
        ["failure_message"] = action.FailureMessage,
        ["process_payment_intent"] = new JsonObject
        {
            ["payment_intent"] = expand.Has("payment_intent") ? new JsonObject { ["id"] = action.Intent, ["object"] = "payment_intent" } : action.Intent,
            ["process_config"] = new JsonObject { ["enable_customer_cancellation"] = true, ["skip_tipping"] = true },
        },
        ["status"] = action.Status,
        ["type"] = "process_payment_intent",
    };

    private static JsonObject Error(ErrorFact error) => new()
    {
        ["code"] = error.Code,
        ["decline_code"] = error.DeclineCode,
        ["doc_url"] = $"https://docs.stripe.com/error-codes/{error.Code.Replace('_', '-')}",
        ["message"] = error.Message,
        ["type"] = "card_error",
    };

    private JsonNode? Source(TransactionFact line) => line switch
    {
        _ when Book.Charges.Find(line.Source) is { } charge => Charge(charge, Expand.None),
        _ when Book.Refunds.Find(line.Source) is { } refund => Refund(refund, Expand.None),
        _ when Book.Disputes.Find(line.Source) is { } dispute => Dispute(dispute, Expand.None),
        _ when Book.Payouts.Find(line.Source) is { } payout => Payout(payout),
        _ => line.Source,
    };

    private static long Seconds(DateTimeOffset moment) => moment.ToUnixTimeSeconds();

    private static JsonObject Map(Dictionary<string, string> metadata) => new(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
