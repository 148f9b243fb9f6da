using System.Collections.Concurrent;
using System.Globalization;
using CashlessGateway.Storage;
using Dapper;

namespace CashlessGateway.Ledger;

/// <summary>
/// Statements over a list of ids. A list is padded to one of three lengths, so that there are few statement texts and each is
/// prepared once; SQL Server takes 2,100 parameters.
/// </summary>
internal static class IdList
{
    public const int Most = 500;

    private static readonly int[] Lengths = [10, 100, Most];

    private static readonly ConcurrentDictionary<(string Name, int Length), Sql> Statements = new();

    public static int Length(int ids) => ids <= Most
        ? Lengths.First(length => length >= ids)
        : throw new InvalidOperationException($"At most {Most} ids are asked for at once, not {ids}.");

    public static Sql Statement(string name, int length, Func<string, string> text) =>
        Statements.GetOrAdd((name, length), static (key, text) => new Sql(text(string.Join(", ", Enumerable.Range(0, key.Length).Select(static i => "@" + Name(i))))), text);

    public static DynamicParameters Values(string municipality, IReadOnlyList<string> ids)
    {
        var values = new DynamicParameters();
        values.Add("municipality", municipality);
        for (var i = 0; i < Length(ids.Count); i++) values.Add(Name(i), ids[Math.Min(i, ids.Count - 1)]);
        return values;
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"id{index}");
}
