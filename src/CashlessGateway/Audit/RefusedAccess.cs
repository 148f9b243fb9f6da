using System.Net;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>
/// Calls that were turned away at the door. A key that proved itself is noted once a minute, an unproven caller once a minute per
/// address: whoever knocks a million times makes no million rows.
/// </summary>
public sealed class RefusedAccess(AuditTrail trail, Database database, Clock clock, ILogger<RefusedAccess> log)
{
    /// <summary>A city has some dozens of keys.</summary>
    private readonly OncePerMinute _keys = new(clock, 1_000);

    /// <summary>Addresses cost an attacker nothing: 30 a minute tell what is going on, and are some 50 MB a day at most.</summary>
    private readonly OncePerMinute _addresses = new(clock, 30);

    /// <summary>The caller's key is right: it may not do this, or not any more.</summary>
    public Task Note(HttpContext http, Operation operation, Caller caller, ErrorCode why) => _keys.IsFirst($"{caller.KeyId} {why.Code}")
        ? trail.Note(Event(http, operation, caller.Municipality, caller.Principal, caller.KeyId, why))
        : Task.CompletedTask;

    /// <summary>Nobody knows who it is: anyone may name a key's id.</summary>
    /// <param name="municipality">Where the key that was named belongs to; null when there is no such key here.</param>
    public async Task Note(HttpContext http, Operation operation, ApiKey key, string? municipality, ErrorCode why)
    {
        if (!_addresses.IsFirst(Network(http.Connection.RemoteIpAddress))) return;
        if (municipality is null && (municipality = await OnlyCity()) is null)
        {
            log.LogWarning("A call was refused ({Why}) from {Address}; its key is of none of the cities here.", why.Code, http.Connection.RemoteIpAddress);
            return;
        }

        await trail.Note(Event(http, operation, municipality, Actors.Anonymous, key.Id, why));
    }

    private static AuditEvent Event(HttpContext http, Operation operation, string municipality, string actor, string keyId, ErrorCode why) =>
        new(municipality, actor, AuditActions.AccessRefused, AuditOutcome.Refused, $"key:{Plain(keyId)}")
        {
            From = Address(http),
            Facts = Pairs.Of(("reason", why.Code), ("call", $"{operation.Method} {operation.Pattern}"), ("scope", why == Errors.ScopeMissing ? operation.Scope : null)),
        };

    /// <summary>As it stands in the trail.</summary>
    public static string? Address(HttpContext http) => Plain(http.Connection.RemoteIpAddress)?.ToString();

    /// <summary>A text that calls itself a key's id may be anything.</summary>
    private static string Plain(string keyId) => keyId.All(char.IsAsciiLetterOrDigit) ? keyId : "?";

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    /// <summary>Whoever has one IPv6 address has 2^64 of them.</summary>
    internal static string Network(IPAddress? address) => Plain(address) switch
    {
        null => "",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } six => Convert.ToHexString(six.GetAddressBytes().AsSpan(0, 8)),
        var four => four.ToString(),
    };

    /// <summary>In a deployment of one city an unknown caller can only have meant it. Among several they are nobody's.</summary>
    private async Task<string?> OnlyCity()
    {
        try
        {
            return await database.All<string>(PlaceStore.Municipalities) is [var only] ? only : null;
        }
        catch (StorageUnavailableException error)
        {
            log.LogError("A refused call could not be noted: {Reason}", error.Message);
            return null;
        }
    }
}
