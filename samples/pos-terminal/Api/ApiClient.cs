using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PosTerminal.Api;

/// <summary>
/// HTTP with the retries that are safe: a GET, and a POST with the same key and the same bytes. What the gateway answered for good is
/// never asked again.
/// </summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>The gateway answers a POST within 10 s; the rest is for the network.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A queue stands at the counter. After this the clerk is told, and `resume` goes on later.</summary>
    private static readonly TimeSpan AllTries = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Action<string> _waits;

    /// <param name="waits">Is told why the clerk has to wait.</param>
    public ApiClient(Uri url, string key, Action<string> waits)
    {
        _waits = waits;
        _http = new HttpClient { BaseAddress = url, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ja");
    }

    public Task<ApiReply> Get(string path, CancellationToken cancellation = default) =>
        Tries(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <param name="body">Sent byte for byte: the same JSON written differently would be another request.</param>
    public Task<ApiReply> Post(string path, string key, string body, CancellationToken cancellation = default) => Tries(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", key);
            return request;
        },
        cancellation);

    private async Task<ApiReply> Tries(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        var (watch, pause, lost) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(1), false);
        while (true)
        {
            var (answer, why) = await Try(make, lost, cancellation);
            if (answer is not null && !MayBeSentAgain(answer)) return new ApiReply.Answered(answer);
            // A 503 not-ready and a 429 did nothing, but an earlier try of the same call may have.
            lost |= answer is null or { Status: >= 500 and not 503 };
            var wait = answer?.RetryAfter ?? pause;
            if (watch.Elapsed + wait > AllTries) return new ApiReply.Unknown(answer?.Detail ?? why);
            _waits(answer?.Detail ?? why);
            await Task.Delay(wait, cancellation);
            pause = pause + pause < LongestPause ? pause + pause : LongestPause;
        }
    }

    private async Task<(ApiAnswer? Answer, string Why)> Try(Func<HttpRequestMessage> make, bool lost, CancellationToken cancellation)
    {
        try
        {
            using var request = make();
            using var response = await _http.SendAsync(request, cancellation);
            return (new ApiAnswer((int)response.StatusCode, Json(await response.Content.ReadAsStringAsync(cancellation)), RetryAfter(response), lost), "");
        }
        catch (HttpRequestException error)
        {
            return (null, error.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"{Patience.TotalSeconds:F0} 秒待っても答えがありません。");
        }
    }

    /// <summary>
    /// A 503 that is not ours (no code, a proxy's) says no more than silence. provider-unavailable is an answer: the customer chooses
    /// another method.
    /// </summary>
    private static bool MayBeSentAgain(ApiAnswer answer) => answer switch
    {
        { Status: 429 } => true,
        { Status: 409, Code: "idempotency-key-in-use" } => true,
        { Status: >= 500 } => answer.Code is null or "not-ready" or "internal-error",
        _ => false,
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta is { } wait ? Clamp(wait) : null;

    /// <summary>A proxy may say zero, or an hour.</summary>
    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.FromMilliseconds(200) ? TimeSpan.FromMilliseconds(200) : wait > LongestPause ? LongestPause : wait;

    private static JsonElement Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A page of some proxy: the status says what there is to know.
            return default;
        }
    }

    public void Dispose() => _http.Dispose();
}
