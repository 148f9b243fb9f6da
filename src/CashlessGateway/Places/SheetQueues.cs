using System.Collections.Concurrent;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>
/// Payments of one place wait for each other anyway, on the row that gives out receipt numbers. On a server engine they wait
/// here: a turn in this queue costs next to nothing, a lock that a server process sleeps on costs more than the payment. Two
/// nodes still meet at the row; nothing rests on this queue. (SQLite's one writer is a queue already.)
/// </summary>
public sealed class SheetQueues(Database database)
{
    private readonly ConcurrentDictionary<(string Municipality, string Place), SemaphoreSlim> _queues = new();

    public async Task<T> Take<T>(string municipality, string place, Func<Task<T>> turn)
    {
        if (database.Engine == Engine.Sqlite) return await turn();
        var queue = _queues.GetOrAdd((municipality, place), static _ => new SemaphoreSlim(1));
        await queue.WaitAsync();
        try
        {
            return await turn();
        }
        finally
        {
            queue.Release();
        }
    }
}
