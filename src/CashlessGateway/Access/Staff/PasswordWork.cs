using Microsoft.AspNetCore.Identity;

namespace CashlessGateway.Access.Staff;

/// <summary>Hashes passwords and PINs, a few at a time: a tenth of a second of a processor each, that payments must not wait for.</summary>
public sealed class PasswordWork(IPasswordHasher<Person> hasher) : IDisposable
{
    /// <summary>
    /// OWASP's figure (Password Storage Cheat Sheet) for PBKDF2 with HMAC-SHA-512, which Identity's format v3 uses.
    /// </summary>
    public const int Iterations = 210_000;

    /// <summary>More than wait than this are an attack, or will have given up before their turn.</summary>
    private const int MostWaiting = 40;

    /// <summary>Somebody who cannot be: an unknown login costs the same work as a known one.</summary>
    private static readonly Person Nobody = new();

    private readonly SemaphoreSlim _seats = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(Nobody, Guid.CreateVersion7().ToString()));
    private int _waiting;

    /// <summary>Whether the password is this person's; a person who has none, or is not there, costs the same.</summary>
    public async Task<PasswordVerdict> Verify(Person? person, string password, CancellationToken cancellation)
    {
        var verdict = await Seated(() =>
        {
            // Made for whoever comes first, known or not.
            var nobodys = _nobodysHash.Value;
            return hasher.VerifyHashedPassword(person ?? Nobody, person?.PasswordHash ?? nobodys, password);
        }, cancellation);
        return verdict switch
        {
            null => PasswordVerdict.Busy,
            PasswordVerificationResult.Success when person?.PasswordHash is not null => PasswordVerdict.Right,
            PasswordVerificationResult.SuccessRehashNeeded when person?.PasswordHash is not null => PasswordVerdict.RightButOld,
            _ => PasswordVerdict.Wrong,
        };
    }

    /// <summary>Null when too many wait.</summary>
    public Task<string?> Hash(Person person, string password, CancellationToken cancellation) => SeatedText(() => hasher.HashPassword(person, password), cancellation);

    /// <summary>Null when too many wait.</summary>
    public async Task<bool?> Matches(Person person, string hash, string secret, CancellationToken cancellation) =>
        await Seated(() => hasher.VerifyHashedPassword(person, hash, secret), cancellation) is { } verdict ? verdict != PasswordVerificationResult.Failed : null;

    public void Dispose() => _seats.Dispose();

    private async Task<PasswordVerificationResult?> Seated(Func<PasswordVerificationResult> work, CancellationToken cancellation)
    {
        if (!await Enter(cancellation)) return null;
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _seats.Release();
        }
    }

    private async Task<string?> SeatedText(Func<string> work, CancellationToken cancellation)
    {
        if (!await Enter(cancellation)) return null;
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _seats.Release();
        }
    }

    private async Task<bool> Enter(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            await _seats.WaitAsync(cancellation);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}

public enum PasswordVerdict
{
    Right,

    /// <summary>Right, and hashed with an older figure: to be hashed again.</summary>
    RightButOld,

    Wrong,

    /// <summary>Too many wait.</summary>
    Busy,
}
