using System.Net.Http.Headers;

namespace CashlessGateway.Providers.Square;

/// <summary>One request, one answer. Whatever happens on the way comes back as a value.</summary>
internal sealed class SquareApi(SquareSettings settings, HttpClient http)
{
    /// <summary>A page of a hundred payments has about 300 KB. What is longer is no answer of Square's.</summary>
    private const int LongestAnswer = 1024 * 1024;

    public Task<SquareAnswer> Get(string target, CancellationToken cancellation) => Send(HttpMethod.Get, target, null, cancellation);

    /// <summary>Without a body for the calls that say everything in their address.</summary>
    public Task<SquareAnswer> Post(string target, byte[]? json, CancellationToken cancellation) => Send(HttpMethod.Post, target, json, cancellation);

    private async Task<SquareAnswer> Send(HttpMethod method, string target, byte[]? body, CancellationToken cancellation)
    {
        var what = $"{method} {target.Split('?')[0]}";
        try
        {
            using var request = Build(method, target, body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return await ReadAll(response.Content, cancellation) is { } bytes
                ? Envelope.Read(what, (int)response.StatusCode, bytes)
                : new SquareAnswer.Unclear($"{what}: the answer is longer than any of Square's");
        }
        catch (OperationCanceledException)
        {
            return new SquareAnswer.Unclear($"{what}: no answer in time");
        }
        catch (HttpRequestException broken)
        {
            return new SquareAnswer.Unclear($"{what}: no answer ({broken.HttpRequestError})");
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return new SquareAnswer.Unclear($"{what}: the answer broke off");
        }
    }

    private HttpRequestMessage Build(HttpMethod method, string target, byte[]? body)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, target));
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.AccessToken);
        request.Headers.TryAddWithoutValidation("Square-Version", settings.Version);
        return request;
    }

    /// <summary>Null when it is too long.</summary>
    private static async Task<byte[]?> ReadAll(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var all = new MemoryStream();
        var part = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(part, cancellation)) > 0)
        {
            if (all.Length + read > LongestAnswer)
                return null;

            all.Write(part, 0, read);
        }

        return all.ToArray();
    }
}
