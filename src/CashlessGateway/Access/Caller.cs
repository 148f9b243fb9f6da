using System.Net;
using CashlessGateway.Access.Clients;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;

namespace CashlessGateway.Access;

/// <summary>An API client as its key shows it.</summary>
public sealed record Caller(string Municipality, string Client, string Name, string KeyId, IReadOnlySet<string> Scopes, IReadOnlySet<string>? Places, int RatePerMinute, Instant? ExpiresAt)
{
    /// <summary>Null for any address.</summary>
    public AddressRanges? Addresses { get; init; }

    /// <summary>The office it acts for: the ordering side unless somebody said otherwise.</summary>
    public Office Office { get; init; } = Office.Executive;

    public bool MayCallFrom(IPAddress? address) => Addresses is null || Addresses.Contain(address);

    public bool MayUse(string place) => Places is null || Places.Contains(place);

    /// <summary>Who did it, in histories and day sheets.</summary>
    public string Principal => Person is { } person ? $"staff:{person}" : $"client:{Client}";

    /// <summary>A member of staff who uses an operation from a page.</summary>
    public string? Person { get; init; }
}

/// <summary>What a key may be allowed to do.</summary>
public static class Scopes
{
    public const string PlacesRead = "places:read";
    public const string PlacesWrite = "places:write";
    public const string ReceivablesRead = "receivables:read";
    public const string ReceivablesWrite = "receivables:write";
    public const string PaymentsRead = "payments:read";
    public const string PaymentsWrite = "payments:write";
    public const string PaymentsResolve = "payments:resolve";
    public const string RefundsWrite = "refunds:write";
    public const string RefundsApprove = "refunds:approve";
    public const string SessionsWrite = "sessions:write";

    /// <summary>代行締め, and the second signature under a cash difference: what the one at the till does not do alone.</summary>
    public const string SessionsManage = "sessions:manage";

    /// <summary>Says how an exception came about.</summary>
    public const string ExceptionsWrite = "exceptions:write";

    /// <summary>Ends an exception that somebody else explained.</summary>
    public const string ExceptionsApprove = "exceptions:approve";
    public const string LedgerRead = "ledger:read";

    /// <summary>The audit trail, with the addresses and words beside it.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>Endpoints and deliveries. Its bearer sees what the events say, without the scopes of reading.</summary>
    public const string WebhooksWrite = "webhooks:write";

    /// <summary>All but approval and the audit trail, which belong to another pair of hands.</summary>
    public static readonly IReadOnlyList<string> AllButApproval =
        [PlacesRead, PlacesWrite, ReceivablesRead, ReceivablesWrite, PaymentsRead, PaymentsWrite, PaymentsResolve, RefundsWrite, SessionsWrite, ExceptionsWrite, LedgerRead, WebhooksWrite];

    /// <summary>What a person may choose from.</summary>
    public static readonly IReadOnlyList<string> All = [.. AllButApproval, RefundsApprove, SessionsManage, ExceptionsApprove, AuditRead];

    public static readonly IReadOnlyList<string> Approver = [PlacesRead, ReceivablesRead, PaymentsRead, PaymentsResolve, RefundsApprove, SessionsManage, ExceptionsApprove, LedgerRead, AuditRead];
}
