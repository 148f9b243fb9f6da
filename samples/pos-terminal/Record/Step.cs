namespace PosTerminal.Record;

/// <summary>One line of the journal.</summary>
public sealed record Step
{
    public const string Intent = "intent";
    public const string Refused = "refused";
    public const string Answer = "answer";
    public const string Outcome = "outcome";
    public const string Printed = "printed";

    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required DateTimeOffset At { get; init; }

    // Of an intent: all that is needed to send it again, byte for byte. The API key is not in it.
    public string? What { get; init; }
    public string? Path { get; init; }
    public string? Body { get; init; }

    // Of an answer or an outcome.
    public int? Status { get; init; }
    public string? Code { get; init; }
    public string? Payment { get; init; }
    public string? Receivable { get; init; }
    public string? State { get; init; }
}

/// <summary>How far something got that is not finished.</summary>
public enum Stage
{
    /// <summary>The key is on disk. Whether the gateway got the request nobody knows.</summary>
    Unknown,

    /// <summary>The gateway has it; the payment has no end yet.</summary>
    Waiting,

    /// <summary>The money is taken (or nothing was to be paid); the receipt may not have been printed.</summary>
    ToPrint,
}

/// <summary>What a restart has to finish.</summary>
public sealed record Unfinished(Stage Stage, string Key, string What, string Path, string Body, string? Payment, string? Receivable)
{
    /// <summary>What is left of an operation after its next step; null when it is finished.</summary>
    public static Unfinished? After(Unfinished? before, Step step) => step.Kind switch
    {
        Step.Intent => new Unfinished(Stage.Unknown, step.Key, step.What ?? "", step.Path ?? "", step.Body ?? "", null, null),
        Step.Answer when before is not null => (before with { Payment = step.Payment, Receivable = step.Receivable }).In(step.State),
        Step.Outcome when before is not null => before.In(step.State),
        _ => null,
    };

    private Unfinished? In(string? state) => state switch
    {
        "captured" or "free" => this with { Stage = Stage.ToPrint },
        "created" or "pending" or "cancelling" or "inDoubt" => this with { Stage = Stage.Waiting },
        // Declined, cancelled, expired; or an answer that has no payment to follow (a refund).
        _ => null,
    };
}
