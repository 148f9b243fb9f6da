using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Recovery;

/// <summary>
/// Whether nothing new is taken because the database was restored. Read at start and whenever a recovery has moved on, so that no
/// call asks the database for it.
/// </summary>
public sealed class RecoveryMode(Database database)
{
    /// <summary>A recovery takes minutes; a till that asks twice a minute loses little.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private volatile RecoveryRow? _row;
    private volatile IReadOnlyList<string> _missing = [];

    /// <summary>Null when the database was never restored.</summary>
    public RecoveryRow? Row => _row;

    public bool IsOn => _row is { IsOn: true };

    /// <summary>One sentence per thing that nobody has answered yet.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public async Task<RecoveryRow?> ReadAgain(CancellationToken cancellation = default) => _row = await database.Read(RecoveryStore.Find, cancellation);

    public void Lacks(IReadOnlyList<string> missing) => _missing = missing;

    /// <summary>Null when this operation may go on.</summary>
    public Problem? Refuse(Operation operation) => !IsOn || !operation.Keyed || operation.Method == "GET"
        ? null
        : new Problem(Errors.Recovering, new Words("バックアップから復元した直後のため、決済事業者に照会し終えるまで受け付けていません。お金は動いていません。少し待ってから同じキーでもう一度送ってください。", "The database was restored from a backup; nothing new is accepted until every provider was asked for what happened since. No money moved. Send it again with the same key later."))
        { RetryAfter = Pause };

    public HealthCheck Check() => new("recovery", !IsOn, Blocks: true, IsOn ? Detail : null);

    private string Detail => $"Restored to the state of {_row!.Since}. {(_missing.Count == 0 ? "The providers are being asked." : string.Join(" ", _missing))}";
}
