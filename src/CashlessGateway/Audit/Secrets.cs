using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CashlessGateway.Audit;

/// <summary>What must never get into the trail, told by the name of a value or by its look. Pure.</summary>
public static partial class Secrets
{
    public const string Masked = "***";

    private static readonly FrozenSet<string> Words = new[] { "password", "passphrase", "passcode", "secret", "key", "apikey", "token", "pin", "code", "otp", "totp" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>By words and not by letters: a shipping date is no PIN. A harmless value with such a name (a place's code) is given another name by whoever writes it.</summary>
    public static bool IsSecretName(string name) => NameWord().Matches(name).Any(static word => Words.Contains(Singular(word.Value.ToLowerInvariant())));

    /// <summary>A person may paste anything into a reason: our own keys and signing secrets are known by their look.</summary>
    public static string Mask(string text) => SecretText().Replace(text, Masked);

    private static string Singular(string word) => word.Length > 3 && word.EndsWith('s') ? word[..^1] : word;

    /// <summary>oldSecretUntil, API-Key, user_pin, APIKey.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameWord();

    [GeneratedRegex(@"cgk_[^\s_]+_[^\s_]+_\S+|whsec_\S+|\bBearer\s+\S+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SecretText();
}
