using CashlessGateway.Storage;

namespace CashlessGateway.Access;

/// <summary>What was done to people, roles, keys and settings. The object is a word and an id; values lie in the pairs.</summary>
public sealed record AccessEvent(string Municipality, string Actor, string Action, string Object, string? Place = null)
{
    public string? From { get; init; }
    public IReadOnlyDictionary<string, string?>? Before { get; init; }
    public IReadOnlyDictionary<string, string?>? After { get; init; }
    public IReadOnlyDictionary<string, string?>? Facts { get; init; }

    public static IReadOnlyDictionary<string, string?> Pairs(params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
            if (value is not null) values.Add(name, value);
        return values;
    }
}

/// <summary>Names of deeds, kept for ever.</summary>
public static class AccessActions
{
    public const string PersonCreated = "person-created";
    public const string PersonChanged = "person-changed";
    public const string PersonDisabled = "person-disabled";
    public const string RoleGranted = "role-granted";
    public const string RoleEnded = "role-ended";
    public const string AppointmentMade = "appointment-made";
    public const string AppointmentEnded = "appointment-ended";
    public const string ProposalMade = "proposal-made";
    public const string ProposalApproved = "proposal-approved";
    public const string ProposalRejected = "proposal-rejected";
    public const string ProposalWithdrawn = "proposal-withdrawn";
    public const string ClientCreated = "api-client-created";
    public const string ClientChanged = "api-client-changed";
    public const string KeyCreated = "api-key-created";
    public const string KeyRotated = "api-key-rotated";
    public const string KeyRevoked = "api-key-revoked";
    public const string PlaceChanged = "place-changed";
    public const string TerminalAdded = "terminal-added";
}

/// <summary>The door to the audit trail: what has to be made before a unit is made when it is asked for, what it hands back writes inside the unit.</summary>
public interface IAccessEvents
{
    Func<Unit, Task> Write(AccessEvent said);
}
