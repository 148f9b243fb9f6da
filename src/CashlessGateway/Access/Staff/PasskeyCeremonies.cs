using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Money;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// Asking a browser for a passkey, and for a new one (WebAuthn). What was asked goes to the page encrypted and comes back with the
/// answer: it is good for five minutes, for one city, and once.
/// </summary>
public sealed class PasskeyCeremonies(IDataProtectionProvider protection, Clock clock, UsedChallenges used, PersonStore people, IPasskeyHandler<Person> handler)
{
    /// <summary>An answer has some thousand characters; attestations with certificates several times that.</summary>
    public const int LongestAnswer = 30_000;

    private const string SignIn = "sign-in";
    private const string Adding = "adding";

    private readonly IDataProtector _protector = protection.CreateProtector("CashlessGateway.Staff.Passkey");

    public async Task<PasskeyQuestion> Ask(string municipality, Person? person, HttpContext http)
    {
        var options = await handler.MakeRequestOptionsAsync(person, http);
        return new PasskeyQuestion(options.RequestOptionsJson, Seal(SignIn, municipality, options.AssertionState));
    }

    public async Task<PasskeyQuestion> AskForNew(Person person, HttpContext http)
    {
        var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = PersonKey.Of(person).ToString(), Name = person.Login, DisplayName = person.Name }, http);
        return new PasskeyQuestion(options.CreationOptionsJson, Seal(Adding, person.Municipality, options.AttestationState));
    }

    /// <summary>Whose passkey answered, or null: a disabled person's, another city's and a wrong one are the same.</summary>
    public async Task<Person?> Answered(string municipality, string? state, string? answer, HttpContext http)
    {
        if (answer is not { Length: > 0 and <= LongestAnswer } || Unseal(SignIn, municipality, state) is not { } asked) return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = answer, AssertionState = asked });
        if (!result.Succeeded || result.User.Municipality != municipality || result.User.DisabledAt is not null) return null;
        return await people.Use(result.User, result.Passkey, http.RequestAborted) ? result.User : null;
    }

    /// <summary>The new passkey of this person, not yet stored; null when the answer is not one.</summary>
    public async Task<UserPasskeyInfo?> Made(Person person, string? state, string? answer, HttpContext http)
    {
        if (answer is not { Length: > 0 and <= LongestAnswer } || Unseal(Adding, person.Municipality, state) is not { } asked) return null;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = answer, AttestationState = asked });
        return result.Succeeded && result.UserEntity.Id == PersonKey.Of(person).ToString() ? result.Passkey : null;
    }

    private string Seal(string kind, string municipality, string? state) =>
        _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{municipality}\n{clock.Now().Plus(UsedChallenges.Life).Milliseconds}\n{state}"));

    private string? Unseal(string kind, string municipality, string? text)
    {
        if (text is not { Length: > 0 and <= LongestAnswer }) return null;
        string[] parts;
        try
        {
            parts = _protector.Unprotect(text).Split('\n', 4);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return parts is [var isKind, var isFor, var until, var state] && isKind == kind && isFor == municipality && long.Parse(until, CultureInfo.InvariantCulture) > clock.Now().Milliseconds && used.First(state)
            ? state
            : null;
    }
}

/// <param name="Options">For the browser, as JSON.</param>
/// <param name="State">For us, encrypted; comes back with the answer.</param>
public sealed record PasskeyQuestion(string Options, string State);

/// <summary>A question is answered once.</summary>
public sealed class UsedChallenges(Clock clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Answers of five minutes; a city has some hundreds of people.</summary>
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, Instant> _used = new(StringComparer.Ordinal);

    public bool First(string state)
    {
        var now = clock.Now();
        foreach (var (key, at) in _used)
            if (now - at > Life) _used.TryRemove(key, out _);
        return _used.Count < Most && _used.TryAdd(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state))), now);
    }
}
