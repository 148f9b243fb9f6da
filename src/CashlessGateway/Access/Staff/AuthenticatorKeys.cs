using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CashlessGateway.Access.Staff;

/// <param name="LastStep">The last half minute whose code was used.</param>
public sealed record AuthenticatorKey(string Secret, long LastStep)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => nameof(AuthenticatorKey);
}

/// <summary>The secrets of authenticator apps, encrypted with keys that lie outside the database.</summary>
public sealed class AuthenticatorKeys(IDataProtectionProvider protection)
{
    public string Protect(Person person, AuthenticatorKey key) =>
        Protector(person).Protect(string.Create(CultureInfo.InvariantCulture, $"{key.Secret} {key.LastStep}"));

    /// <summary>Null when there is none, or when the keys that encrypted it are lost: the person then needs a recovery code or an administrator.</summary>
    public AuthenticatorKey? Read(Person person)
    {
        if (person.AuthenticatorKey is not { } text) return null;
        try
        {
            return Protector(person).Unprotect(text).Split(' ') is [var secret, var step] ? new AuthenticatorKey(secret, long.Parse(step, CultureInfo.InvariantCulture)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Bound to its person: copied to another row it opens nothing.</summary>
    private IDataProtector Protector(Person person) => protection.CreateProtector("CashlessGateway.Staff.AuthenticatorKey", person.Municipality, person.Id);
}
