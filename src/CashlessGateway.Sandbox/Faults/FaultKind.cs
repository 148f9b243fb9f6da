namespace CashlessGateway.Sandbox.Faults;

/// <summary>What can go wrong. "Before" means before the call had its effect, "after" means the effect is there and the answer is not.</summary>
public enum FaultKind
{
    /// <summary>The call waits <see cref="FaultRule.Ms"/> before its effect, and has it even when the caller has left.</summary>
    Delay,

    /// <summary>The call has its effect at once, and its answer comes <see cref="FaultRule.Ms"/> later.</summary>
    DelayAfter,

    /// <summary>The connection is cut; nothing has happened.</summary>
    DropBefore,

    /// <summary>The connection is cut; it has happened.</summary>
    DropAfter,

    /// <summary><see cref="FaultRule.Status"/> (500, 502, 503, 504); nothing has happened.</summary>
    ErrorBefore,

    /// <summary><see cref="FaultRule.Status"/> (500, 502, 503, 504); it has happened.</summary>
    ErrorAfter,

    /// <summary>An answer that the provider's documents call a definite failure: nothing has happened, nothing will.</summary>
    TransactionFailed,

    /// <summary>429; nothing has happened.</summary>
    RateLimit,

    /// <summary>503; nothing has happened.</summary>
    Maintenance,

    /// <summary>A look-up says "not found" for <see cref="FaultRule.Ms"/> after the creation.</summary>
    NotYet,

    /// <summary>A look-up says "not found" though it is there.</summary>
    Forget,

    /// <summary>A look-up says an amount that is wrong by <see cref="FaultRule.Delta"/>.</summary>
    WrongAmount,

    /// <summary>A look-up says US dollars.</summary>
    WrongCurrency,

    /// <summary>A look-up says <see cref="FaultRule.State"/>, for the states that a code payment never has by itself.</summary>
    WrongStatus,

    /// <summary>The cancel is accepted and the promise is broken: a payment stays, or can become, COMPLETED and never turns FAILED.</summary>
    CompleteAfterCancel,

    /// <summary>200 with a body that is not JSON; it has happened.</summary>
    Garbage,

    /// <summary>The body comes twice in one answer; it has happened.</summary>
    AnswerTwice,

    /// <summary>The idempotency key is not known any more: a repeat is a new order.</summary>
    ForgetKey,

    /// <summary>The times in the answer are <see cref="FaultRule.Ms"/> ahead of ours.</summary>
    ClockSkew,

    /// <summary>The notice arrives before the answer of the call. On createCode the customer pays in that moment.</summary>
    WebhookBeforeAnswer,

    /// <summary>The notice is never sent.</summary>
    DropWebhook,

    /// <summary>The notice is sent twice.</summary>
    DuplicateWebhook,

    /// <summary>The notice is sent <see cref="FaultRule.Ms"/> late.</summary>
    LateWebhook,

    /// <summary>The notice is false: another payment number, another amount. On createCode it says COMPLETED though nobody paid.</summary>
    ForgedWebhook,
}
