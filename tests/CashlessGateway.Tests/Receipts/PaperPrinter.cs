using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CashlessGateway.Tests.Receipts;

/// <summary>A receipt printer on the network: what is sent to it comes out as paper.</summary>
internal sealed class PaperPrinter : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Channel<byte[]> _papers = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _off = new();
    private readonly Task _work;

    public PaperPrinter(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _work = Work();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Its cover is open: it takes the connection and reads nothing.</summary>
    public bool TakesNothing { get; init; }

    public Task<byte[]> Next() => _papers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    private async Task Work()
    {
        var open = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_off.Token);
                open.Add(client);
                if (TakesNothing) continue;
                using var paper = new MemoryStream();
                await client.GetStream().CopyToAsync(paper, _off.Token);
                client.Dispose();
                _papers.Writer.TryWrite(paper.ToArray());
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var client in open) client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _off.CancelAsync();
        await _work;
        _listener.Stop();
        _off.Dispose();
    }
}
