namespace CashlessGateway.Sandbox.Faults;

/// <summary>Which calls meet which fault, and how often.</summary>
public sealed record FaultRule(ApiOperation Operation, FaultKind Kind)
{
    private static readonly int[] ErrorStatuses = [500, 502, 503, 504];

    /// <summary>For the kinds that wait.</summary>
    public int Ms { get; init; }

    /// <summary>For the kinds that answer an error.</summary>
    public int Status { get; init; } = 500;

    /// <summary>For <see cref="FaultKind.WrongAmount"/>, in yen.</summary>
    public long Delta { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.WrongStatus"/>, as on the wire.</summary>
    public string State { get; init; } = "AUTHORIZED";

    /// <summary>0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>After so many calls the rule is spent. Null: never.</summary>
    public int? Times { get; init; }

    /// <summary>Only this payment, by the merchant's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Only payments whose reference begins so.</summary>
    public string? ReferencePrefix { get; init; }

    internal bool Meets(ApiOperation operation, string? reference) =>
        (Operation == ApiOperation.Any || Operation == operation)
        && CanMeet(Kind, operation)
        && (Reference is null || Reference == reference)
        && (ReferencePrefix is null || reference?.StartsWith(ReferencePrefix, StringComparison.Ordinal) == true);

    /// <summary>Why this rule makes no sense; null when it does.</summary>
    internal string? Problem() => this switch
    {
        { Probability: not (>= 0 and <= 1) } => "probability is from 0 to 1",
        { Ms: < 0 } => "ms is not negative",
        { Times: < 1 } => "times is at least 1, or left out",
        { Kind: FaultKind.ErrorBefore or FaultKind.ErrorAfter } when !ErrorStatuses.Contains(Status) => "status is 500, 502, 503 or 504",
        { Operation: not ApiOperation.Any } when !CanMeet(Kind, Operation) => $"{Kind} has no meaning for {Operation}",
        _ => null,
    };

    private static bool CanMeet(FaultKind kind, ApiOperation operation) => kind switch
    {
        FaultKind.NotYet or FaultKind.Forget or FaultKind.WrongAmount or FaultKind.WrongCurrency or FaultKind.WrongStatus => IsLookUp(operation),
        FaultKind.ClockSkew => IsLookUp(operation) || operation is ApiOperation.Refund,
        FaultKind.ForgetKey => IsCreation(operation) || operation is ApiOperation.Refund,
        FaultKind.CompleteAfterCancel => operation is ApiOperation.Cancel,
        FaultKind.WebhookBeforeAnswer => IsCreation(operation) || operation is ApiOperation.Cancel,
        FaultKind.DropWebhook or FaultKind.DuplicateWebhook or FaultKind.LateWebhook => operation is ApiOperation.Webhook,
        FaultKind.ForgedWebhook => operation is ApiOperation.Webhook or ApiOperation.CreateCode,
        _ => operation is not ApiOperation.Webhook,
    };

    private static bool IsCreation(ApiOperation operation) => operation is ApiOperation.CreateCode or ApiOperation.CreateCheckout or ApiOperation.CreateSession or ApiOperation.CreateIntent;

    private static bool IsLookUp(ApiOperation operation) => operation is ApiOperation.GetPayment or ApiOperation.GetRefund or ApiOperation.GetCheckout or ApiOperation.SearchCheckouts
        or ApiOperation.ListPayments or ApiOperation.GetSession or ApiOperation.ListSessions or ApiOperation.SearchIntents or ApiOperation.GetReader or ApiOperation.ListRefunds;
}
