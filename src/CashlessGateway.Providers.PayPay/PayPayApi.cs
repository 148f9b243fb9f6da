using System.Net.Http.Headers;

namespace CashlessGateway.Providers.PayPay;

/// <summary>One signed request, one answer. Whatever happens on the way comes back as a value.</summary>
internal sealed class PayPayApi(PayPaySettings settings, HttpClient http, TimeProvider time)
{
    /// <summary>Without a charset: what <see cref="MediaTypeHeaderValue"/> sends is then letter for letter what was signed.</summary>
    private const string Json = "application/json";

    /// <summary>The longest answer seen is 2 KB. A page of a proxy may be longer, and is of no use.</summary>
    private const int LongestAnswer = 256 * 1024;

    public Task<PayPayAnswer> Get(string path, CancellationToken cancellation) => Send(HttpMethod.Get, path, null, cancellation);

    public Task<PayPayAnswer> Delete(string path, CancellationToken cancellation) => Send(HttpMethod.Delete, path, null, cancellation);

    public Task<PayPayAnswer> Post(string path, byte[] json, CancellationToken cancellation) => Send(HttpMethod.Post, path, json, cancellation);

    private async Task<PayPayAnswer> Send(HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        var what = $"{method} {path}";
        try
        {
            using var request = Build(method, path, body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return await ReadAll(response.Content, cancellation) is { } bytes
                ? Envelope.Read(what, (int)response.StatusCode, bytes)
                : new PayPayAnswer.Unclear($"{what}: the answer is longer than any of PayPay's");
        }
        catch (OperationCanceledException)
        {
            return new PayPayAnswer.Unclear($"{what}: no answer in time");
        }
        catch (HttpRequestException broken)
        {
            return new PayPayAnswer.Unclear($"{what}: no answer ({broken.HttpRequestError})");
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return new PayPayAnswer.Unclear($"{what}: the answer broke off");
        }
    }

    private HttpRequestMessage Build(HttpMethod method, string path, byte[]? body)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, path));
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(Json) } };

        var signed = new Signed(
            request.RequestUri!.AbsolutePath,   // as it goes over the wire
            method.Method,
            Signature.NewNonce(),
            time.GetUtcNow().ToUnixTimeSeconds(),
            body is null ? null : new SignedBody(Json, body));
        request.Headers.TryAddWithoutValidation("Authorization", Signature.Header(settings.ApiKey, settings.ApiSecret, signed));
        if (settings.MerchantId is { } merchant)
            request.Headers.TryAddWithoutValidation("X-ASSUME-MERCHANT", merchant);

        return request;
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
            if (all.Length + read > LongestAnswer)
                return null;

            all.Write(part, 0, read);
        }

        return all.ToArray();
    }
}
