namespace CashlessGateway.Sandbox.Stripe;

/// <summary>
/// Anything that Stripe keeps under an id. It is replaced, never changed. What may be null is a property, not a parameter: the file
/// leaves nulls out, and a line without a parameter is not read back.
/// </summary>
internal interface IFact
{
    string Id { get; }

    string Account { get; }

    DateTimeOffset Created { get; }
}

internal sealed record SessionFact(string Id, string Account, DateTimeOffset Created, DateTimeOffset ExpiresAt, long Amount, string Name) : IFact
{
    public string? Reference { get; init; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public Dictionary<string, string> IntentMetadata { get; init; } = [];

    public string? IntentDescription { get; init; }

    public string? SuccessUrl { get; init; }

    public string? CancelUrl { get; init; }

    /// <summary>Null until the customer has tried to pay, as at Stripe since 2022.</summary>
    public string? Intent { get; init; }

    public bool Completed { get; init; }

    public bool Expired { get; init; }

    public string Status(DateTimeOffset now) => Completed ? "complete" : Expired || now >= ExpiresAt ? "expired" : "open";
}

internal sealed record IntentFact(string Id, string Account, DateTimeOffset Created, long Amount, string Status) : IFact
{
    public Dictionary<string, string> Metadata { get; init; } = [];

    public string? Description { get; init; }

    public string MethodType { get; init; } = "card";

    public string? Session { get; init; }

    public string? Charge { get; init; }

    public ErrorFact? LastError { get; init; }

    public DateTimeOffset? CanceledAt { get; init; }

    public string? CancellationReason { get; init; }

    /// <summary>The card that waits for its owner's approval.</summary>
    public CardFact? Approving { get; init; }

    public bool IsPaid => Status == "succeeded";

    public bool IsOver => Status is "succeeded" or "canceled";
}

internal sealed record ErrorFact(string Code, string Message)
{
    public string? DeclineCode { get; init; }
}

internal sealed record CardFact(string Brand, string Last4)
{
    public static CardFact Visa { get; } = new("visa", "4242");
}

internal sealed record ChargeFact(string Id, string Account, DateTimeOffset Created, long Amount, string Intent, bool Paid, CardFact Card) : IFact
{
    public string MethodType { get; init; } = "card";

    public Dictionary<string, string> Metadata { get; init; } = [];

    public string? AuthorizationCode { get; init; }

    public string? Transaction { get; init; }

    public ErrorFact? Failure { get; init; }
}

internal sealed record RefundFact(string Id, string Account, DateTimeOffset Created, long Amount, string Charge, string Intent) : IFact
{
    public Dictionary<string, string> Metadata { get; init; } = [];

    public string? Reason { get; init; }

    public string? Transaction { get; init; }

    public string? FailureReason { get; init; }

    public string? FailureTransaction { get; init; }

    public string Status(DateTimeOffset now, StripeTerms terms) => FailureReason is not null ? "failed" : now >= Created + terms.RefundDelay ? "succeeded" : "pending";
}

internal sealed record DisputeFact(string Id, string Account, DateTimeOffset Created, long Amount, string Charge, string Intent, string Reason, string Status, DateTimeOffset DueBy) : IFact;

internal sealed record ReaderFact(string Id, string Account, DateTimeOffset Created, string Label) : IFact
{
    public string? Location { get; init; }

    public string DeviceType { get; init; } = "simulated_wisepos_e";

    public Dictionary<string, string> Metadata { get; init; } = [];

    public bool Offline { get; init; }

    /// <summary>It takes what it is told, and says so too late.</summary>
    public bool Slow { get; init; }

    public ActionFact? Action { get; init; }
}

internal sealed record ActionFact(string Intent, string Status)
{
    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    /// <summary>The bank's refusal, as distinct from what happens at the reader.</summary>
    public ErrorFact? ApiError { get; init; }
}

internal sealed record LocationFact(string Id, string Account, DateTimeOffset Created, string Name, Dictionary<string, string> Address) : IFact
{
    public Dictionary<string, string> Metadata { get; init; } = [];
}

/// <summary>One line of the account with Stripe.</summary>
internal sealed record TransactionFact(string Id, string Account, DateTimeOffset Created, string Type, string Category, long Amount, long Fee, string Source, DateTimeOffset AvailableOn) : IFact
{
    public string? Payout { get; init; }

    public long Net => Amount - Fee;
}

internal sealed record PayoutFact(string Id, string Account, DateTimeOffset Created, long Amount, DateTimeOffset Arrives) : IFact
{
    public string? Transaction { get; init; }

    public bool Failed { get; init; }

    public string Status(DateTimeOffset now) => Failed ? "failed" : now >= Arrives ? "paid" : "in_transit";
}

/// <summary>What was answered under an idempotency key.</summary>
internal sealed record AnswerFact(string Id, string Account, DateTimeOffset Created, string Request, int Status, string Body) : IFact;
