namespace CashlessGateway.Access.Staff;

/// <summary>What a person did with an account, or had done to it.</summary>
/// <param name="By">Who did it, where it was somebody else.</param>
/// <param name="Detail">Ids and words of ours only.</param>
public sealed record StaffEvent(string Municipality, string? Person, StaffAction Action, string? Session = null, string? By = null, string? Detail = null);

public enum StaffAction
{
    SignedIn,
    Refused,
    SignedOut,
    OperatorChanged,
    PersonAdded,
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
}
