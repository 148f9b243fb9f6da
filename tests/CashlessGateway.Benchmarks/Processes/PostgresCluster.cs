using System.Globalization;
using CashlessGateway.Storage;
using Dapper;
using Npgsql;

namespace CashlessGateway.Benchmarks.Processes;

/// <summary>A PostgreSQL server of our own, durable as a city's would be.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";

    private readonly string _data;
    private readonly int _port;

    private PostgresCluster(string data, int port)
    {
        _data = data;
        _port = port;
    }

    public ProcessUsage Usage => new(int.Parse(File.ReadLines(Path.Combine(_data, "postmaster.pid")).First(), CultureInfo.InvariantCulture));

    /// <summary>In a directory that is used again, the databases are still there.</summary>
    public static async Task<PostgresCluster> Start(string directory)
    {
        var data = Path.Combine(directory, "pg");
        if (!Directory.Exists(data)) await Make(data);
        var cluster = new PostgresCluster(data, ServerProcess.FreePort());
        await As(Path.Combine(Binaries, "pg_ctl"), "start", "-w", "-D", data, "-l", Path.Combine(data, "server.log"), "-o",
            string.Create(CultureInfo.InvariantCulture, $"-p {cluster._port} -h 127.0.0.1 -k {data} -c fsync=on -c synchronous_commit=on -c max_connections=200 -c shared_buffers=256MB"));
        return cluster;
    }

    /// <summary>The server refuses to run as root, so its directory belongs to the user that its package made.</summary>
    private static async Task Make(string data)
    {
        Directory.CreateDirectory(data);
        if (Environment.IsPrivilegedProcess) await Tool.Run("chown", "postgres", data);
        await As(Path.Combine(Binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale");
    }

    public string Connection(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}");

    /// <summary>An empty one, whatever was there before.</summary>
    public async Task<string> NewDatabase(string name)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=False");
        await connection.ExecuteAsync($"drop database if exists {name} with (force)");
        await connection.ExecuteAsync($"create database {name}");
        return Connection(name);
    }

    private static Task As(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? Tool.Run("runuser", ["-u", "postgres", "--", program, .. arguments]) : Tool.Run(program, arguments);

    public async ValueTask DisposeAsync() => await As(Path.Combine(Binaries, "pg_ctl"), "stop", "-w", "-m", "fast", "-D", _data);
}
