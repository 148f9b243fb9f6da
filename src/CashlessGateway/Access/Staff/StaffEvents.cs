namespace CashlessGateway.Access.Staff;

/// <summary>What a person did with an account, or had done to it.</summary>
/// <param name="By">Who did it, where it was somebody else.</param>
/// <param name="Detail">Ids and words of ours only.</param>
public sealed record StaffEvent(string Municipality, string? Person, StaffAction Action, string? Session = null, string? Address = null, string? By = null, string? Detail = null);

public enum StaffAction
{
    SignedIn,
    Refused,
    SignedOut,
    OperatorChanged,
    PersonAdded,
    PersonDisabled,
    PersonEnabled,
    PersonReset,
    PasswordSet,
    CodesOn,
    CodesOff,
    PasskeyAdded,
    PasskeyRemoved,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PinSet,
    PinGone,
    SessionEnded,
    RightsChanged,
}

/// <summary>Where all that goes that is to be proved later. The audit trail takes this place.</summary>
public interface IStaffEvents
{
    Task Note(StaffEvent what, CancellationToken cancellation = default);
}
