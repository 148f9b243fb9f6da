using CashlessGateway.Money;

namespace CashlessGateway.Access.Staff;

/// <summary>職員: somebody who may sign in. Never removed, only disabled, so that what they did keeps its name.</summary>
public sealed class Person
{
    public const int LongestLogin = 64;
    public const int LongestName = 100;

    public string Municipality { get; set; } = "";
    public string Id { get; set; } = "";
    public string Login { get; set; } = "";
    public byte[] LoginKey { get; set; } = [];
    public string Name { get; set; } = "";
    public string? Mail { get; set; }
    public string Language { get; set; } = "ja";
    public string? PasswordHash { get; set; }

    /// <summary>Null while the password is one that somebody else made: it is to be changed before anything else.</summary>
    public Instant? PasswordChangedAt { get; set; }

    /// <summary>Another one ends every session that began under it.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>1 when one-time codes are on.</summary>
    public long TwoFactor { get; set; }

    /// <summary>Encrypted (<see cref="AuthenticatorKeys"/>).</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>Wrong one-time codes behind a right password, one after the other, from wherever they came.</summary>
    public long FailedCount { get; set; }

    /// <summary>Until when no one-time code is looked at.</summary>
    public Instant? LockedUntil { get; set; }

    public Instant? DisabledAt { get; set; }
    public string? DisabledBy { get; set; }
    public Instant CreatedAt { get; set; }
    public string CreatedBy { get; set; } = "";
    public long Version { get; set; } = 1;

    public bool HasCodes => TwoFactor == 1;

    /// <summary>Who did it, in histories.</summary>
    public string Principal => $"staff:{Id}";

    /// <summary>Never the hash or the key.</summary>
    public override string ToString() => $"{Municipality}/{Id}";
}

/// <summary>How Identity names one of ours: by municipality and id, since an id alone would be looked for in every city.</summary>
public readonly record struct PersonKey(string Municipality, string Id)
{
    private const char Between = '.';

    public override string ToString() => $"{Municipality}{Between}{Id}";

    public static PersonKey Of(Person person) => new(person.Municipality, person.Id);

    public static PersonKey? Parse(string? text) =>
        text?.Split(Between) is [{ Length: > 0 } municipality, var id] && Ids.IsId(id) ? new PersonKey(municipality, id) : null;
}
