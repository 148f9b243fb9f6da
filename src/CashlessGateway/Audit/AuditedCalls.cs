using CashlessGateway.Access;
using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>What an API call says of itself in the trail: who, from where.</summary>
public static class AuditedCalls
{
    /// <summary>The same of somebody who may sit before a page as well.</summary>
    /// <param name="from">The network address.</param>
    public static AuditEvent Did(this Caller caller, AuditAction action, string about, string? place, string? from) =>
        new(caller.Municipality, caller.Principal, action, AuditOutcome.Done, about, place) { From = from };

    public static AuditEvent Said(this ApiCall call, AuditAction action, string? about = null, string? place = null, AuditOutcome outcome = AuditOutcome.Done) =>
        new(call.Municipality, call.Caller.Principal, action, outcome, about, place) { From = RefusedAccess.Address(call.Http) };
}
