using System.Threading.Channels;
using Npgsql;

namespace CashlessGateway.Storage;

/// <summary>
/// Group commit for PostgreSQL. Units that only write (what they read was read before, and their conditions prove it) wait in a
/// lane; those waiting together go to the server in the same few messages and in one transaction. Most of a small payment's cost
/// there is the way to and fro, and this shares it. Whatever is unusual about a unit or its group (a condition missed, an index
/// held, a question in between, a lost connection) sends each of them the ordinary way, alone.
/// </summary>
internal sealed class PostgreSqlLanes : IAsyncDisposable
{
    /// <summary>More units than this in one transaction would only make the first of them wait longer.</summary>
    private const int MostUnits = 32;

    /// <summary>Longer than this is overload: a 503 at once is kinder than a timeout later.</summary>
    private const int MostWaiting = 10_000;

    /// <summary>Units of one key share a lane, so two groups never wait for each other's rows. One more than cores: while one waits for the disk the others work.</summary>
    private static readonly int Lanes = Math.Clamp(Environment.ProcessorCount + 1, 2, 8);

    private readonly Func<CancellationToken, Task<NpgsqlConnection>> _connect;
    private readonly Channel<LaneUnit>[] _lanes;
    private readonly Task[] _loops;

    public PostgreSqlLanes(Func<CancellationToken, Task<NpgsqlConnection>> connect)
    {
        _connect = connect;
        _lanes = [.. Enumerable.Range(0, Lanes).Select(static _ => Channel.CreateBounded<LaneUnit>(new BoundedChannelOptions(MostWaiting) { SingleReader = true }))];
        _loops = [.. _lanes.Select(lane => Task.Run(() => Run(lane.Reader)))];
    }

    public Task<Written<T>> Write<T>(string key, Func<Unit, Task<T>> work, Func<Written<T>?, Task<Written<T>>> alone)
    {
        var unit = new LaneUnit<T>(work, alone);
        var lane = _lanes[(int)(unchecked((uint)string.GetHashCode(key, StringComparison.Ordinal)) % (uint)_lanes.Length)];
        if (!lane.Writer.TryWrite(unit)) throw new StorageUnavailableException("More writes are waiting than can be served soon.");
        return unit.Answer;
    }

    private async Task Run(ChannelReader<LaneUnit> lane)
    {
        var group = new List<LaneUnit>(MostUnits);
        while (await lane.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostUnits && lane.TryRead(out var unit)) group.Add(unit);
            await Run(group);
        }
    }

    private async Task Run(List<LaneUnit> group)
    {
        var reached = Reached.Nothing;
        try
        {
            await using var connection = await _connect(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted);
            foreach (var unit in group) unit.Start(connection, transaction);
            while (group.Any(unit => unit.Member.IsAsking)) await Ask(connection, transaction, group);
            if (group.Any(unit => !unit.MayBeKept)) throw new UngroupableException();
            reached = Reached.Commit;
            await Commit(connection, transaction, group);
            reached = Reached.Done;
        }
        catch (Exception)
        {
            // Nothing of the group stays, or (lost at commit) nobody knows: each unit finds out for itself, beside the lane.
        }

        foreach (var unit in group) unit.Finish(reached);
    }

    private static async Task Ask(NpgsqlConnection connection, NpgsqlTransaction transaction, List<LaneUnit> group)
    {
        var asking = group.Where(unit => unit.Member.IsAsking).Select(unit => unit.Member).ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var member in asking)
            foreach (var command in member.Take()) batch.BatchCommands.Add(command);
        var answers = new List<long?>(asking.Count);
        await using (var rows = await batch.ExecuteReaderAsync())
        {
            // Only questions have columns: the n-th result with columns answers the n-th that asked.
            do
            {
                if (rows.FieldCount > 0) answers.Add(await rows.ReadAsync() ? rows.GetInt64(0) : null);
            }
            while (await rows.NextResultAsync());
        }

        if (answers.Count != asking.Count) throw new InvalidOperationException($"{asking.Count} questions were asked, {answers.Count} answered.");
        foreach (var (index, member) in asking.Index())
        {
            member.CheckConditions();
            member.Resume(answers[index]);
        }
    }

    private static async Task Commit(NpgsqlConnection connection, NpgsqlTransaction transaction, List<LaneUnit> group)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var unit in group)
        {
            if (unit.Member.HasConditions) throw new UngroupableException();
            foreach (var command in unit.Member.Take()) batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes) lane.Writer.TryComplete();
        await Task.WhenAll(_loops);
    }

    internal enum Reached
    {
        Nothing,
        Commit,
        Done,
    }
}

/// <summary>The unit wants something that a group cannot give; it is run alone.</summary>
internal sealed class UngroupableException() : Exception("The unit cannot run in a group.");

/// <summary>One unit's side of a group: what it has to write, and the question it waits on.</summary>
public sealed class LaneMember
{
    internal LaneMember() { }

    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<(NpgsqlBatchCommand Command, string Name)> _conditions = [];
    private TaskCompletionSource<long?>? _question;

    internal bool IsAsking => _question is not null;
    internal bool HasConditions => _conditions.Count > 0;

    internal void Add(IEnumerable<NpgsqlBatchCommand> commands, string? orTaken)
    {
        _commands.AddRange(commands);
        if (orTaken is not null) _conditions.Add((_commands[^1], orTaken));
    }

    internal Task<long?> Ask(IEnumerable<NpgsqlBatchCommand> commands)
    {
        _commands.AddRange(commands);
        _question = new TaskCompletionSource<long?>();
        return _question.Task;
    }

    internal List<NpgsqlBatchCommand> Take()
    {
        var taken = _commands.ToList();
        _commands.Clear();
        return taken;
    }

    internal void CheckConditions()
    {
        foreach (var (command, name) in _conditions)
            if (command.RecordsAffected != 1) throw new MissedException(name);
        _conditions.Clear();
    }

    /// <summary>The unit goes on at once, on this very call, to its next question or its end.</summary>
    internal void Resume(long? answer)
    {
        var question = _question!;
        _question = null;
        question.SetResult(answer);
    }
}

internal abstract class LaneUnit
{
    public LaneMember Member { get; } = new();

    public abstract bool MayBeKept { get; }

    public abstract void Start(NpgsqlConnection connection, NpgsqlTransaction transaction);

    public abstract void Finish(PostgreSqlLanes.Reached reached);
}

internal sealed class LaneUnit<T>(Func<Unit, Task<T>> work, Func<Written<T>?, Task<Written<T>>> alone) : LaneUnit
{
    private readonly TaskCompletionSource<Written<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Unit? _unit;
    private Task<T>? _work;

    public Task<Written<T>> Answer => _answer.Task;

    public override bool MayBeKept => _work is { IsCompletedSuccessfully: true } && !_unit!.IsAbandoned;

    public override void Start(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _unit = new Unit(connection, transaction, Engine.PostgreSql, CancellationToken.None, Member);
        _work = work(_unit);
    }

    public override void Finish(PostgreSqlLanes.Reached reached)
    {
        if (reached == PostgreSqlLanes.Reached.Done)
        {
            _answer.TrySetResult(new Written<T>.Done(_work!.Result));
            return;
        }

        // Lost at commit: the answer stands if the unit's row is there.
        _ = Alone(reached == PostgreSqlLanes.Reached.Commit ? new Written<T>.Done(_work!.Result) : null);
    }

    private async Task Alone(Written<T>? ifThere)
    {
        try
        {
            _answer.TrySetResult(await alone(ifThere));
        }
        catch (Exception error)
        {
            _answer.TrySetException(error);
        }
    }
}
