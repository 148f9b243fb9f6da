using System.Collections.Concurrent;
using System.Diagnostics;
using CashlessGateway.Jobs;
using CashlessGateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Tests.Jobs;

public class SchedulerTests
{
    private static readonly JobSchedule Often = JobSchedule.Every(TimeSpan.FromMilliseconds(100), limit: 7);

    [Theory, EachEngine]
    public async Task Jobs_run_on_a_fresh_database_and_again_after_a_restart(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        for (var start = 0; start < 2; start++)
        {
            var work = new Counter();
            using var host = Host(store, Scheduler(store), work);
            await host.StartAsync();
            await Eventually.True("the job runs", () => work.Runs > 1);
            Assert.Null(host.Services.GetRequiredService<SchedulerState>().NotRunning);
            await host.StopAsync();
        }
    }

    [Fact]
    public async Task A_scheduler_without_its_database_is_one_log_line_and_a_reason_and_the_gateway_runs()
    {
        await using var store = await TestStore.Open();
        var logs = new Lines();
        using var host = Host(store, $"Data Source={Path.Combine(store.Directory, "missing", "scheduler.db")}", new Counter(), logs);

        await host.StartAsync();

        var state = host.Services.GetRequiredService<SchedulerState>();
        await Eventually.True("the reason is told", () => state.NotRunning!.Contains("cannot start", StringComparison.Ordinal));
        Assert.Contains("missing", state.NotRunning, StringComparison.Ordinal);
        Assert.Single(logs.Errors);
        await host.StopAsync();
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_work_that_can_be_interrupted()
    {
        await using var store = await TestStore.Open();
        var work = new Endless();
        using var host = Host(store, Scheduler(store), work);
        await host.StartAsync();
        await work.Began.Task;
        var watch = Stopwatch.StartNew();

        await host.StopAsync();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_daily_job_is_accepted_by_the_scheduler_and_keeps_its_trigger_over_a_restart()
    {
        await using var store = await TestStore.Open();
        var next = new List<string?>();
        for (var start = 0; start < 2; start++)
        {
            using var host = Host(store, Scheduler(store), new Counter(), schedule: JobSchedule.DailyAt(new TimeOnly(0, 10), limit: 1));
            await host.StartAsync();
            await Eventually.True("the scheduler runs", () => host.Services.GetRequiredService<SchedulerState>().NotRunning is null);
            await host.StopAsync();
            await using var file = new Microsoft.Data.Sqlite.SqliteConnection(Scheduler(store));
            next.Add(await Dapper.SqlMapper.ExecuteScalarAsync<string>(file, "select start_time || ' ' || next_fire_time from qrtz_triggers"));
        }

        Assert.Equal(next[0], next[1]);
    }

    private static string Scheduler(TestStore store) =>
        store.Engine == Engine.Sqlite ? $"Data Source={Path.Combine(store.Directory, "scheduler.db")}" : store.ConnectionString;

    private static IHost Host(TestStore store, string connectionString, IMunicipalityWork work, Lines? logs = null, JobSchedule? schedule = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(logs ?? new Lines());
        builder.Services.AddSingleton(store.Database).AddSingleton(store.Clock).AddSingleton(store.Ids);
        builder.Services.AddSingleton<JobRuns>().AddSingleton<JobRunner>().AddSingleton(new SchedulerState(wanted: true));
        builder.Services.AddSingleton(new SchedulerStore(store.Engine, connectionString));
        builder.Services.AddSingleton(new ScheduledWork(work, schedule ?? Often));
        builder.Services.AddHostedService<SchedulerHost>();
        return builder.Build();
    }

    private sealed class Counter : IMunicipalityWork
    {
        private int _runs;

        public int Runs => Volatile.Read(ref _runs);

        public string Name => "counter";

        public Task<int> Run(string municipality, int limit, CancellationToken cancellation)
        {
            Assert.Equal(7, limit);
            Interlocked.Increment(ref _runs);
            return Task.FromResult(0);
        }
    }

    private sealed class Endless : IMunicipalityWork
    {
        public TaskCompletionSource Began { get; } = new();

        public string Name => "endless";

        public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
        {
            Began.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return 0;
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

        public IEnumerable<string> Errors => _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose() { }
    }
}
