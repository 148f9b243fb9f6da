using System.Net;

namespace MatometeServer;

/// <summary>The aggregator's server: a process of its own, or beside a test in its process.</summary>
public sealed class PracticeServer : IAsyncDisposable
{
    /// <summary>The longest order is 2 KB.</summary>
    private const int LargestBody = 16 * 1024;

    private readonly WebApplication _app;
    private readonly Book _book;
    private readonly Notices _notices;

    private PracticeServer(WebApplication app, Book book, Notices notices) => (_app, _book, _notices) = (app, book, notices);

    public Uri Address => new(_app.Urls.Single() + "/");

    public Task Stopped => _app.WaitForShutdownAsync();

    /// <summary>For a gateway whose own address is known only after it was told ours.</summary>
    public void NotifyAt(Uri url) => _notices.Url = url;

    public static async Task<PracticeServer> Start(ServerOptions options)
    {
        // The empty builder reads no settings of whoever runs around us.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.AddRoutingCore();
        // A request that a fault holds back must not hold up the end.
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var faults = new Faults();
        var notices = new Notices(options.NoticeSecret, options.Time, faults) { Url = options.NotifyUrl };
        var book = new Book(options.File is { } file ? new StateFile(file) : null, options.Time, notices.Send);
        Api.Map(app, new Calls(options.ApiKey, faults, options.Time), book);
        PracticeEndpoints.Map(app, book, faults);
        CustomerPage.Map(app, book);
        await app.StartAsync();
        return new PracticeServer(app, book, notices);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _notices.Dispose();
        _book.Dispose();
    }
}
