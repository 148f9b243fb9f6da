using System.Collections.Concurrent;
using CashlessGateway.Storage;

namespace CashlessGateway.Receivables;

/// <summary>A receivable and what it is made of.</summary>
public sealed record OwedReceivable(Receivable Receivable, IReadOnlyList<ReceivableLine> Lines);

/// <summary>
/// Reads the receivables that payments wait for, several in one question where a question is a message to a server. The embedded
/// database answers one of them sooner than two threads could meet.
/// </summary>
public sealed class WaitingReceivables(Database database)
{
    /// <summary>As many as share a group commit.</summary>
    private const int Most = 32;

    /// <summary>While one answer is on its way the next question is being put together.</summary>
    private const int AtOnce = 2;

    private readonly ConcurrentDictionary<string, Coalesced<string, OwedReceivable>> _cities = new(StringComparer.Ordinal);

    public async Task<(Receivable Receivable, IReadOnlyList<ReceivableLine> Lines)?> Find(string municipality, string id)
    {
        if (database.Engine == Engine.Sqlite) return await database.Read(reader => ReceivableStore.FindWithItsLines(reader, municipality, id));
        var city = _cities.GetOrAdd(municipality, code => new Coalesced<string, OwedReceivable>(Most, AtOnce, ids => database.Read(reader => ReceivableStore.FindWithTheirLines(reader, code, ids))));
        return await city.Find(id) is { } found ? (found.Receivable, found.Lines) : null;
    }
}
