using CashlessGateway.Audit;
using CashlessGateway.Ledger;
using CashlessGateway.Storage;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Tests.Audit;

/// <summary>A city's trail with the few words that these tests need.</summary>
internal sealed class Trail
{
    public const string City = TestStore.City;

    private readonly TestStore _store;

    public Trail(TestStore store, bool strict = true, int keepDays = 3_650)
    {
        _store = store;
        Door = new AuditTrail(store.Database, store.Clock, store.Ids, Settings(store, strict, keepDays), Log);
        Sealer = new Sealer(store.Database, store.Clock, AuditChain.Chain);
        Anchors = new AuditAnchors(new Anchors(Path.Combine(store.Directory, "audit-anchors.log")));
    }

    public AuditTrail Door { get; }
    public Sealer Sealer { get; }
    public AuditAnchors Anchors { get; }
    public Lines<AuditTrail> Log { get; } = new();

    public static AuditEvent Event(string? about = "ref_1", string city = City) =>
        new(city, Actors.Client("till"), AuditActions.RefundApproved, AuditOutcome.Done, about, "shimin-1") { From = "192.0.2.7", Facts = Pairs.Of(("reason", "山田太郎さんの申し出")) };

    /// <returns>The id of the entry.</returns>
    public async Task<string> Write(AuditEvent? said = null)
    {
        var stamp = Door.Stamp();
        await _store.Database.WriteSurely(async unit =>
        {
            await AuditTrail.Write(unit, stamp, said ?? Event());
            return true;
        }, ReadBack.SafeToRepeat);
        return stamp.Id;
    }

    public async Task<string[]> WriteAndSeal(int entries)
    {
        var ids = new List<string>();
        for (var i = 0; i < entries; i++) ids.Add(await Write());
        await Sealer.Seal(City);
        return [.. ids];
    }

    public Task<Verification> Verify() => new AuditVerifier(_store.Database, Anchors).Verify(City);

    public async Task<Finding> OnlyFinding()
    {
        var verification = await Verify();
        Assert.False(verification.Whole);
        return Assert.Single(verification.Findings);
    }

    public Task<long> Count(string table) => _store.Scalar<long>($"select count(*) from {table}");

    private static Settings Settings(TestStore store, bool strict, int keepDays) => new()
    {
        CallLog = "",
        Engine = store.Engine,
        Directory = store.Directory,
        ConnectionString = store.ConnectionString,
        PublicUrl = new Uri("http://localhost:5080"),
        SealEvery = TimeSpan.FromSeconds(5),
        AnchorFile = "anchors.log",
        RequestsPerMinutePerClient = 700,
        BodyBytes = 1_048_576,
        Jobs = false,
        KeyEnvironment = "demo",
        Demo = strict,
        KeepWebhookDeliveries = TimeSpan.FromDays(90),
        LocalWebhooks = true,
        KeepAuditDetailsDays = keepDays,
    };
}

/// <summary>A log that a test can read.</summary>
internal sealed class Lines<T> : ILogger<T>
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<string> Errors => [.. _lines.Where(static line => line.Level == LogLevel.Error).Select(static line => line.Text)];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Add((logLevel, formatter(state, exception)));
}
