using System.Data;
using System.Diagnostics;
using System.Globalization;
using CashlessGateway.Commands;
using Dapper;
using Npgsql;

namespace CashlessGateway.Backups;

/// <summary>pg_dump and pg_restore, found on PATH or in the folder that Backup:PgBin names.</summary>
public static class PostgreSqlTools
{
    public const string FileName = "gateway.pgdump";

    /// <summary>The rows that the manifest counts are those of the very state that is dumped: both see one exported snapshot.</summary>
    public static async Task<BackupCounts> Dump(Settings settings, string target)
    {
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            var snapshot = await connection.ExecuteScalarAsync<string>("select pg_export_snapshot()");
            var counts = await Counts(connection);
            await Run(settings, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", $"--snapshot={snapshot}", $"--file={target}"]);
            return counts;
        }
        catch (NpgsqlException error)
        {
            throw new CommandException($"The PostgreSQL database cannot be backed up: {error.Message}");
        }
    }

    public static async Task Restore(Settings settings, string file)
    {
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
            var tables = await connection.ExecuteScalarAsync<long>("select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'");
            if (tables > 0) throw new CommandException($"The database '{connection.Database}' holds {tables} tables. A restore goes into an empty one: make it with 'create database', and let Storage:ConnectionString name it.");
        }
        catch (NpgsqlException error)
        {
            throw new CommandException($"The PostgreSQL database cannot be reached: {error.Message}");
        }

        await Run(settings, "pg_restore", ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", $"--dbname={new NpgsqlConnectionStringBuilder(settings.ConnectionString).Database}", file]);
    }

    public static async Task<BackupCounts> Counts(NpgsqlConnection connection) => new(
        await connection.ExecuteScalarAsync<int>("select max(number) from migration"),
        await connection.ExecuteScalarAsync<long>("select count(*) from payment"),
        await connection.ExecuteScalarAsync<long>("select count(*) from journal_entry"));

    /// <summary>The password goes through the environment: arguments are for everybody on the machine to read.</summary>
    private static async Task Run(Settings settings, string tool, IEnumerable<string> args)
    {
        var connection = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        var start = new ProcessStartInfo(settings.PgBin is { } folder ? Path.Combine(folder, tool) : tool, args) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = connection.Database;
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGSSLMODE"] = connection.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() };
        using var process = Start(start, tool);
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new CommandException($"{tool} ended with {process.ExitCode}: {said.Trim()}");
    }

    private static Process Start(ProcessStartInfo start, string tool)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandException($"{tool} was not found ({start.FileName}). Install PostgreSQL's client programs, or set Backup:PgBin to their folder.");
        }
    }
}
