using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MatometeServer;

/// <summary>Tells the merchant that something happened. Signed over time and body; three tries.</summary>
internal sealed class Notices(string secret, TimeProvider time, Faults faults) : IDisposable
{
    private const int Tries = 3;

    /// <summary>Between two tries: a gateway that restarts is back by then.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Null: nowhere.</summary>
    public Uri? Url { get; set; }

    /// <summary>Returns at once.</summary>
    public void Send(string type, string reference)
    {
        if (Url is not { } url) return;
        var fault = faults.Take("notice")?.Kind;
        if (fault == FaultKind.DropNotice) return;
        var id = "ev_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 20);
        var body = JsonSerializer.SerializeToUtf8Bytes(type == "charge" ? new { eventId = id, type, orderId = reference } : (object)new { eventId = id, type, refundId = reference });
        for (var copy = 0; copy < (fault == FaultKind.TwiceNotice ? 2 : 1); copy++) _ = Task.Run(() => Post(url, body, fault == FaultKind.ForgedNotice ? "not the secret" : secret));
    }

    private async Task Post(Uri url, byte[] body, string key)
    {
        for (var attempt = 1; attempt <= Tries && !_end.IsCancellationRequested; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
                request.Headers.Add("Matomete-Signature", Signature(body, key));
                using var response = await _http.SendAsync(request, _end.Token);
                if (response.IsSuccessStatusCode) return;
                await Task.Delay(Pause, time, _end.Token);
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
            }
        }
    }

    private string Signature(byte[] body, string key)
    {
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(at + "."), .. body];
        return $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), signed))}";
    }

    public void Dispose()
    {
        _end.Cancel();
        _http.Dispose();
        _end.Dispose();
    }
}
