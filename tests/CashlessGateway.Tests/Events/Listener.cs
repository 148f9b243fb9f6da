using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Tests.Events;

/// <summary>One call that a listener got.</summary>
internal sealed record Heard(string Id, long Timestamp, string Signature, byte[] Bytes)
{
    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement.Clone();

    public string Text => Encoding.UTF8.GetString(Bytes);

    public string Type => Json.GetProperty("type").GetString()!;

    public long Sequence => Json.GetProperty("sequence").GetInt64();

    public JsonElement Data => Json.GetProperty("data");

    /// <summary>Computed here anew, as a receiver would.</summary>
    public bool IsSignedWith(string secret)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}.{Timestamp}.{Text}"));
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        return Signature.Split(' ').Contains(expected, StringComparer.Ordinal);
    }
}

/// <summary>Somebody's server that events are sent to. It notes each call and answers as it is told.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Heard> _calls = new();
    private readonly TaskCompletionSource _closing = new();

    private Listener(WebApplication app) => _app = app;

    public IReadOnlyList<Heard> Calls => [.. _calls];

    public Func<Heard, int> Answer { get; set; } = static _ => 204;

    /// <summary>It takes calls and never answers.</summary>
    public bool IsDead { get; set; }

    /// <summary>Sent along with a 3xx.</summary>
    public string? Elsewhere { get; set; }

    public string Url => _app.Urls.First() + "/events";

    public static async Task<Listener> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var listener = new Listener(builder.Build());
        listener._app.Run(listener.Hear);
        await listener._app.StartAsync();
        return listener;
    }

    private async Task Hear(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        string Header(string name) => http.Request.Headers[name].ToString();
        var heard = new Heard(Header("webhook-id"), long.Parse(Header("webhook-timestamp"), CultureInfo.InvariantCulture), Header("webhook-signature"), body.ToArray());
        _calls.Enqueue(heard);
        if (IsDead) await _closing.Task;
        http.Response.StatusCode = Answer(heard);
        if (Elsewhere is not null) http.Response.Headers.Location = Elsewhere;
    }

    public async ValueTask DisposeAsync()
    {
        _closing.TrySetResult();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
