namespace CashlessGateway.Storage;

/// <summary>
/// Questions for one row each that wait together are asked as one. On a server engine a payment's own read is a message to and
/// fro; thirty waiting payments need one. A question is never answered from a read that began before it was asked.
/// </summary>
internal sealed class Coalesced<TKey, TValue>(int most, int atOnce, Func<IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> load)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Queue<(TKey Key, TaskCompletionSource<TValue?> Answer)> _waiting = new();
    private int _running;

    public Task<TValue?> Find(TKey key)
    {
        var answer = new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((key, answer));
            if (_running == atOnce) return answer.Task;
            _running++;
        }

        _ = Serve();
        return answer.Task;
    }

    private async Task Serve()
    {
        // Those that come in the same moment find a seat in the first load too.
        await Task.Yield();
        while (Next() is { Count: > 0 } group) await Answer(group);
    }

    private List<(TKey Key, TaskCompletionSource<TValue?> Answer)> Next()
    {
        lock (_gate)
        {
            var group = new List<(TKey, TaskCompletionSource<TValue?>)>(Math.Min(most, _waiting.Count));
            while (group.Count < most && _waiting.TryDequeue(out var next)) group.Add(next);
            if (group.Count == 0) _running--;
            return group;
        }
    }

    private async Task Answer(List<(TKey Key, TaskCompletionSource<TValue?> Answer)> group)
    {
        try
        {
            var found = await load([.. group.Select(static one => one.Key).Distinct()]);
            foreach (var (key, answer) in group) answer.TrySetResult(found.GetValueOrDefault(key));
        }
        catch (Exception error)
        {
            foreach (var (_, answer) in group) answer.TrySetException(error);
        }
    }
}
