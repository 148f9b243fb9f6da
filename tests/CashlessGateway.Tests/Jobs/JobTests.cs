using CashlessGateway.Jobs;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace CashlessGateway.Tests.Jobs;

public class JobTests
{
    private const string OtherCity = "142018";

    [Theory, EachEngine]
    public async Task A_job_leaves_a_record_and_a_failing_city_does_not_stop_the_others(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        await store.AddCity(OtherCity);
        var (runner, runs) = Runner(store);
        var work = new Work(municipality => municipality == TestStore.City ? throw new InvalidOperationException("山田太郎 090-1234-5678 の行") : 3);

        await runner.Run(work, limit: 10, CancellationToken.None);

        var last = await runs.Last();
        Assert.Equal([(TestStore.City, JobOutcome.Failed, 0), (OtherCity, JobOutcome.Ok, 3)], last.Select(run => (run.Municipality, run.Outcome, run.Done)));
        Assert.Equal("InvalidOperationException: … 090-…-… …", last[0].Detail!.Replace("  ", " ", StringComparison.Ordinal));
        Assert.All(last, run => Assert.EndsWith($":{Environment.ProcessId}", run.Node, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_did_nothing_is_written_once_an_hour()
    {
        await using var store = await TestStore.Open();
        var (runner, _) = Runner(store);
        var work = new Work(_ => 0);
        for (var run = 0; run < 2 * 720; run++)
        {
            await runner.Run(work, 10, CancellationToken.None);
            store.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(2, await store.Scalar<long>("select count(*) from job_run"));
    }

    [Fact]
    public async Task The_same_failure_is_written_once_a_minute_and_its_end_at_once()
    {
        await using var store = await TestStore.Open();
        var (runner, runs) = Runner(store);
        var broken = true;
        var work = new Work(_ => broken ? throw new InvalidOperationException("no") : 0);
        for (var run = 0; run < 24; run++)
        {
            await runner.Run(work, 10, CancellationToken.None);
            store.Time.Advance(TimeSpan.FromSeconds(5));
        }

        broken = false;
        await runner.Run(work, 10, CancellationToken.None);

        Assert.Equal(3, await store.Scalar<long>("select count(*) from job_run"));
        Assert.Equal(JobOutcome.Ok, Assert.Single(await runs.Last()).Outcome);
    }

    [Theory, EachEngine]
    public async Task Records_are_kept_for_400_days(Engine engine)
    {
        await using var store = await TestStore.Open(engine);
        var (runner, _) = Runner(store);
        var work = new Work(_ => 1);
        await runner.Run(work, 10, CancellationToken.None);
        store.Time.Advance(TimeSpan.FromDays(399));
        await runner.Run(work, 10, CancellationToken.None);
        Assert.Equal(2, await store.Scalar<long>("select count(*) from job_run"));

        store.Time.Advance(TimeSpan.FromDays(2));
        await runner.Run(work, 10, CancellationToken.None);

        Assert.Equal(2, await store.Scalar<long>("select count(*) from job_run"));
    }

    [Fact]
    public async Task The_sealing_job_seals_every_city()
    {
        await using var store = await TestStore.Open();
        await store.AddCity(OtherCity);
        var (books, (runner, runs)) = (new Books(store), Runner(store));
        await books.Book(100);
        await books.Book(200, city: OtherCity);

        await runner.Run(new SealingWork(store.Database, store.Clock, [SealedChain.OfJournal]), 1_000, CancellationToken.None);

        Assert.Equal(0, await store.Scalar<long>("select count(*) from unsealed"));
        Assert.Equal([1, 1], (await runs.Last()).Select(run => run.Done));
    }

    private static (JobRunner Runner, JobRuns Runs) Runner(TestStore store)
    {
        var runs = new JobRuns(store.Database, store.Ids);
        return (new JobRunner(store.Database, store.Clock, runs, NullLogger<JobRunner>.Instance), runs);
    }

    private sealed class Work(Func<string, int> run) : IMunicipalityWork
    {
        public string Name => "test";

        public Task<int> Run(string municipality, int limit, CancellationToken cancellation) => Task.FromResult(run(municipality));
    }
}
