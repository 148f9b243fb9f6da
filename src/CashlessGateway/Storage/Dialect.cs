using System.Globalization;
using System.Text.RegularExpressions;

namespace CashlessGateway.Storage;

/// <summary>
/// The few words that engines spell differently. In a statement:
/// <c>{{limit @n}}</c> after an order by.
/// </summary>
public abstract partial class Dialect
{
    public static Dialect Of(Engine engine) => engine switch
    {
        Engine.Sqlite => SqliteDialect.Instance,
        Engine.PostgreSql => PostgreSqlDialect.Instance,
        Engine.SqlServer => SqlServerDialect.Instance,
    };

    public string Fill(string text) =>
        LimitWord().Replace(text, match => Limit(match.Groups["count"].Value));

    protected abstract string Limit(string count);

    [GeneratedRegex(@"\{\{limit (?<count>[^}]+)\}\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LimitWord();

    private sealed class SqliteDialect : Dialect
    {
        public static readonly SqliteDialect Instance = new();
        protected override string Limit(string count) => string.Create(CultureInfo.InvariantCulture, $"limit {count}");
    }

    private sealed class PostgreSqlDialect : Dialect
    {
        public static readonly PostgreSqlDialect Instance = new();
        protected override string Limit(string count) => string.Create(CultureInfo.InvariantCulture, $"limit {count}");
    }

    private sealed class SqlServerDialect : Dialect
    {
        public static readonly SqlServerDialect Instance = new();
        protected override string Limit(string count) => string.Create(CultureInfo.InvariantCulture, $"offset 0 rows fetch next {count} rows only");
    }
}
