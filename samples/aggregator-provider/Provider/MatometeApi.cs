using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Matomete;

/// <summary>One request, one answer. Whatever happens on the way comes back as a value, and none of it holds what was sent.</summary>
internal sealed class MatometeApi(MatometeSettings settings, HttpClient http)
{
    /// <summary>A page of a list has 100 rows of less than 1 KB; anything longer is not Matomete's.</summary>
    private const int LongestAnswer = 256 * 1024;

    /// <summary>The words of Matomete's error table. Another word is not passed on: it could hold anything.</summary>
    private static readonly string[] Known =
    [
        "invalid_request", "unauthorized", "rate_limited", "order_too_old", "order_closed", "order_in_progress", "idempotency_mismatch", "charge_not_found", "refund_not_found",
        "refund_not_allowed", "partial_refund_not_allowed", "refund_amount", "refund_limit", "refund_too_late",
    ];

    public Task<MatometeAnswer> Get(string path, CancellationToken cancellation) => Send(HttpMethod.Get, path, path, null, null, cancellation);

    /// <param name="path">Below the base address.</param>
    /// <param name="key">A repeat under the same key is one order.</param>
    /// <param name="json">The body.</param>
    /// <param name="cancellation">Carries the time limit.</param>
    public Task<MatometeAnswer> Post(string path, string key, byte[] json, CancellationToken cancellation) => Send(HttpMethod.Post, path, path, key, json, cancellation);

    /// <summary>A list is told in pages, and its query is of no interest to whoever reads what went wrong.</summary>
    public Task<MatometeAnswer> GetPage(string path, string query, CancellationToken cancellation) => Send(HttpMethod.Get, path + query, path, null, null, cancellation);

    private async Task<MatometeAnswer> Send(HttpMethod method, string target, string path, string? key, byte[]? body, CancellationToken cancellation)
    {
        var what = $"{method} {path}";
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, target));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return Meaning(what, (int)response.StatusCode, await ReadAll(response.Content, cancellation));
        }
        catch (OperationCanceledException)
        {
            return new MatometeAnswer.Unclear($"{what}: no answer in time");
        }
        catch (HttpRequestException broken)
        {
            return new MatometeAnswer.Unclear($"{what}: no answer ({broken.HttpRequestError})");
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return new MatometeAnswer.Unclear($"{what}: the answer broke off");
        }
    }

    private static MatometeAnswer Meaning(string what, int status, byte[]? answer)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{what}: {status}");
        if (answer is null || Fields.Parse(answer) is not { } body) return new MatometeAnswer.Unclear($"{said} with an answer that cannot be read");
        return status switch
        {
            200 or 201 => new MatometeAnswer.Done(body),
            // Only in Matomete's own form: a bare 404 is a proxy's, and says nothing about an order.
            >= 400 and < 500 when body.Member("error", JsonValueKind.Object)?.Text("code") is { } code && Known.Contains(code) => new MatometeAnswer.Refused(code, $"{said} {code}"),
            _ => new MatometeAnswer.Unclear(said),
        };
    }

    /// <summary>Null when it is too long.</summary>
    private static async Task<byte[]?> ReadAll(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var all = new MemoryStream();
        var part = new byte[8 * 1024];
        int read;
        while ((read = await stream.ReadAsync(part, cancellation)) > 0)
        {
            if (all.Length + read > LongestAnswer) return null;
            all.Write(part, 0, read);
        }

        return all.ToArray();
    }
}
