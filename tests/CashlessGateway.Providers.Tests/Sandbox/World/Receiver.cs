using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CashlessGateway.Providers.Tests.Sandbox.World;

/// <summary>A merchant's address for notices.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly Channel<JsonElement> _notices = Channel.CreateUnbounded<JsonElement>();
    private readonly WebApplication _app;
    private int _refusalsLeft;

    private Receiver(int refusals)
    {
        _refusalsLeft = refusals;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(Take);
    }

    public Uri Address => new(_app.Urls.Single() + "/notices");

    /// <param name="refusals">So many tries are answered with an error first.</param>
    public static async Task<Receiver> Open(int refusals = 0)
    {
        var receiver = new Receiver(refusals);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next notice, or the next refused try.</summary>
    public async Task<JsonElement> Next()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await _notices.Reader.ReadAsync(limit.Token);
    }

    /// <summary>What has arrived by now.</summary>
    public bool IsEmpty => _notices.Reader.Count == 0;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        var notice = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        http.Response.StatusCode = Interlocked.Decrement(ref _refusalsLeft) >= 0 ? 500 : 200;
        await _notices.Writer.WriteAsync(notice);
    }
}
