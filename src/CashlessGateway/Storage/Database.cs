namespace CashlessGateway.Storage;

/// <summary>
/// The gateway's store. Work is a function that may run again; ids and instants are made before it.
/// A token is honoured before the commit and never after it.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    public abstract Engine Engine { get; }

    public abstract Task<Written<T>> Write<T>(Func<Unit, Task<T>> work, ReadBack readBack, CancellationToken cancellation = default);

    /// <summary>
    /// For units that only write, many at a time: those that wait together may share a transaction. <paramref name="lane"/> says
    /// which of them would wait for the same rows.
    /// </summary>
    public virtual Task<Written<T>> WriteGrouped<T>(string lane, Func<Unit, Task<T>> work, ReadBack readBack) => Write(work, readBack);

    public abstract Task<T> Read<T>(Func<Reader, Task<T>> work, CancellationToken cancellation = default);

    public abstract ValueTask DisposeAsync();

    /// <summary>For work that holds no unique index of its own that others could hold.</summary>
    public async Task<T> WriteSurely<T>(Func<Unit, Task<T>> work, ReadBack readBack, CancellationToken cancellation = default) =>
        await Write(work, readBack, cancellation) switch
        {
            Written<T>.Done done => done.Value,
            Written<T>.Taken taken => throw new InvalidOperationException($"Unique index {taken.Index} is held, and this unit did not expect that."),
            _ => throw new InvalidOperationException("Written is a closed set."),
        };

    public Task<T?> One<T>(Sql sql, object? values = null, CancellationToken cancellation = default) =>
        Read(reader => reader.One<T>(sql, values), cancellation);

    public Task<List<T>> All<T>(Sql sql, object? values = null, CancellationToken cancellation = default) =>
        Read(reader => reader.All<T>(sql, values), cancellation);
}
