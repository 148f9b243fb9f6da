using System.Collections.Concurrent;
using System.Data;
using System.Linq.Expressions;
using System.Reflection;
using CashlessGateway.Money;

namespace CashlessGateway.Storage;

/// <summary>One value of a statement, in the form in which a column holds it.</summary>
internal readonly record struct ColumnValue(string Name, DbType Type, object? Value);

/// <summary>Values with names of their own, for statements whose text depends on a number of rows.</summary>
public sealed class NamedValues
{
    private readonly List<ColumnValue> _values = new(40);

    internal IReadOnlyList<ColumnValue> Items => _values;

    public void Add(string name, string? value) => _values.Add(new ColumnValue(name, DbType.String, value));

    public void Add(string name, long? value) => _values.Add(new ColumnValue(name, DbType.Int64, value));

    public void Add(string name, byte[]? value) => _values.Add(new ColumnValue(name, DbType.Binary, value));
}

/// <summary>
/// How the members of a values object become columns. Made once per type: a write then costs no reflection, and no command of
/// Dapper's, which reads better than it writes.
/// </summary>
internal sealed class ValueShape
{
    private static readonly ConcurrentDictionary<Type, ValueShape> Shapes = new();

    private readonly (string Name, DbType Type, Func<object, object?> Read)[] _members;

    private ValueShape(Type type) => _members = type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && ColumnType(property.PropertyType) is not null)
        .Select(property => (property.Name, ColumnType(property.PropertyType)!.Value, Getter(type, property)))
        .ToArray();

    public static IReadOnlyList<ColumnValue> Read(object? values)
    {
        if (values is null) return [];
        if (values is NamedValues named) return named.Items;
        var shape = Shapes.GetOrAdd(values.GetType(), static type => new ValueShape(type));
        var columns = new ColumnValue[shape._members.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var (name, type, read) = shape._members[i];
            columns[i] = new ColumnValue(name, type, read(values));
        }

        return columns;
    }

    /// <summary>Null for members that are no column (a computed enum, a list).</summary>
    private static DbType? ColumnType(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) || t == typeof(BusinessDate) => DbType.String,
        var t when t == typeof(long) || t == typeof(int) || t == typeof(Yen) || t == typeof(Instant) => DbType.Int64,
        var t when t == typeof(byte[]) => DbType.Binary,
        _ => null,
    };

    private static Func<object, object?> Getter(Type owner, PropertyInfo property)
    {
        var instance = Expression.Parameter(typeof(object));
        var member = Expression.Property(Expression.Convert(instance, owner), property);
        var boxed = Expression.Lambda<Func<object, object?>>(Expression.Convert(member, typeof(object)), instance).Compile();
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(Yen)) return values => boxed(values) is Yen yen ? yen.Value : null;
        if (type == typeof(Instant)) return values => boxed(values) is Instant instant ? instant.Milliseconds : null;
        if (type == typeof(BusinessDate)) return values => boxed(values) is BusinessDate date ? date.ToString() : null;
        if (type == typeof(int)) return values => boxed(values) is int number ? (long)number : null;
        return boxed;
    }
}
