using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using CashlessGateway.Money;

namespace CashlessGateway.Events;

/// <summary>What one try came to: a status, or why there was none.</summary>
public sealed record TryResult(int? StatusCode, string? Error, long DurationMs)
{
    public bool IsDelivered => StatusCode is >= 200 and <= 299;

    /// <summary>410: whoever runs the endpoint wants no more.</summary>
    public bool IsGone => StatusCode == 410;
}

/// <summary>
/// Sends one event by HTTP. Redirects are not followed, no proxy is used, nothing is remembered between calls, and the answer's
/// body is nobody's business: at most a kilobyte of it is read, to keep the connection.
/// </summary>
public sealed class WebhookSender(WebhookTarget target) : IDisposable
{
    /// <summary>A receiver that writes the event down answers in milliseconds; one that does its work first still has this long.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Names move to other addresses; a connection held longer would go on to the old one.</summary>
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    private const int MostBodyBytesRead = 1_024;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        // Our trace is nobody else's business.
        ActivityHeadersPropagator = null,
        ConnectCallback = (context, cancellation) => new ValueTask<Stream>(target.Connect(context.DnsEndPoint, cancellation)),
        PooledConnectionLifetime = ConnectionLife,
        MaxResponseDrainSize = MostBodyBytesRead,
        MaxResponseHeadersLength = 16,
    });

    public async Task<TryResult> Send(Uri url, string id, Instant now, byte[] body, IReadOnlyList<byte[]> secrets, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var request = Request(url, id, now, body, secrets);
            using var response = await _http.SendAsync(request, patience.Token);
            var status = (int)response.StatusCode;
            return new TryResult(status, ErrorOf(status), watch.ElapsedMilliseconds);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && Explain(error) is { } reason)
        {
            return new TryResult(null, reason, watch.ElapsedMilliseconds);
        }
    }

    private static HttpRequestMessage Request(Uri url, string id, Instant now, byte[] body, IReadOnlyList<byte[]> secrets)
    {
        var seconds = now.ToDateTimeOffset().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(secrets, id, seconds, body));
        request.Headers.Add("User-Agent", "CashlessGateway");
        return request;
    }

    private static string? ErrorOf(int status) => status switch
    {
        >= 200 and <= 299 => null,
        >= 300 and <= 399 => "redirect-not-followed",
        410 => "gone",
        _ => "refused",
    };

    /// <summary>One word for people and for programs; messages of the system may hold names and addresses.</summary>
    private static string? Explain(Exception error) => error switch
    {
        OperationCanceledException => "timeout",
        _ when Inner<TargetRefusedException>(error) is { } refused => $"address-not-allowed: {refused.Why}",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls-failed",
        _ when Inner<SocketException>(error) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "name-not-resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "connection-failed",
        HttpRequestException or IOException or SocketException => "connection-broken",
        _ => null,
    };

    private static T? Inner<T>(Exception? error) where T : Exception
    {
        for (; error is not null; error = error.InnerException)
            if (error is T found) return found;
        return null;
    }

    public void Dispose() => _http.Dispose();
}
