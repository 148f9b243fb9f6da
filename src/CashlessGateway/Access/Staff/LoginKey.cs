using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// One form of writing for a login: full and half width, capitals and small letters, and spaces around it are the same. It is kept as a
/// hash, since databases compare text each in its own way.
/// </summary>
public static class LoginKey
{
    public static byte[] Of(string municipality, string login) => SHA256.HashData(Encoding.UTF8.GetBytes($"{municipality}\n{Plain(login)}"));

    internal static string Plain(string login) => Normal(login).Trim().ToLowerInvariant().Normalize(NormalizationForm.FormKC);

    /// <summary>Half of a surrogate pair cannot be normalised, and comes from no keyboard.</summary>
    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return "\uFFFD";
        }
    }
}

/// <summary>Identity's "user name" is our municipality and login; its normalised form is the municipality and the key.</summary>
public sealed class LoginNames : ILookupNormalizer
{
    private const char Between = '/';

    public static string Of(Person person) => $"{person.Municipality}{Between}{person.Login}";

    public static string Of(string municipality, byte[] key) => $"{municipality}{Between}{Convert.ToHexString(key)}";

    public static (string Municipality, byte[] Key)? Parse(string normalized) =>
        normalized.IndexOf(Between, StringComparison.Ordinal) is > 0 and var at && normalized.Length - at - 1 == 2 * SHA256.HashSizeInBytes
            ? (normalized[..at], Convert.FromHexString(normalized.AsSpan(at + 1)))
            : null;

    public string? NormalizeName(string? name) =>
        name?.IndexOf(Between, StringComparison.Ordinal) is > 0 and var at ? Of(name[..at], LoginKey.Of(name[..at], name[(at + 1)..])) : name;

    public string? NormalizeEmail(string? email) => email;
}
