using System.Net;
using System.Net.Sockets;
using CashlessGateway.Web;

namespace CashlessGateway.Events;

/// <summary>
/// Where events may go. The address is checked when the connection is made, on the very addresses that are connected to: a name
/// that is changed after the check (DNS rebinding) wins nothing.
/// </summary>
/// <param name="local">Development: plain http, and this machine itself.</param>
/// <param name="resolve">How a name becomes addresses; the system's own way unless a test says otherwise.</param>
public sealed class WebhookTarget(bool local, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    /// <summary>One dead address (often the IPv6 one) must leave time for the next within the call's own limit.</summary>
    private static readonly TimeSpan PerAddress = TimeSpan.FromSeconds(5);

    /// <summary>A name with more addresses than this is no reason to try them all.</summary>
    private const int MostAddresses = 4;

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? (static (host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation));

    /// <summary>What can be said without asking the network: null when nothing speaks against it.</summary>
    public Problem? Refuse(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps && !(local && url.Scheme == Uri.UriSchemeHttp))
            return At("https-required", new Words("https:// の宛先にしてください。", "It must be an https:// address."));
        if (Literal(url.IdnHost) is { } address && WhyNot(address) is { } why)
            return At("address-not-allowed", new Words($"このアドレスには送れません（{why}）。", $"Events are not sent to this address ({why})."));
        return !local && IsLocalName(url.IdnHost)
            ? At("address-not-allowed", new Words("内部の名前には送れません。", "Events are not sent to a local name."))
            : null;
    }

    public string? WhyNot(IPAddress address)
    {
        var why = AddressRule.WhyNot(address);
        return why == "loopback" && local ? null : why;
    }

    /// <exception cref="TargetRefusedException">No address of the name is one that events may go to.</exception>
    public async Task<Stream> Connect(DnsEndPoint target, CancellationToken cancellation)
    {
        var addresses = Literal(target.Host) is { } literal ? [literal] : await _resolve(target.Host, cancellation);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.NoData);
        var allowed = addresses.Where(address => WhyNot(address) is null).Take(MostAddresses).ToList();
        if (allowed.Count == 0) throw new TargetRefusedException(WhyNot(addresses[0])!);
        for (var i = 0; ; i++)
        {
            try
            {
                return await Connect(new IPEndPoint(allowed[i], target.Port), cancellation);
            }
            catch (Exception error) when (i + 1 < allowed.Count && !cancellation.IsCancellationRequested && error is SocketException or OperationCanceledException)
            {
                // The next address may be alive.
            }
        }
    }

    private static async Task<Stream> Connect(IPEndPoint address, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(PerAddress);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress? Literal(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;

    private static bool IsLocalName(string host)
    {
        var name = host.TrimEnd('.');
        return !name.Contains('.', StringComparison.Ordinal)
            || new[] { ".localhost", ".local", ".internal", ".home.arpa" }.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static Problem At(string code, Words detail) => Problem.At(Errors.Invalid, "/url", code, detail);
}

/// <summary>The connection was not made, because of where it would have led.</summary>
public sealed class TargetRefusedException(string why) : Exception($"Events are not sent to an address that is {why}.")
{
    public string Why { get; } = why;
}
