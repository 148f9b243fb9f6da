using System.Net.Sockets;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Receipts;

/// <summary>What came of sending.</summary>
/// <param name="State">Printed, failed, or unsure.</param>
/// <param name="Why">For the person who stands beside the printer; null when all of it was sent.</param>
public sealed record PrinterOutcome(PrintState State, Words? Why);

/// <summary>Sends bytes to a receipt printer over TCP (raw, port 9100).</summary>
public sealed class ReceiptPrinter
{
    /// <summary>A printer in the same building answers within milliseconds; a clerk waits no longer than this for one that is off.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A receipt is some kilobytes. A printer without paper takes them into its buffer or stops reading.</summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A printer that hangs up when it has everything does so at once; one that keeps the line open is not waited for.</summary>
    private static readonly TimeSpan Politeness = TimeSpan.FromMilliseconds(200);

    public async Task<PrinterOutcome> Send(PrinterAddress printer, ReadOnlyMemory<byte> bytes)
    {
        using var client = new TcpClient { NoDelay = true };
        if (await Connect(client, printer) is { } notReached) return new PrinterOutcome(PrintState.Failed, notReached);
        try
        {
            using var limit = new CancellationTokenSource(WriteLimit);
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, limit.Token);
            // The end is said and awaited: bytes that the printer refused would be lost with the connection.
            client.Client.Shutdown(SocketShutdown.Send);
            await Drain(stream, limit.Token);
            return new PrinterOutcome(PrintState.Printed, null);
        }
        catch (OperationCanceledException)
        {
            return new PrinterOutcome(PrintState.Unsure, new Words($"プリンター {printer} が {WriteLimit.TotalSeconds:F0} 秒以内に受け取りきれませんでした。用紙切れ・カバーを確かめ、途中まで出た紙があれば書損にしてください。", $"The printer {printer} did not take it all within {WriteLimit.TotalSeconds:F0} s. Look at its paper and cover, and mark what came out as spoilt."));
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return new PrinterOutcome(PrintState.Unsure, new Words($"プリンター {printer} との接続が途中で切れました。途中まで出た紙があれば書損にしてください。", $"The connection to the printer {printer} broke in the middle. Mark what came out as spoilt."));
        }
    }

    private async Task<Words?> Connect(TcpClient client, PrinterAddress printer)
    {
        try
        {
            using var limit = new CancellationTokenSource(ConnectLimit);
            await client.ConnectAsync(printer.Host, printer.Port, limit.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return new Words($"プリンター {printer} が {ConnectLimit.TotalSeconds:F0} 秒待っても応答しません。電源とLANを確かめてください。何も印刷されていません。", $"The printer {printer} does not answer within {ConnectLimit.TotalSeconds:F0} s. Look at its power and network. Nothing was printed.");
        }
        catch (SocketException error)
        {
            return new Words($"プリンター {printer} につながりません（{error.SocketErrorCode}）。電源・LAN・アドレスを確かめてください。何も印刷されていません。", $"The printer {printer} cannot be reached ({error.SocketErrorCode}). Look at its power, network and address. Nothing was printed.");
        }
    }

    /// <summary>Until the printer closes its side. What it may send back (its state) is not asked for here; one that keeps the line open has the bytes all the same.</summary>
    private static async Task Drain(NetworkStream stream, CancellationToken cancellation)
    {
        var answer = new byte[256];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Politeness);
        try
        {
            while (await stream.ReadAsync(answer, patience.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
