using CashlessGateway.Access.Staff;
using CashlessGateway.Audit;
using CashlessGateway.Storage;

namespace CashlessGateway.Access;

/// <summary>What was done to people, roles, keys and settings goes into the audit trail in the unit that does it.</summary>
public sealed class AuditedAccessEvents(AuditTrail trail) : IAccessEvents
{
    public Func<Unit, Task> Write(AccessEvent said)
    {
        var action = AuditActions.Find(said.Action) ?? throw new InvalidOperationException($"The audit trail knows no '{said.Action}'.");
        var (stamp, entry) = (trail.Stamp(), new AuditEvent(said.Municipality, said.Actor, action, AuditOutcome.Done, said.Object, said.Place) { From = said.From, Before = said.Before, After = said.After, Facts = said.Facts });
        return unit => AuditTrail.Write(unit, stamp, entry);
    }
}

/// <summary>What people did with their accounts.</summary>
public sealed class AuditedStaffEvents(AuditTrail trail) : IStaffEvents
{
    public Task Note(StaffEvent what, CancellationToken cancellation = default)
    {
        var (action, outcome) = Deed(what.Action);
        var actor = what.By is { } by ? by.Contains(':', StringComparison.Ordinal) ? by : Actors.Staff(by) : what is { Action: not StaffAction.Refused, Person: { } person } ? Actors.Staff(person) : Actors.Anonymous;
        return trail.Note(new AuditEvent(what.Municipality, actor, action, outcome, what.Person is { } about ? $"person:{about}" : null)
        {
            From = what.Address,
            Facts = Pairs.Of(("session", what.Session), ("deed", what.Action.ToString()), ("detail", what.Detail)),
        });
    }

    private static (AuditAction Action, AuditOutcome Outcome) Deed(StaffAction action) => action switch
    {
        StaffAction.SignedIn => (AuditActions.SignIn, AuditOutcome.Done),
        StaffAction.Refused => (AuditActions.SignInRefused, AuditOutcome.Refused),
        StaffAction.SignedOut => (AuditActions.SignOut, AuditOutcome.Done),
        StaffAction.OperatorChanged => (AuditActions.OperatorChanged, AuditOutcome.Done),
        StaffAction.PersonAdded => (AuditActions.PersonCreated, AuditOutcome.Done),
        StaffAction.PersonDisabled => (AuditActions.PersonDisabled, AuditOutcome.Done),
        StaffAction.PersonEnabled or StaffAction.PersonReset or StaffAction.RightsChanged => (AuditActions.PersonChanged, AuditOutcome.Done),
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
