using System.Diagnostics.CodeAnalysis;

namespace CashlessGateway.Storage;

/// <summary>How members of our enums are written in columns and in JSON: camelCase, the same everywhere.</summary>
public static class Names
{
    public static string Of<T>(T member) where T : struct, Enum => Table<T>.ByMember.TryGetValue(member, out var name)
        ? name
        : throw new InvalidOperationException($"{typeof(T).Name} has no member {member}.");

    public static T Parse<T>(string name) where T : struct, Enum =>
        TryParse<T>(name, out var member) ? member : throw new InvalidOperationException($"{typeof(T).Name} has no member '{name}'.");

    public static bool TryParse<T>([NotNullWhen(true)] string? name, out T member) where T : struct, Enum
    {
        member = default;
        return name is not null && Table<T>.ByName.TryGetValue(name, out member);
    }

    public static IEnumerable<string> All<T>() where T : struct, Enum => Table<T>.ByName.Keys;

    private static class Table<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByMember = Enum.GetValues<T>().ToDictionary(member => member, member => Camel(member.ToString()));
        public static readonly Dictionary<string, T> ByName = ByMember.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

        private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
    }
}
