using CashlessGateway.Events;

namespace CashlessGateway.Payments;

public enum PaymentState
{
    Created,
    Pending,
    Cancelling,
    InDoubt,
    Captured,
    Declined,
    Cancelled,
    Expired,
}

/// <summary>One allowed step, and the event that tells of it.</summary>
public sealed record PaymentEdge(PaymentState From, PaymentState To, string Event);

/// <summary>The state graph as data. No other step exists; a final state is left by a correction entry, never by an edge.</summary>
public static class PaymentStates
{
    public static readonly IReadOnlyList<PaymentEdge> Edges =
    [
        // The customer must act.
        new(PaymentState.Created, PaymentState.Pending, EventTypes.PaymentPending),

        // The provider answered at once, or its truth was found later.
        new(PaymentState.Created, PaymentState.Captured, EventTypes.PaymentCaptured),
        new(PaymentState.Created, PaymentState.Declined, EventTypes.PaymentDeclined),
        new(PaymentState.Created, PaymentState.Cancelled, EventTypes.PaymentCancelled),
        new(PaymentState.Created, PaymentState.Expired, EventTypes.PaymentExpired),
        new(PaymentState.Created, PaymentState.InDoubt, EventTypes.PaymentInDoubt),

        new(PaymentState.Pending, PaymentState.Captured, EventTypes.PaymentCaptured),
        new(PaymentState.Pending, PaymentState.Declined, EventTypes.PaymentDeclined),
        new(PaymentState.Pending, PaymentState.Cancelled, EventTypes.PaymentCancelled),
        new(PaymentState.Pending, PaymentState.Expired, EventTypes.PaymentExpired),
        new(PaymentState.Pending, PaymentState.InDoubt, EventTypes.PaymentInDoubt),

        // A cancel was asked for and may lose against the customer's finger.
        new(PaymentState.Created, PaymentState.Cancelling, EventTypes.PaymentCancelling),
        new(PaymentState.Pending, PaymentState.Cancelling, EventTypes.PaymentCancelling),
        new(PaymentState.Cancelling, PaymentState.Cancelled, EventTypes.PaymentCancelled),
        new(PaymentState.Cancelling, PaymentState.Captured, EventTypes.PaymentCaptured),
        new(PaymentState.Cancelling, PaymentState.InDoubt, EventTypes.PaymentInDoubt),

        // Only evidence leads out of doubt. That the provider has it and still waits for the customer is evidence too.
        new(PaymentState.InDoubt, PaymentState.Pending, EventTypes.PaymentPending),
        new(PaymentState.InDoubt, PaymentState.Captured, EventTypes.PaymentCaptured),
        new(PaymentState.InDoubt, PaymentState.Declined, EventTypes.PaymentDeclined),
        new(PaymentState.InDoubt, PaymentState.Cancelled, EventTypes.PaymentCancelled),
        new(PaymentState.InDoubt, PaymentState.Expired, EventTypes.PaymentExpired),
    ];

    /// <summary>
    /// The named correction path: evidence that money was taken after all, found when the payment had ended without it. Its own
    /// event and its own entry; the other way round there is none.
    /// </summary>
    public static readonly IReadOnlyList<PaymentEdge> Corrections =
    [
        new(PaymentState.Declined, PaymentState.Captured, EventTypes.PaymentCaptured),
        new(PaymentState.Cancelled, PaymentState.Captured, EventTypes.PaymentCaptured),
        new(PaymentState.Expired, PaymentState.Captured, EventTypes.PaymentCaptured),
    ];

    public static bool IsFinal(PaymentState state) => state switch
    {
        PaymentState.Created or PaymentState.Pending or PaymentState.Cancelling or PaymentState.InDoubt => false,
        PaymentState.Captured or PaymentState.Declined or PaymentState.Cancelled or PaymentState.Expired => true,
    };

    public static PaymentEdge? Edge(PaymentState from, PaymentState to) => Edges.FirstOrDefault(edge => edge.From == from && edge.To == to);
}
