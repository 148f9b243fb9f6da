using System.Globalization;
using System.Text.RegularExpressions;

namespace CashlessGateway.Storage;

/// <summary>
/// The few words that engines spell differently. In a statement:
/// <c>{{limit @n}}</c> after an order by; <c>{{in @ids}}</c> for a list (Dapper writes it out, Npgsql takes it as one array).
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
        ListWord().Replace(LimitWord().Replace(text, match => Limit(match.Groups["count"].Value)), match => In(match.Groups["list"].Value));

    protected abstract string Limit(string count);

    protected virtual string In(string list) => $"in {list}";

    [GeneratedRegex(@"\{\{limit (?<count>[^}]+)\}\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LimitWord();

    [GeneratedRegex(@"\{\{in (?<list>@[a-zA-Z]+)\}\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ListWord();

    private sealed class SqliteDialect : Dialect
    {
        public static readonly SqliteDialect Instance = new();
        protected override string Limit(string count) => string.Create(CultureInfo.InvariantCulture, $"limit {count}");
    }

    private sealed class PostgreSqlDialect : Dialect
    {
        public static readonly PostgreSqlDialect Instance = new();
        protected override string In(string list) => $"= any({list})";
        protected override string Limit(string count) => string.Create(CultureInfo.InvariantCulture, $"limit {count}");
    }

    private sealed class SqlServerDialect : Dialect
    {
        public static readonly SqlServerDialect Instance = new();
        protected override string Limit(string count) => string.Create(CultureInfo.InvariantCulture, $"offset 0 rows fetch next {count} rows only");
    }
}
