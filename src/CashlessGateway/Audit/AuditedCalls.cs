using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>What an API call says of itself in the trail: who, from where.</summary>
public static class AuditedCalls
{
    public static AuditEvent Said(this ApiCall call, AuditAction action, string? about = null, string? place = null, AuditOutcome outcome = AuditOutcome.Done) =>
        new(call.Municipality, call.Caller.Principal, action, outcome, about, place) { From = RefusedAccess.Address(call.Http) };
}
