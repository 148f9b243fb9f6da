using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Target">Path and query, not decoded.</param>
/// <param name="Headers">Names without regard to case.</param>
/// <param name="Body">The exact bytes.</param>
public sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Everything that was sent, for tests that only ask whether something is in it.</summary>
    public string Whole => $"{Method} {Target}\n{string.Join('\n', Headers.Select(header => $"{header.Key}: {header.Value}"))}\n\n{Text}";
}

/// <summary>What the stub does with a request. A closed set.</summary>
public abstract record StubAnswer
{
    private StubAnswer() { }

    public static StubAnswer Json(int status, string body) => new Reply(status, "application/json", Encoding.UTF8.GetBytes(body));

    public static StubAnswer Html(int status) =>
        new Reply(status, "text/html", "<html><body><h1>Bad Gateway</h1></body></html>"u8.ToArray());

    public sealed record Reply(int Status, string ContentType, byte[] Body) : StubAnswer;

    /// <summary>For a provider that is asked in several calls: each of them gets its own answer.</summary>
    public sealed record ByRequest(Func<StubRequest, Reply> Choose) : StubAnswer;

    /// <summary>The same answer, spoilt in some way, whatever is asked.</summary>
    public StubAnswer.ByRequest Spoilt(Func<Reply, Reply> spoil) => new(request => spoil(On(request)));

    /// <summary>What this one request is answered.</summary>
    public Reply On(StubRequest request) => this switch
    {
        Reply reply => reply,
        ByRequest several => several.Choose(request),
        _ => throw new InvalidOperationException("Silence and broken connections have no answer."),
    };

    /// <summary>Takes the request and never answers.</summary>
    /// <param name="Asked">Runs when the request is there: a test lets time pass or gives up here, and needs no sleeping.</param>
    public sealed record Silence(Action Asked) : StubAnswer;

    /// <summary>Takes the request and cuts the connection.</summary>
    public sealed record HangUp : StubAnswer;

    /// <summary>Announces a whole answer, sends half of it and cuts the connection.</summary>
    public sealed record BreakOff(Reply Whole) : StubAnswer;
}

/// <summary>A provider's server that records what it is sent and answers whatever a test wants, in this process.</summary>
public sealed class StubServer : IAsyncDisposable
{
    /// <summary>Clients are gone by then; a request that was never answered must not hold up the end of a test.</summary>
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private Func<StubRequest, StubAnswer> _script = _ => StubAnswer.Html(502);

    private StubServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public static async Task<StubServer> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        var app = builder.Build();
        var stub = new StubServer(app);
        app.Run(stub.Handle);
        await app.StartAsync();
        stub.Address = new Uri(app.Urls.Single());
        return stub;
    }

    public void Answer(Func<StubRequest, StubAnswer> script) => Volatile.Write(ref _script, script);

    public void Answer(StubAnswer always) => Answer(_ => always);

    public void Forget() => _requests.Clear();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Handle(HttpContext context)
    {
        var request = await Read(context);
        _requests.Enqueue(request);
        var answer = Volatile.Read(ref _script)(request);
        await Do(answer is StubAnswer.ByRequest several ? several.Choose(request) : answer, context);
    }

    private static async Task<StubRequest> Read(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return new StubRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }

    private static async Task Do(StubAnswer answer, HttpContext context)
    {
        switch (answer)
        {
            case StubAnswer.Reply reply:
                await Send(context, reply, reply.Body.Length);
                break;
            case StubAnswer.Silence silence:
                silence.Asked();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case StubAnswer.HangUp:
                context.Abort();
                break;
            case StubAnswer.BreakOff(var whole):
                await Send(context, whole, whole.Body.Length / 2);
                context.Abort();
                break;
        }
    }

    private static async Task Send(HttpContext context, StubAnswer.Reply reply, int length)
    {
        context.Response.StatusCode = reply.Status;
        if (reply.Status is < 200 or 204 or 205 or 304)
            return;   // may have no body

        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, length));
        await context.Response.Body.FlushAsync();
    }
}
