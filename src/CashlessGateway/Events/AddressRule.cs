using System.Net;
using System.Net.Sockets;

namespace CashlessGateway.Events;

/// <summary>
/// Which addresses events may go to. Whoever may register an endpoint must not be able to make the gateway call the machines
/// inside (a cloud's metadata service, a router, the database): everything that is not plainly the public Internet is refused.
/// </summary>
public static class AddressRule
{
    private static readonly (IPNetwork Network, string Why)[] Refused =
    [
        .. new[]
        {
            ("0.0.0.0/8", "unspecified"), ("10.0.0.0/8", "private"), ("100.64.0.0/10", "shared"), ("127.0.0.0/8", "loopback"), ("169.254.0.0/16", "link-local"),
            ("172.16.0.0/12", "private"), ("192.0.0.0/24", "reserved"), ("192.0.2.0/24", "documentation"), ("192.88.99.0/24", "reserved"), ("192.168.0.0/16", "private"),
            ("198.18.0.0/15", "benchmarking"), ("198.51.100.0/24", "documentation"), ("203.0.113.0/24", "documentation"), ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"),
            ("::1/128", "loopback"), ("::/96", "unspecified"), ("fc00::/7", "unique-local"), ("fe80::/10", "link-local"), ("fec0::/10", "site-local"), ("ff00::/8", "multicast"),
            ("2001::/23", "reserved"), ("2001:db8::/32", "documentation"), ("3fff::/20", "documentation"),
        }.Select(static row => (IPNetwork.Parse(row.Item1), row.Item2)),
    ];

    /// <summary>What is public in IPv6 today (2000::/3); all else is reserved or local.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Prefixes behind which an IPv4 address stands, and at which byte.</summary>
    private static readonly (IPNetwork Network, int At)[] Embedding = [(IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2)];

    /// <summary>Null when events may go there, else what kind of address it is.</summary>
    public static string? WhyNot(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return WhyNot(address.MapToIPv4());
        foreach (var (network, why) in Refused)
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address)) return why;
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        foreach (var (network, at) in Embedding)
            if (network.Contains(address)) return WhyNot(new IPAddress(address.GetAddressBytes().AsSpan(at, 4)));
        return Global.Contains(address) ? null : "reserved";
    }
}
