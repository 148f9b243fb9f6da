using System.Text.Json.Serialization;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>決済: one attempt to collect one receivable.</summary>
public sealed record Payment
{
    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Receivable { get; init; } = "";
    public string Place { get; init; } = "";
    public string? Terminal { get; init; }
    public string? Operator { get; init; }
    public string Method { get; init; } = "";
    public string? Brand { get; init; }
    public string Presentation { get; init; } = "";
    public string? Provider { get; init; }
    public Yen Amount { get; init; }

    /// <summary>All refunds that have not failed, those still on their way included.</summary>
    public Yen RefundedAmount { get; init; }

    /// <summary>1 once the whole sum has gone back.</summary>
    public long GivenBack { get; init; }

    public Yen? TenderedAmount { get; init; }
    public string Status { get; init; } = "";

    /// <summary>The receivable's id while this payment holds it (mechanics 4).</summary>
    public string? Slot { get; init; }

    public string? BusyTerminal { get; init; }

    /// <summary>What the provider calls the terminal.</summary>
    public string? Device { get; init; }

    public long Surplus { get; init; }
    public string? Session { get; init; }
    public long? ReceiptNumber { get; init; }
    public BusinessDate? ReceiptDate { get; init; }
    public BusinessDate? BusinessDate { get; init; }
    public string? ProviderReference { get; init; }
    public byte[]? ReferenceHash { get; init; }
    public string? ApprovalNumber { get; init; }
    public string? DeclineCode { get; init; }
    public string? ActionType { get; init; }
    public string? ActionPayload { get; init; }
    public Instant? ActionExpiresAt { get; init; }
    public BusinessDate? InquiryUntil { get; init; }

    /// <summary>open: released by a person, evidence may still come · came: it did · closed: nothing more is expected.</summary>
    public string? InquiryState { get; init; }

    /// <summary>処理未了票: the number of the slip that its terminal printed.</summary>
    public string? UnfinishedSlip { get; init; }

    /// <summary>What the adapter needs to find it again.</summary>
    public string? ProviderHandle { get; init; }

    /// <summary>Why its outcome is not known, in words for people.</summary>
    public string? Doubt { get; init; }

    /// <summary>What a cancel under way is for: a person's wish or the end of its time.</summary>
    public string? CancelFor { get; init; }

    public Instant? NextAskAt { get; init; }
    public Instant? AskedAt { get; init; }
    public Instant? AskingUntil { get; init; }
    public long? Asks { get; init; }

    /// <summary>By then our start call has ended, whatever became of it or of this process.</summary>
    public Instant? CallUntil { get; init; }

    /// <summary>Ended without money, and looked at until then.</summary>
    public Instant? WatchUntil { get; init; }

    /// <summary>1: the provider promised to send the money back if there is any.</summary>
    public long? Promised { get; init; }

    /// <summary>Who found out what became of it, and what; a second person must find the same (mechanics 10).</summary>
    public string? ProposedBy { get; init; }
    public string? ProposedOutcome { get; init; }

    /// <summary>What arrived in another sum than ours and lies in suspense.</summary>
    public Yen? ArrivedAmount { get; init; }

    public string Client { get; init; } = "";
    public long Version { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? CapturedAt { get; init; }
    public Instant? SettledAt { get; init; }
    public Instant? DepositedAt { get; init; }
    public Instant? PostedAt { get; init; }
    public BusinessDate? PayoutDueDate { get; init; }

    public PaymentState State => Names.Parse<PaymentState>(Status);
    public PaymentMethod How => Names.Parse<PaymentMethod>(Method);
    public bool IsSurplus => Surplus != 0;
    public bool IsFinal => PaymentStates.IsFinal(State);

    /// <summary>The customer was shown something to pay with.</summary>
    public bool WasShown => ActionType is not null;

    /// <summary>Captured, less all refunds that have not failed.</summary>
    public Yen Refundable => State == PaymentState.Captured ? Amount - RefundedAmount : Yen.Zero;
}

/// <summary>A payment as the API shows it.</summary>
public sealed record PaymentView(
    string Id, string Receivable, string Place, string? Terminal, string? Operator, Yen Amount, Yen RefundedAmount, string Method, string? Brand, string Presentation, string? Provider,
    string Status, bool Surplus, PaymentAction? Action, DeclineView? Decline, DoubtView? Doubt, InquiryView? Inquiry, string? UnfinishedSlip, CashView? Cash, string? ProviderReference, string? ApprovalNumber, string? Session,
    Instant CreatedAt, Instant? CapturedAt, Instant? SettledAt, Instant? DepositedAt, Instant? PostedAt,
    BusinessDate? ReceiptDate, BusinessDate? BusinessDate, BusinessDate? PayoutDueDate, long? ReceiptNumber)
{
    public static PaymentView Of(Payment payment) => new(
        PublicId.Payment + payment.Id, PublicId.Receivable + payment.Receivable, payment.Place, payment.Terminal, payment.Operator,
        payment.Amount, payment.RefundedAmount, payment.Method, payment.Brand, payment.Presentation, payment.Provider,
        payment.Status, payment.IsSurplus,
        PaymentAction.Of(payment),
        payment.DeclineCode is { } code ? new DeclineView(code, DeclineWords.Of(code), MoneyMoved: false) : null,
        payment.State == PaymentState.InDoubt ? new DoubtView(payment.Doubt ?? "", payment.ArrivedAmount, payment.ProposedOutcome) : null,
        payment.InquiryState is { } inquiry ? new InquiryView(payment.InquiryUntil, inquiry) : null,
        payment.UnfinishedSlip,
        payment.TenderedAmount is { } tendered ? new CashView(tendered, tendered - payment.Amount) : null,
        payment.ProviderReference, payment.ApprovalNumber, payment.Session is { } session ? PublicId.Session + session : null,
        payment.CreatedAt, payment.CapturedAt, payment.SettledAt, payment.DepositedAt, payment.PostedAt,
        payment.ReceiptDate, payment.BusinessDate, payment.PayoutDueDate, payment.ReceiptNumber);
}

/// <summary>What the customer has to do. Shown only while it can still be done.</summary>
public sealed record PaymentAction(
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payload,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Svg,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Terminal,
    Instant? ExpiresAt)
{
    public const string ShowCode = "showCode";
    public const string Redirect = "redirect";
    public const string PresentAtTerminal = "presentAtTerminal";
    public const string ConfirmOnPhone = "confirmOnPhone";
    public const string EndAtTerminal = "endAtTerminal";

    public static PaymentAction? Of(Payment payment) => payment switch
    {
        // Only the person at the terminal can end it: said as long as it is not ended.
        { ActionType: EndAtTerminal, IsFinal: false } => new PaymentAction(EndAtTerminal, null, null, null, payment.ActionPayload, null),
        { State: PaymentState.Pending } => OfPending(payment),
        _ => null,
    };

    private static PaymentAction? OfPending(Payment payment) => payment.ActionType switch
    {
        ShowCode => new PaymentAction(ShowCode, payment.ActionPayload, null, $"/v1/payments/{PublicId.Payment}{payment.Id}/code.svg", null, payment.ActionExpiresAt),
        Redirect => new PaymentAction(Redirect, null, payment.ActionPayload, null, null, payment.ActionExpiresAt),
        ConfirmOnPhone => new PaymentAction(ConfirmOnPhone, null, null, null, null, payment.ActionExpiresAt),
        PresentAtTerminal => new PaymentAction(PresentAtTerminal, null, null, null, payment.ActionPayload, payment.ActionExpiresAt),
        _ => null,
    };
}

public sealed record DeclineView(string Code, string Message, bool MoneyMoved);

/// <param name="ArrivedAmount">What the provider says it took, when that is another sum than ours.</param>
/// <param name="AwaitsSecondPerson">What one person has found; another must find the same before it counts.</param>
public sealed record DoubtView(string Why, Yen? ArrivedAmount, string? AwaitsSecondPerson);

public sealed record InquiryView(BusinessDate? Until, string State);

public sealed record CashView(Yen TenderedAmount, Yen ChangeAmount);

/// <summary>What a clerk reads of a refusal. A provider's own words are never shown: they are for developers, and in no fixed language.</summary>
public static class DeclineWords
{
    public static string Of(string code) => code switch
    {
        "insufficient-funds" => "残高が足りません。お金は動いていません。",
        "rate-limited" => "決済事業者が混み合っています。お金は動いていません。少し待ってからやり直してください。",
        "unauthorized" or "out-of-scope" or "client-not-found" or "request-refused" => "決済事業者がこの契約からの要求を受け付けませんでした。お金は動いていません。管理者に知らせてください。",
        _ => "決済できませんでした。お金は動いていません。別の方法で支払えます。",
    };
}
