using System.Net.Http.Json;
using System.Text.Json;
using CashlessGateway.Providers;

[assembly: ProviderPlugin(typeof(Ichi.IchiPlugin))]

namespace Ichi;

public sealed class IchiPlugin : IProviderPlugin
{
    public string Type => "ichi";

    public IProvider Open(ProviderSetup setup)
    {
        if (!Uri.TryCreate(setup.Required("BaseUrl"), UriKind.Absolute, out var url))
            throw new ProviderSettingException("BaseUrl", "is not an address");
        if (url.IsLoopback && !setup.Sandbox)
            throw new ProviderSettingException("BaseUrl", "is a test address, and this environment takes only production");

        return new IchiProvider(setup.Http, url, setup.Required("Token"));
    }
}

internal sealed class IchiProvider(HttpClient http, Uri url, string token) : IProvider
{
    public ProviderAbilities Abilities { get; } = new()
    {
        Methods = [new MethodAbility("qr", "merchantCode", ["ichi"], 1, 100_000)],
        AbsentIsFinalAfter = TimeSpan.FromSeconds(60),   // Ichi gives up a request after 30 s by its documents; twice that
        Pace = TimeSpan.FromSeconds(3),                  // by its documents
        StartLimit = TimeSpan.FromSeconds(30),
        CallLimit = TimeSpan.FromSeconds(10),
    };

    public async Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation) =>
        await Ask(HttpMethod.Post, "/charges", new { reference = order.Reference, amount = order.Amount }, cancellation) switch
        {
            ({ } body, 201) when Text(body, "code") is { } code && Time(body, "expires_at") is { } end
                => new ProviderAnswer.Pending(new ProviderAction.ShowCode(code, end), null),
            ({ } body, 422) when Text(body, "error") is "refused" => new ProviderAnswer.Declined("refused", null),
            (_, var status) => new ProviderAnswer.Unknown($"POST /charges: {status}"),
        };

    public async Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation) =>
        await Ask(HttpMethod.Get, $"/charges/{payment.Reference}", null, cancellation) switch
        {
            ({ } body, 200) => Read(body),
            ({ } body, 404) when Text(body, "error") is "no_such_charge" => new ProviderAnswer.Absent(),   // Ichi's own word, not any 404
            (_, var status) => new ProviderAnswer.Unknown($"GET /charges: {status}"),
        };

    private static ProviderAnswer Read(JsonElement body) => Text(body, "state") switch
    {
        "paid" when Whole(body, "amount") is { } amount && Text(body, "currency") is { } currency
            && Time(body, "paid_at") is { } at && Text(body, "id") is { } id
                => new ProviderAnswer.Captured(amount, currency, at, id),
        "waiting" => new ProviderAnswer.Pending(null, null),
        "failed" => new ProviderAnswer.Declined("failed", null),
        _ => new ProviderAnswer.Unknown("Ichi answered something that is not in its documents"),
    };

    /// <summary>Status 0 when nobody answered in time; no body when it is not a JSON object.</summary>
    private async Task<(JsonElement? Body, int Status)> Ask(HttpMethod method, string path, object? content, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(url, path)) { Content = content is null ? null : JsonContent.Create(content) };
            request.Headers.Authorization = new("Bearer", token);
            using var response = await http.SendAsync(request, cancellation);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
            return (Parse(bytes), (int)response.StatusCode);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or IOException)
        {
            return (null, 0);
        }
    }

    private static JsonElement? Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement body, string name)
    {
        try
        {
            return body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)   // half a surrogate pair passes the parser and fails here: the kit finds it
        {
            return null;
        }
    }

    private static long? Whole(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) ? whole : null;

    private static DateTimeOffset? Time(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;
}
