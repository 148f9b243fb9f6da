using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace CashlessGateway.Storage;

/// <summary>What a server's error means for a unit.</summary>
internal static partial class ServerErrors
{
    public static string? ViolatedIndex(DbException error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } unique => unique.ConstraintName,
        SqlException { Number: 2601 or 2627 } unique => IndexIn(unique.Message),
        _ => null,
    };

    /// <summary>Nothing of the unit is in the database: a lost connection before the commit undoes it, and one at the commit was read back.</summary>
    public static bool MayRunAgain(Exception error) => error switch
    {
        LostBeforeCommitException => true,
        _ when LostTheConnection(error) => true,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        SqlException sql => sql.Number is 1205 or 3960,
        _ => false,
    };

    public static bool LostTheConnection(Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or "57P05",
        NpgsqlException npgsql => npgsql.InnerException is IOException or SocketException or EndOfStreamException,
        SqlException sql => sql.Class >= 20 || sql.Number is -1 or 2 or 53 or 64 or 121 or 233 or 10053 or 10054 or 10060,
        // Npgsql disposes of a connector while another call is still being made on it.
        _ => error is IOException or SocketException or ObjectDisposedException,
    };

    public static bool IsUnavailable(Exception error) => error switch
    {
        LostBeforeCommitException => true,
        _ when LostTheConnection(error) => true,
        // 53: insufficient resources (disk full, too many connections); 57P: shutting down, starting up; 25006: read-only; 55P03/57014: lock or statement timeout.
        PostgresException postgres => postgres.SqlState.StartsWith("53", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("57", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("58", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
            || postgres.SqlState is "25006" or "55P03" or "3D000" or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        NpgsqlException => true,
        // -2 timeout, 1105/1101 no space, 9002 log full, 3906 read-only, 4060 database not there, 18456 login.
        SqlException sql => LostTheConnection(sql) || sql.Number is -2 or 1105 or 1101 or 9002 or 3906 or 4060 or 18456 or 1205 or 3960,
        TimeoutException or SocketException => true,
        InvalidOperationException invalid => invalid.Message.Contains("pool", StringComparison.OrdinalIgnoreCase) && invalid.Source is "Microsoft.Data.SqlClient" or "Core Microsoft SqlClient Data Provider",
        _ => false,
    };

    private static string IndexIn(string message)
    {
        var match = QuotedIndex().Match(message);
        return match.Success ? match.Groups["name"].Value : message;
    }

    /// <summary>2601: "… with unique index 'payment_slot'."; 2627: "Violation of PRIMARY KEY constraint 'idempotency_pk'."</summary>
    [GeneratedRegex(@"(unique index|constraint) '(?<name>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedIndex();
}
