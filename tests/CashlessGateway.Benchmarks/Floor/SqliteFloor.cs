using System.Collections.Concurrent;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.Data.Sqlite;

namespace CashlessGateway.Benchmarks.Floor;

/// <summary>One writer thread, statements prepared once, one durable commit for all payments that wait, answers after it.</summary>
internal sealed class SqliteFloor(CapturedRows rows, string directory) : IFloor
{
    /// <summary>As the gateway's own writer has it.</summary>
    private const int MostPaymentsInGroup = 256;

    private readonly BlockingCollection<Waiting> _queue = new(10_000);
    private SqliteConnection? _connection;
    private Thread? _thread;

    public RowWriter Writer { get; } = new(rows);

    public async Task Open()
    {
        var text = $"Data Source={Path.Combine(directory, "floor.db")};Pooling=False";
        await Migrations.Apply(Engine.Sqlite, text, new Clock(TimeProvider.System));
        _connection = new SqliteConnection(text);
        await _connection.OpenAsync();
        // The pragmas of SqliteDatabase.
        Run("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma cache_size = -32768; pragma temp_store = memory; pragma recursive_triggers = 1;");
        _thread = new Thread(() => RunWriter(Writer.Rows.Payment.Select(row => new Insert(_connection, row, Writer)).ToList())) { IsBackground = true, Name = "floor-writer" };
        _thread.Start();
    }

    public Task Write(FloorPayment payment)
    {
        var waiting = new Waiting(payment);
        _queue.Add(waiting);
        return waiting.Done.Task;
    }

    private void RunWriter(List<Insert> inserts)
    {
        using var begin = Prepared("begin immediate");
        using var commit = Prepared("commit");
        var group = new List<Waiting>(MostPaymentsInGroup);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (group.Count < MostPaymentsInGroup && _queue.TryTake(out var next)) group.Add(next);
            begin.ExecuteNonQuery();
            foreach (var waiting in group)
                foreach (var insert in inserts) insert.Run(waiting.Payment);
            commit.ExecuteNonQuery();
            foreach (var waiting in group) waiting.Done.SetResult();
        }

        foreach (var insert in inserts) insert.Dispose();
    }

    private SqliteCommand Prepared(string text)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = text;
        command.Prepare();
        return command;
    }

    private void Run(string text)
    {
        using var command = Prepared(text);
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        if (_thread is not null) await Task.Run(_thread.Join);
        if (_connection is not null) await _connection.DisposeAsync();
        _queue.Dispose();
    }

    private sealed record Waiting(FloorPayment Payment)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Insert : IDisposable
    {
        private readonly SqliteCommand _command;
        private readonly List<(SqliteParameter Parameter, Func<FloorPayment, object> Value)> _changing = [];

        public Insert(SqliteConnection connection, CapturedRow row, RowWriter writer)
        {
            _command = connection.CreateCommand();
            _command.CommandText = RowWriter.InsertOf(row);
            foreach (var cell in row.Cells)
            {
                var parameter = _command.Parameters.AddWithValue("@" + cell.Column, RowWriter.Constant(cell));
                if (writer.Changing(cell) is { } value) _changing.Add((parameter, value));
            }

            _command.Prepare();
        }

        public void Run(FloorPayment payment)
        {
            foreach (var (parameter, value) in _changing) parameter.Value = value(payment);
            _command.ExecuteNonQuery();
        }

        public void Dispose() => _command.Dispose();
    }
}
