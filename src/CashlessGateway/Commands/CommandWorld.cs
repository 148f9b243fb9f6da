using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Commands;

/// <summary>What a command works with: the same settings as the server, its database, and no web server.</summary>
public sealed record CommandWorld(Settings Settings, Clock Clock, TimeProvider Time, TextWriter Output)
{
    /// <summary>The embedded database's file. Naming it takes no lock.</summary>
    public string DatabaseFile => Path.Combine(Path.GetFullPath(Settings.Directory), Gateway.DatabaseFile);

    public string Connection => Settings.Engine == Engine.Sqlite ? ConnectionTo(DatabaseFile) : Settings.ConnectionString;

    public static string ConnectionTo(string sqliteFile) => $"Data Source={sqliteFile};Pooling=False";

    /// <summary>For a command that writes: like the server it holds the data directory, so the server must be stopped.</summary>
    public DataDirectory? Hold() => Settings.Engine == Engine.Sqlite ? DataDirectory.Open(Settings.Directory) : null;

    public Database Open() => Settings.Engine switch
    {
        Engine.Sqlite => File.Exists(DatabaseFile) ? SqliteDatabase.Open(DatabaseFile) : throw new CommandException($"There is no database at {DatabaseFile}."),
        Engine.PostgreSql => ServerDatabase.PostgreSql(Settings.ConnectionString),
        Engine.SqlServer => ServerDatabase.SqlServer(Settings.ConnectionString),
    };

    public Task Say(string line) => Output.WriteLineAsync(line);
}
