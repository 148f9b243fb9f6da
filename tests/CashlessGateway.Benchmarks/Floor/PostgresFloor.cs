using System.Threading.Channels;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CashlessGateway.Benchmarks.Floor;

/// <summary>Per payment one transaction: begin, all inserts as one batch of prepared statements, commit.</summary>
internal sealed class PostgresFloor(CapturedRows rows, string connectionString) : IFloor
{
    /// <summary>As many as the gateway's pool has.</summary>
    private const int Connections = 40;

    private readonly Channel<Prepared> _idle = Channel.CreateBounded<Prepared>(Connections);
    private NpgsqlDataSource? _source;

    public RowWriter Writer { get; } = new(rows);

    public async Task Open()
    {
        await Migrations.Apply(Engine.PostgreSql, connectionString, new Clock(TimeProvider.System));
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Connections }.ConnectionString);
        for (var i = 0; i < Connections; i++) await _idle.Writer.WriteAsync(await Prepared.Open(_source, Writer));
    }

    public async Task Write(FloorPayment payment)
    {
        var prepared = await _idle.Reader.ReadAsync();
        await prepared.Run(payment);
        await _idle.Writer.WriteAsync(prepared);
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.Reader.TryRead(out var prepared)) await prepared.DisposeAsync();
        if (_source is not null) await _source.DisposeAsync();
    }

    private sealed class Prepared : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlBatch _batch;
        private readonly List<(NpgsqlParameter Parameter, Func<FloorPayment, object> Value)> _changing = [];

        private Prepared(NpgsqlConnection connection, RowWriter writer)
        {
            _connection = connection;
            _batch = connection.CreateBatch();
            foreach (var row in writer.Rows.Payment) _batch.BatchCommands.Add(Command(row, writer));
        }

        public static async Task<Prepared> Open(NpgsqlDataSource source, RowWriter writer)
        {
            var prepared = new Prepared(await source.OpenConnectionAsync(), writer);
            await prepared._batch.PrepareAsync();
            return prepared;
        }

        public async Task Run(FloorPayment payment)
        {
            foreach (var (parameter, value) in _changing) parameter.Value = value(payment);
            await using var transaction = await _connection.BeginTransactionAsync();
            _batch.Transaction = transaction;
            await _batch.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        private NpgsqlBatchCommand Command(CapturedRow row, RowWriter writer)
        {
            var command = new NpgsqlBatchCommand(RowWriter.InsertOf(row));
            foreach (var cell in row.Cells)
            {
                var parameter = new NpgsqlParameter(cell.Column, TypeOf(cell)) { Value = RowWriter.Constant(cell) };
                command.Parameters.Add(parameter);
                if (writer.Changing(cell) is { } value) _changing.Add((parameter, value));
            }

            return command;
        }

        private static NpgsqlDbType TypeOf(Cell cell) => cell.Kind switch
        {
            CellKind.Document or CellKind.Hash => NpgsqlDbType.Bytea,
            CellKind.Text => NpgsqlDbType.Text,
            CellKind.Number or CellKind.Now or CellKind.Receipt => NpgsqlDbType.Bigint,
            // An untyped null takes the type of its column.
            CellKind.Null => NpgsqlDbType.Unknown,
        };

        public async ValueTask DisposeAsync()
        {
            await _batch.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
