using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Authentication;

namespace CashlessGateway.Access.Roles;

/// <summary>Who sits before a page.</summary>
public sealed record StaffMember(string Municipality, string Person, string Session, string Name, StaffRights Rights)
{
    /// <summary>The person and never the session: whoever signs in twice is still one.</summary>
    public string Principal => PrincipalOf(Person);

    public static string PrincipalOf(string person) => $"staff:{person}";

    /// <summary>The network address of the request.</summary>
    public string? From { get; init; }

    /// <summary>For the audit trail; before, after and facts are added with <c>with</c>.</summary>
    public AuditEvent Did(AuditAction action, string about, string? place = null) => new(Municipality, Principal, action, AuditOutcome.Done, about, place) { From = From };

    /// <summary>The person behind a principal, or null when it is no member of staff.</summary>
    public static string? PersonOf(string? principal) => principal is not null && principal.StartsWith("staff:", StringComparison.Ordinal) ? principal["staff:".Length..] : null;

    public bool May(Right right) => Rights.May(right);

    public bool May(Right right, string? place) => Rights.May(right, place);
}

/// <summary>The member of staff of a request, read once in it: with the roles of this very day, so that one that ended at midnight opens nothing after it.</summary>
public sealed class SignedIn(Database database, Clock clock, IAuthenticationSchemeProvider schemes)
{
    public const string Scheme = "staff";
    private const string MunicipalityClaim = "municipality";
    private const string PersonClaim = "person";
    private const string SessionClaim = "session";

    private static readonly Sql FindPerson = new("""
        select name
        from person
        where municipality = @municipality and id = @person and disabled_at is null
        """);

    /// <summary>Null for a visitor, and for somebody whose account was disabled.</summary>
    public async Task<StaffMember?> Find(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(StaffMember), out var known)) return known as StaffMember;
        var staff = await Load(http);
        http.Items[typeof(StaffMember)] = staff;
        return staff;
    }

    /// <summary>After <see cref="Find"/>, which the gate does for every page.</summary>
    public static StaffMember? Of(HttpContext http) => http.Items[typeof(StaffMember)] as StaffMember;

    private async Task<StaffMember?> Load(HttpContext http)
    {
        if (await schemes.GetSchemeAsync(Scheme) is null) return null;
        var principal = (await http.AuthenticateAsync(Scheme)).Principal;
        if (principal?.FindFirst(MunicipalityClaim)?.Value is not { } municipality || principal.FindFirst(PersonClaim)?.Value is not { } person || principal.FindFirst(SessionClaim)?.Value is not { } session) return null;
        var today = clock.Today();
        return await database.Read(async reader => await reader.One<string>(FindPerson, new { municipality, person }) is { } name
            ? new StaffMember(municipality, person, session, name, StaffRights.Of(await RoleStore.OfPerson(reader, municipality, person), today)) { From = RefusedAccess.Address(http) }
            : null, http.RequestAborted);
    }
}
