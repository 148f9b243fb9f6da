using CashlessGateway.Access;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;
using CashlessGateway.Audit;
using CashlessGateway.Backups;
using CashlessGateway.Alarms;
using CashlessGateway.Counter;
using CashlessGateway.Demo;
using CashlessGateway.Drawers;
using CashlessGateway.Events;
using CashlessGateway.Fees;
using CashlessGateway.Instances;
using CashlessGateway.Jobs;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receipts;
using CashlessGateway.Receivables;
using CashlessGateway.Recovery;
using CashlessGateway.Routing;
using CashlessGateway.Sandbox;
using CashlessGateway.Storage;
using CashlessGateway.Tools;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway;

/// <summary>The gateway as a program that can be started: by Program.cs, and by the tests in their own process.</summary>
public sealed class Gateway : IAsyncDisposable
{
    internal const string DatabaseFile = "gateway.db";

    internal static readonly string DemoFolder = Path.Combine(AppContext.BaseDirectory, "samples", "demo-city");

    private readonly DataDirectory? _directory;

    private Gateway(WebApplication app, Settings settings, Database database, DataDirectory? directory)
    {
        App = app;
        Settings = settings;
        Database = database;
        _directory = directory;
    }

    public WebApplication App { get; }
    public Settings Settings { get; }
    public Database Database { get; }
    public DemoKeys? DemoKeys { get; private set; }
    public DemoLogins? DemoLogins { get; private set; }

    /// <summary>Opens /setup for an hour, where nobody can sign in yet.</summary>
    public string? SetupCode { get; private set; }

    /// <summary>The providers' stand-ins, where this environment has them.</summary>
    public IReadOnlyList<DemoSandbox> Sandboxes { get; private init; } = [];

    /// <exception cref="StartupException">It cannot start; one sentence says why.</exception>
    public static async Task<Gateway> Open(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        var settings = Settings.From(builder.Configuration, builder.Environment);
        var directory = settings.Engine == Engine.Sqlite ? DataDirectory.Open(settings.Directory) : null;
        try
        {
            return await Open(builder, settings, directory);
        }
        catch
        {
            directory?.Dispose();
            throw;
        }
    }

    private static async Task<Gateway> Open(WebApplicationBuilder builder, Settings settings, DataDirectory? directory)
    {
        var time = builder.Services.FirstOrDefault(service => service.ServiceType == typeof(TimeProvider))?.ImplementationInstance as TimeProvider ?? TimeProvider.System;
        var clock = new Clock(time);
        var database = await OpenDatabase(settings, directory, clock);
        await OwnEnvironment.Claim(database, builder.Environment.EnvironmentName);
        var sandboxes = settings.SandboxPort == 0 ? [] : await DemoProviders.Start(DemoFolder, settings, time);
        var contracts = sandboxes.Count == 0 ? settings.Providers : DemoProviders.Contracts(DemoFolder, settings, sandboxes);
        var instances = new ProviderInstances(ProviderPlugins.Open(contracts, settings.PluginsDirectory, time, settings.TestProviders));
        Services(builder, settings, database, clock, SchedulerConnection(settings, directory));
        builder.Services.AddSingleton(instances);
        builder.Services.AddSingleton(new IncomingNotices(contracts));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.BodyBytes;
        });
        var app = builder.Build();
        // A wrong setting of its stops the start.
        _ = app.Services.GetRequiredService<Proposals>();
        Routes(app);
        var gateway = new Gateway(app, settings, database, directory) { Sandboxes = sandboxes };
        if (sandboxes.Count > 0) app.Lifetime.ApplicationStarted.Register(() => DemoProviders.TellSandboxes(sandboxes, contracts, app.Urls.First()));
        if (settings.Demo) await Migrations.Once(settings.Engine, Connection(settings, directory), async () =>
        {
            gateway.DemoKeys = await gateway.LoadDemoCity(CancellationToken.None);
            gateway.DemoLogins = await gateway.LoadDemoLogins(CancellationToken.None);
        });
        await app.Services.GetRequiredService<SettingsSeen>().Compare(app.Configuration, CancellationToken.None);
        gateway.SetupCode = await app.Services.GetRequiredService<FirstRun>().NewCode(CancellationToken.None);
        await RememberTime(database, clock);
        await RecoveryServices.Prepare(app.Services);
        return gateway;
    }

    private static async Task<Database> OpenDatabase(Settings settings, DataDirectory? directory, Clock clock)
    {
        var connection = Connection(settings, directory);
        if (directory is not null) SqliteRestore.RefuseUnfinished(directory.File(DatabaseFile));
        await Migrations.Apply(settings.Engine, connection, clock);
        return settings.Engine switch
        {
            Engine.Sqlite => SqliteDatabase.Open(directory!.File(DatabaseFile)),
            Engine.PostgreSql => ServerDatabase.PostgreSql(connection),
            Engine.SqlServer => ServerDatabase.SqlServer(connection),
        };
    }

    private static string Connection(Settings settings, DataDirectory? directory) =>
        directory is null ? settings.ConnectionString : $"Data Source={directory.File(DatabaseFile)};Pooling=False";

    private static string SchedulerConnection(Settings settings, DataDirectory? directory) =>
        directory is null ? settings.ConnectionString : $"Data Source={directory.File("scheduler.db")}";

    private static void Services(WebApplicationBuilder builder, Settings settings, Database database, Clock clock, string schedulerConnection)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(settings.CustomerCodes);
        services.AddSingleton(database);
        services.AddSingleton(clock);
        services.AddSingleton<Ids>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Api>();
        services.AddSingleton<Health>();
        services.AddSingleton<PlaceStore>();
        services.AddSingleton<KnownPlaces>();
        services.AddFees();
        services.AddSingleton<KnownRouting>();
        services.AddSingleton<ManageRouting>();
        services.AddSingleton(settings.Brands);
        services.AddSingleton<Appointments>();
        services.AddSingleton<ChangePlace>();
        services.AddSingleton<AddPlace>();
        services.AddSingleton<WaitingReceivables>();
        services.AddSingleton<CashPayment>();
        services.AddSingleton<CloseDay>();
        services.AddSingleton<ChangePlaceClosing>();
        services.AddSingleton(new FailPoints(settings.FailPoint));
        services.AddSingleton<ApplyOutcome>();
        services.AddSingleton<AskProvider>();
        services.AddSingleton<RefundFacts>();
        services.AddSingleton<AskRefund>();
        services.AddSingleton<PairTerminal>();
        services.AddCounter();
        services.AddSingleton<SetPrinter>();
        services.AddSingleton<ProviderAttempt>();
        services.AddSingleton<CallsUnderWay>();
        services.AddHostedService(provider => provider.GetRequiredService<CallsUnderWay>());
        services.AddLedger(settings);
        services.AddAudit(settings);
        services.AddRecovery(settings);
        services.AddJobs(settings, schedulerConnection);
        // 40 full blocks of each chain; at 5 s that is 4,000 entries a second.
        services.AddWork<SealingWork>(JobSchedule.Every(settings.SealEvery, limit: 20_000));
        services.AddWork<ExpireReceivables>(JobSchedule.Every(TimeSpan.FromMinutes(1), limit: 2_000));
        // Days before today in Tokyo; what has to wait for a person is looked at again.
        services.AddWork<CloseDays>(JobSchedule.Every(TimeSpan.FromMinutes(10), limit: 2_000));
        // Bank days end once a day; whoever records a slip an hour late is not told at once.
        services.AddWork<WatchPayIns>(JobSchedule.Every(TimeSpan.FromHours(1), limit: 1_000));
        // Twice a provider's pace or faster: the pace itself is kept per payment.
        services.AddWork<AskDuePayments>(JobSchedule.Every(TimeSpan.FromSeconds(2), limit: 2_000));
        services.AddWork<SeenNotices>(JobSchedule.DailyAt(new TimeOnly(3, 50), limit: 1_000_000));
        services.AddWork<ReadDisputes>(JobSchedule.Every(TimeSpan.FromHours(1), limit: 10_000));
        services.AddWork<ForgetAnswers>(JobSchedule.DailyAt(new TimeOnly(3, 20), limit: 1_000_000));
        services.AddReceipts(settings.Receipts);
        services.AddSingleton<EventData>(new EventViews(clock).Read);
        services.AddWebhooks(settings);
        services.AddSingleton<Func<CancellationToken, Task<HealthCheck>>>(provider => _ => Task.FromResult(Scheduler(provider.GetRequiredService<SchedulerState>())));
        services.AddAlarms(settings, clock.Now());
        services.AddApiDocument();
        services.AddKnownHosts(settings);
        services.AddAccess();
        services.AddScreens(settings);
        services.AddStaff(settings);
        Operations.Register(services);
    }

    /// <summary>Payments go on without jobs; people should know all the same.</summary>
    private static HealthCheck Scheduler(SchedulerState state) => new("jobs", state.NotRunning is null, Blocks: false, state.NotRunning);

    private static void Routes(WebApplication app)
    {
        app.UseTrustedProxies();
        app.Use(static (http, next) =>
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "no-store";
            if (http.Request.IsHttps) http.Response.Headers.StrictTransportSecurity = "max-age=31536000";
            return next(http);
        });
        app.UseStatusCodePages(static context => context.HttpContext.Response.StatusCode switch
        {
            403 => ErrorPage.Write(context.HttpContext, StaffErrors.NotAllowed),
            404 => ErrorPage.Write(context.HttpContext, Errors.NotFound),
            405 => ErrorPage.Write(context.HttpContext, Errors.MethodNotAllowed),
            _ => Task.CompletedTask,
        });
        app.Use(app.Services.GetRequiredService<ScreenFailures>().Invoke);
        app.Use(app.Services.GetRequiredService<RightsGate>().Invoke);
        app.Services.GetRequiredService<Api>().Map(app, Operations.All(app.Services));
        app.Services.GetRequiredService<Health>().Map(app);
        app.Services.GetRequiredService<IncomingNotices>().Map(app);
        ProblemPages.Map(app);
        OpenApiDocuments.Map(app);
        app.MapScreens();
        SlipFiles.Map(app);
        CounterServices.Map(app);
        LinkedReceipt.Map(app);
    }

    private async Task<DemoKeys> LoadDemoCity(CancellationToken cancellation)
    {
        var create = App.Services.GetRequiredService<CreateReceivable>();
        var city = new DemoCity(Database, App.Services.GetRequiredService<Clock>(), App.Services.GetRequiredService<Ids>(), App.Services.GetRequiredService<ApiClients>(), Settings,
            (bill, token) => create.Load(bill.Municipality, "demo", DemoBill.AsRequest(bill), token));
        return await city.EnsureLoaded(DemoFolder, cancellation);
    }

    private async Task<DemoLogins> LoadDemoLogins(CancellationToken cancellation)
    {
        var file = new DemoLoginFile(Database, App.Services.GetRequiredService<Clock>(), App.Services.GetRequiredService<Ids>(), App.Services.GetRequiredService<AuthenticatorKeys>(), Settings.Directory);
        return await file.Ensure(DemoCityFiles.Read(DemoFolder).Municipality, App.Services.GetRequiredService<PersonStore>(), cancellation);
    }

    /// <summary>A clock that was set back while the process was down must not give a payment an earlier instant than the last one has.</summary>
    private static async Task RememberTime(Database database, Clock clock)
    {
        foreach (var municipality in await database.All<string>(PlaceStore.Municipalities))
            if (await database.One<long?>(PaymentStore.LastCreated, new { municipality }) is { } last) clock.NotBefore(new Instant(last));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        foreach (var sandbox in Sandboxes)
            if (sandbox.Own is { } own) await own.DisposeAsync();
        await Database.DisposeAsync();
        _directory?.Dispose();
    }
}
