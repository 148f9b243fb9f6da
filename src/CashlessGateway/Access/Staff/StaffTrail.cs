using CashlessGateway.Audit;
using CashlessGateway.Storage;

namespace CashlessGateway.Access.Staff;

/// <summary>What people did with their accounts.</summary>
public sealed class StaffTrail(AuditTrail trail, IHttpContextAccessor request)
{
    /// <summary>In the unit that does it.</summary>
    public Func<Unit, Task> Prepare(StaffEvent what) => trail.Prepare(Said(what));

    /// <summary>Alone: what changes no row of an account.</summary>
    public Task Note(StaffEvent what) => trail.Note(Said(what));

    private AuditEvent Said(StaffEvent what)
    {
        var (action, outcome) = Deed(what.Action);
        var actor = what.By is { } by ? by.Contains(':', StringComparison.Ordinal) ? by : Actors.Staff(by) : what is { Action: not StaffAction.Refused, Person: { } person } ? Actors.Staff(person) : Actors.Anonymous;
        return new AuditEvent(what.Municipality, actor, action, outcome, what.Person is { } about ? $"person:{about}" : null)
        {
            From = request.HttpContext is { } http ? RefusedAccess.Address(http) : null,
            Facts = Pairs.Of(("session", what.Session), ("deed", what.Action.ToString()), ("detail", what.Detail)),
        };
    }

    private static (AuditAction Action, AuditOutcome Outcome) Deed(StaffAction action) => action switch
    {
        StaffAction.SignedIn => (AuditActions.SignIn, AuditOutcome.Done),
        StaffAction.Refused => (AuditActions.SignInRefused, AuditOutcome.Refused),
        StaffAction.SignedOut => (AuditActions.SignOut, AuditOutcome.Done),
        StaffAction.OperatorChanged => (AuditActions.OperatorChanged, AuditOutcome.Done),
        StaffAction.PersonAdded => (AuditActions.PersonCreated, AuditOutcome.Done),
        StaffAction.PersonReset => (AuditActions.PersonChanged, AuditOutcome.Done),
        StaffAction.PasswordSet => (AuditActions.PasswordAdded, AuditOutcome.Done),
        StaffAction.CodesOn or StaffAction.RecoveryCodesMade => (AuditActions.TotpAdded, AuditOutcome.Done),
        StaffAction.CodesOff => (AuditActions.TotpRemoved, AuditOutcome.Done),
        StaffAction.PasskeyAdded => (AuditActions.PasskeyAdded, AuditOutcome.Done),
        StaffAction.PasskeyRemoved => (AuditActions.PasskeyRemoved, AuditOutcome.Done),
        StaffAction.RecoveryCodeUsed => (AuditActions.RecoveryCodeUsed, AuditOutcome.Done),
        StaffAction.PinSet => (AuditActions.PinSet, AuditOutcome.Done),
        StaffAction.PinGone => (AuditActions.PinGone, AuditOutcome.Done),
        StaffAction.SessionEnded => (AuditActions.SessionEnded, AuditOutcome.Done),
    };
}
