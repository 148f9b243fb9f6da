using System.Net;

namespace CashlessGateway.Access.Clients;

/// <summary>From where a client may call: networks in CIDR notation, v4 and v6, or single addresses.</summary>
public sealed class AddressRanges
{
    /// <summary>A system calls from a handful of networks.</summary>
    public const int Most = 20;

    private readonly IReadOnlyList<IPNetwork> _networks;

    private AddressRanges(IReadOnlyList<IPNetwork> networks) => _networks = networks;

    /// <summary>Null for a text that is no list of networks. Anything between them separates: people paste lists of many kinds.</summary>
    public static AddressRanges? Parse(string text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split([' ', ',', ';', '\n', '\r', '\t', '、'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Network(part) is not { } network || networks.Count == Most) return null;
            networks.Add(network);
        }

        return networks.Count == 0 ? null : new AddressRanges(networks);
    }

    /// <summary>A caller whose address is not known is in no range.</summary>
    public bool Contain(IPAddress? address)
    {
        if (address is null) return false;
        // A dual-stack socket shows IPv4 callers as ::ffff:192.0.2.1.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(network => network.Contains(plain));
    }

    public override string ToString() => string.Join(' ', _networks);

    private static IPNetwork? Network(string text)
    {
        // An address alone is a network of one; "192.0.2.7/24" is refused, since it says two things.
        if (text.Contains('/', StringComparison.Ordinal)) return IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text[..text.IndexOf('/', StringComparison.Ordinal)], out var written) && network.BaseAddress.Equals(written) ? network : null;
        // "10.1" would be read as 10.0.0.1.
        if (!IPAddress.TryParse(text, out var address) || (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && text.Count(static letter => letter == '.') != 3)) return null;
        return new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 128 : 32);
    }
}
