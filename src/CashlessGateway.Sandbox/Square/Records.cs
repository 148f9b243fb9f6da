namespace CashlessGateway.Sandbox.Square;

/// <summary>What a Terminal was asked for, and what has become of it. Only facts; the state is read from them and the clock.</summary>
internal sealed record CheckoutRecord(string Id, string DeviceId, string PaymentType, long Amount, DateTimeOffset CreatedAt)
{
    public string? ReferenceId { get; init; }

    public string? Note { get; init; }

    public bool SkipReceiptScreen { get; init; }

    public TimeSpan Deadline { get; init; } = CheckoutRules.LongestDeadline;

    /// <summary>The Terminal shows it, and somebody stands in front of it.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>E-money with an error at the Terminal: only a person there can end it.</summary>
    public bool Stuck { get; init; }

    public DateTimeOffset? CancelAskedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Set: it ended without money.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Set: it is paid.</summary>
    public string? PaymentId { get; init; }
}

/// <summary>Money that was taken.</summary>
/// <param name="Brand">On the wire: VISA, PAYPAY, FELICA_ID, …</param>
internal sealed record PaymentRecord(string Id, string CheckoutId, long Amount, string Brand, long Fee, DateTimeOffset At)
{
    public string? ReferenceId { get; init; }

    public string? Note { get; init; }
}

/// <summary>Money that goes back.</summary>
internal sealed record RefundRecord(string Id, string PaymentId, long Amount, string? Reason, DateTimeOffset At)
{
    public string StatusAt(DateTimeOffset now, SquareTerms terms) => now >= At + terms.RefundDelay ? "COMPLETED" : "PENDING";
}

/// <summary>A code that signs a Terminal in.</summary>
internal sealed record CodeRecord(string Id, string Code, string Name, string LocationId, DateTimeOffset CreatedAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public DateTimeOffset PairBy => CreatedAt + Lifetime;

    public string? DeviceId { get; init; }

    public DateTimeOffset? PairedAt { get; init; }

    public string StatusAt(DateTimeOffset now) => DeviceId is not null ? "PAIRED" : now >= PairBy ? "EXPIRED" : "UNPAIRED";
}

/// <summary>The first answer under a key.</summary>
/// <param name="Request">A hash of what was asked.</param>
internal sealed record KeyRecord(string Operation, string Key, string Request, string Answer);

/// <summary>One change, whole: what is null has not changed.</summary>
internal sealed record StateLine
{
    public CheckoutRecord? Checkout { get; init; }

    public PaymentRecord? Payment { get; init; }

    public RefundRecord? Refund { get; init; }

    public CodeRecord? Code { get; init; }

    public KeyRecord? Key { get; init; }
}
