using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CashlessGateway.Money;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// Guessing passwords becomes slower and slower, for one login from one address and for one address. Nothing is ever locked: who has a
/// passkey or a session is not asked here, and a colleague elsewhere waits for nobody's guesses. Kept in memory; a node more is a guess more.
/// </summary>
public sealed class SignInDelays(Clock clock)
{
    /// <summary>People mistype twice and then look at the keys.</summary>
    private const int FreeForLogin = 3;

    /// <summary>A city hall goes out through one address: on a Monday morning some of two hundred people mistype.</summary>
    private const int FreeForAddress = 30;

    private static readonly TimeSpan LongestForLogin = TimeSpan.FromMinutes(15);

    /// <summary>Short, since everybody behind the address waits.</summary>
    private static readonly TimeSpan LongestForAddress = TimeSpan.FromSeconds(60);

    /// <summary>Quiet for this long: forgotten.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    /// <summary>Some 10 MB. Whoever fills it meets the delay of an address long before.</summary>
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<string, Tries> _tries = new(StringComparer.Ordinal);

    /// <summary>
    /// Counts a try before it is looked at, so that tries sent together do not all go first. Null when it may go on, else how long to wait.
    /// </summary>
    public TimeSpan? Begin(byte[] loginKey, IPAddress? address)
    {
        Tidy();
        var (now, from) = (clock.Now(), Network(address));
        var byLogin = Of(LoginAt(loginKey, from));
        var byAddress = Of(from);
        if (byLogin.Wait(now, FreeForLogin, LongestForLogin) is { } wait) return wait;
        if (byAddress.Wait(now, FreeForAddress, LongestForAddress) is { } both) return both;
        byLogin.Count(now);
        byAddress.Count(now);
        return null;
    }

    public void Succeeded(byte[] loginKey, IPAddress? address)
    {
        var from = Network(address);
        _tries.TryRemove(LoginAt(loginKey, from), out _);
        Of(from).TakeBack();
    }

    private static string LoginAt(byte[] loginKey, string from) => $"{Convert.ToHexString(loginKey)} {from}";

    /// <summary>One household or office has a whole /64 of IPv6.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null) return "-";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private Tries Of(string key) => _tries.GetOrAdd(key, static _ => new Tries());

    private void Tidy()
    {
        if (_tries.Count < MostKept) return;
        var now = clock.Now();
        foreach (var (key, tries) in _tries)
            if (tries.IsQuiet(now)) _tries.TryRemove(key, out _);
        // Still full: an attack with many logins. The addresses, which are few, go on being counted from here.
        if (_tries.Count < MostKept) return;
        foreach (var key in _tries.Keys.Where(static key => key.Contains(' ', StringComparison.Ordinal))) _tries.TryRemove(key, out _);
    }

    private sealed class Tries
    {
        private readonly Lock _gate = new();
        private int _count;
        private Instant _last;

        public TimeSpan? Wait(Instant now, int free, TimeSpan longest)
        {
            lock (_gate)
            {
                if (now - _last >= Forgotten) _count = 0;
                if (_count < free) return null;
                var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(_count - free, 20)), longest.TotalSeconds));
                var left = _last.Plus(pause) - now;
                return left > TimeSpan.Zero ? left : null;
            }
        }

        public void Count(Instant now)
        {
            lock (_gate) (_count, _last) = (_count + 1, now);
        }

        public void TakeBack()
        {
            lock (_gate) _count = Math.Max(0, _count - 1);
        }

        public bool IsQuiet(Instant now)
        {
            lock (_gate) return now - _last >= Forgotten;
        }
    }
}
