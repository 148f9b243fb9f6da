using CashlessGateway.Money;

namespace CashlessGateway.Access.Staff;

public enum SessionKind
{
    /// <summary>窓口: 12 hours, however quiet the counter is.</summary>
    Counter,

    /// <summary>出納室・管理: ends after 30 minutes of nothing.</summary>
    Office,

    /// <summary>First sign-in: only what sets up the second factor and the person's own password opens.</summary>
    Setup,
}

/// <summary>A signed-in browser and who acts in it now.</summary>
public sealed record StaffSession
{
    /// <summary>A working day with its evening counter.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Treasury and administration show every payer of the city: an empty chair must not.</summary>
    public static readonly TimeSpan IdleInOffice = TimeSpan.FromMinutes(30);

    /// <summary>A first sign-in is done in one go.</summary>
    public static readonly TimeSpan LongestSetup = TimeSpan.FromMinutes(30);

    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public byte[] TokenHash { get; init; } = [];
    public string Person { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Place { get; init; }
    public string Stamp { get; init; } = "";
    public Instant CreatedAt { get; init; }
    public Instant SeenAt { get; set; }
    public Instant ExpiresAt { get; init; }
    public Instant? EndedAt { get; init; }

    // Of the person who acts now.
    public string Login { get; init; } = "";
    public string Name { get; init; } = "";
    public string SecurityStamp { get; init; } = "";
    public Instant? DisabledAt { get; init; }

    public SessionKind SessionKind => Storage.Names.Parse<SessionKind>(Kind);

    /// <summary>Who did it, in histories.</summary>
    public string Principal => $"staff:{Person}";

    public bool IsOpen(Instant now) =>
        EndedAt is null && DisabledAt is null && now < ExpiresAt && Stamp == SecurityStamp && (SessionKind != SessionKind.Office || now - SeenAt < IdleInOffice);
}

/// <summary>The random text in a browser's cookie. The database has its hash only.</summary>
public sealed record SessionToken(string Text)
{
    private const int Bytes = 32;

    /// <summary>256 random bits: one fast hash keeps them from whoever reads the database.</summary>
    public byte[] Hash => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Text));

    public static SessionToken New() => new(System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Null for what cannot be one.</summary>
    public static SessionToken? Parse(string? text) =>
        text is { Length: 43 } && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? new SessionToken(text) : null;

    /// <summary>Never the token.</summary>
    public override string ToString() => nameof(SessionToken);
}
