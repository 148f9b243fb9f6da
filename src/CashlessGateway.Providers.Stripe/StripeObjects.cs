using System.Text.Json;

namespace CashlessGateway.Providers.Stripe;

/// <summary>Under these names our references stand in Stripe's metadata.</summary>
internal static class Metadata
{
    public const string Payment = "payment_id";
    public const string Refund = "refund_id";
    public const string Pairing = "pairing_id";
}

/// <summary>A page of a list. One entry that cannot be read makes the whole page unreadable: it could be the one that was looked for.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    public static Page<T>? Read<T>(JsonElement element, string kind, Func<JsonElement, T?> read) where T : class
    {
        if (element.Text("object") != kind || element.List("data") is not { } data || element.Flag("has_more") is not { } more)
            return null;

        var items = new List<T>();
        string? last = null;
        foreach (var entry in data.EnumerateArray())
        {
            if (read(entry) is not { } item || entry.Id("id") is not { } id)
                return null;

            items.Add(item);
            last = id;
        }

        // "More" after nothing cannot be asked for.
        return more && last is null ? null : new Page<T>(items, more ? last : null);
    }
}

/// <summary>A visit to Stripe's page.</summary>
internal sealed record Session(string Id, string Status, DateTimeOffset Created, DateTimeOffset ExpiresAt)
{
    public string? PaymentStatus { get; init; }

    public string? Reference { get; init; }

    public long? Amount { get; init; }

    public string? Currency { get; init; }

    public string? Url { get; init; }

    /// <summary>Null until the customer has tried to pay.</summary>
    public Intent? Intent { get; init; }

    /// <summary>It has a payment of which only the id was told.</summary>
    public bool IntentIsUntold { get; init; }

    public static Session? Read(JsonElement element)
    {
        if (element.Text("object") != "checkout.session"
            || element.Id("id") is not { } id
            || element.Word("status") is not { } status
            || element.Instant("created") is not { } created
            || element.Instant("expires_at") is not { } expires)
        {
            return null;
        }

        var intent = element.Child("payment_intent") is { } whole ? Intent.Read(whole) : null;
        return new Session(id, status, created, expires)
        {
            PaymentStatus = element.Word("payment_status"),
            Reference = element.Word("client_reference_id"),
            Amount = element.Whole("amount_total"),
            Currency = element.Word("currency"),
            Url = element.Text("url"),
            Intent = intent,
            IntentIsUntold = intent is null && element.Id("payment_intent") is not null,
        };
    }
}

/// <summary>Stripe's payment: at most one success.</summary>
internal sealed record Intent(string Id, string Status, string Currency, DateTimeOffset Created)
{
    /// <summary>What was asked for.</summary>
    public long? Amount { get; init; }

    public long? AmountReceived { get; init; }

    public string? Reference { get; init; }

    public string? CancellationReason { get; init; }

    public Failure? LastFailure { get; init; }

    public Charge? Charge { get; init; }

    public static Intent? Read(JsonElement element)
    {
        if (element.Text("object") != "payment_intent"
            || element.Id("id") is not { } id
            || element.Word("status") is not { } status
            || element.Word("currency") is not { } currency
            || element.Instant("created") is not { } created)
        {
            return null;
        }

        return new Intent(id, status, currency, created)
        {
            Amount = element.Whole("amount"),
            AmountReceived = element.Whole("amount_received"),
            Reference = element.Child("metadata")?.Word(Metadata.Payment),
            CancellationReason = element.Word("cancellation_reason"),
            LastFailure = element.Child("last_payment_error") is { } failure ? Failure.Read(failure) : null,
            Charge = element.Child("latest_charge") is { } charge ? Charge.Read(charge) : null,
        };
    }
}

/// <summary>What Stripe says about a try that did not succeed.</summary>
internal sealed record Failure(string? Code, string? DeclineCode)
{
    public static Failure Read(JsonElement element) => new(element.Word("code"), element.Word("decline_code"));
}

/// <summary>Money that was taken, and with what.</summary>
internal sealed record Charge(string Id, DateTimeOffset Created)
{
    public string? Brand { get; init; }

    public string? AuthorizationCode { get; init; }

    public static Charge? Read(JsonElement element)
    {
        if (element.Text("object") != "charge" || element.Id("id") is not { } id || element.Instant("created") is not { } created)
            return null;

        var card = element.Child("payment_method_details") is { } details ? details.Child("card") ?? details.Child("card_present") : null;
        return new Charge(id, created) { Brand = card?.Word("brand"), AuthorizationCode = card?.Word("authorization_code") };
    }
}

/// <summary>A card reader, and what it is doing.</summary>
internal sealed record Reader(string Id, ReaderAction? Action)
{
    public static Reader? Read(JsonElement element) =>
        element.Text("object") == "terminal.reader" && element.Id("id") is { } id
            ? new Reader(id, element.Child("action") is { } action ? ReaderAction.Read(action) : null)
            : null;

    /// <summary>What it does, or did last, with this payment.</summary>
    public ReaderAction? With(string intent) => Action is { Type: "process_payment_intent" } action && action.Intent == intent ? action : null;
}

internal sealed record ReaderAction(string Type, string Status)
{
    public string? Intent { get; init; }

    public string? FailureCode { get; init; }

    /// <summary>When it was Stripe or the bank that refused, not the reader.</summary>
    public Failure? Failure { get; init; }

    public static ReaderAction? Read(JsonElement element) =>
        element.Word("type") is { } type && element.Word("status") is { } status
            ? new ReaderAction(type, status)
            {
                Intent = element.Child("process_payment_intent")?.Id("payment_intent"),
                FailureCode = element.Word("failure_code"),
                Failure = element.Child("api_error") is { } failure ? Stripe.Failure.Read(failure) : null,
            }
            : null;
}

/// <summary>Money that goes back.</summary>
internal sealed record Refund(string Id, string Status, long Amount, string Currency, DateTimeOffset Created)
{
    public string? Reference { get; init; }

    public string? PaymentReference { get; init; }

    public string? Intent { get; init; }

    public string? FailureReason { get; init; }

    public static Refund? Read(JsonElement element)
    {
        if (element.Text("object") != "refund"
            || element.Id("id") is not { } id
            || element.Word("status") is not { } status
            || element.Whole("amount") is not { } amount
            || element.Word("currency") is not { } currency
            || element.Instant("created") is not { } created)
        {
            return null;
        }

        return new Refund(id, status, amount, currency, created)
        {
            Reference = element.Child("metadata")?.Word(Metadata.Refund),
            PaymentReference = element.Child("metadata")?.Word(Metadata.Payment),
            Intent = element.Id("payment_intent"),
            FailureReason = element.Word("failure_reason"),
        };
    }
}

/// <summary>A payment that the payer's bank does not accept, in Stripe's words.</summary>
internal sealed record DisputeOfStripe(string Id, string Status, long Amount, string Currency, DateTimeOffset Created)
{
    public string? Intent { get; init; }

    public string? PaymentReference { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? DueBy { get; init; }

    public static DisputeOfStripe? Read(JsonElement element)
    {
        if (element.Text("object") != "dispute"
            || element.Id("id") is not { } id
            || element.Word("status") is not { } status
            || element.Whole("amount") is not { } amount
            || element.Word("currency") is not { } currency
            || element.Instant("created") is not { } created)
        {
            return null;
        }

        return new DisputeOfStripe(id, status, amount, currency, created)
        {
            Intent = element.Id("payment_intent"),
            PaymentReference = element.Child("payment_intent")?.Child("metadata")?.Word(Metadata.Payment),
            Reason = element.Word("reason"),
            DueBy = element.Child("evidence_details")?.Instant("due_by"),
        };
    }
}

/// <summary>A transfer to the bank account, in Stripe's words.</summary>
internal sealed record PayoutOfStripe(string Id, string Status, long Amount, string Currency, DateTimeOffset Arrives, DateTimeOffset Created)
{
    public static PayoutOfStripe? Read(JsonElement element) =>
        element.Text("object") == "payout"
        && element.Id("id") is { } id
        && element.Word("status") is { } status
        && element.Whole("amount") is { } amount
        && element.Word("currency") is { } currency
        && element.Instant("arrival_date") is { } arrives
        && element.Instant("created") is { } created
            ? new PayoutOfStripe(id, status, amount, currency, arrives, created)
            : null;
}

/// <summary>One line of the account with Stripe. <see cref="Source"/> is what it is about, with its object around it where that was asked for.</summary>
internal sealed record BalanceTransaction(string Id, string Type, string Category, long Amount, long Fee, long Net, string Currency, DateTimeOffset Created)
{
    public string? Source { get; init; }

    public string? Intent { get; init; }

    public string? PaymentReference { get; init; }

    public string? RefundReference { get; init; }

    public static BalanceTransaction? Read(JsonElement element)
    {
        if (element.Text("object") != "balance_transaction"
            || element.Id("id") is not { } id
            || element.Word("type") is not { } type
            || element.Word("reporting_category") is not { } category
            || element.Whole("amount") is not { } amount
            || element.Whole("fee") is not { } fee
            || element.Whole("net") is not { } net
            || element.Word("currency") is not { } currency
            || element.Instant("created") is not { } created)
        {
            return null;
        }

        var source = element.Child("source");
        return new BalanceTransaction(id, type, category, amount, fee, net, currency, created)
        {
            Source = element.Id("source"),
            Intent = source?.Id("payment_intent"),
            PaymentReference = source?.Child("metadata")?.Word(Metadata.Payment),
            RefundReference = source?.Child("metadata")?.Word(Metadata.Refund),
        };
    }
}
