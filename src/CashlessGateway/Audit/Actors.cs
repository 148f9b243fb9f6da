using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>Who acts, by id and never by name: <c>client:…</c>, <c>staff:…</c>, <c>system:…</c>, <c>anonymous</c>.</summary>
public static class Actors
{
    public const string Anonymous = "anonymous";
    private const string ClientPrefix = "client:";
    private const string StaffPrefix = "staff:";
    private const string SystemPrefix = "system:";

    /// <summary>The column's length.</summary>
    private const int Longest = 80;

    public static string Client(string id) => ClientPrefix + id;

    public static string Staff(string person) => StaffPrefix + person;

    public static string System(string job) => SystemPrefix + job;

    public static bool IsOne(string actor) =>
        actor == Anonymous || (actor.Length <= Longest && !actor.Any(char.IsWhiteSpace) && (IdOf(ClientPrefix, actor) ?? IdOf(StaffPrefix, actor) ?? IdOf(SystemPrefix, actor)) is { Length: > 0 });

    public static string? ClientOf(string actor) => IdOf(ClientPrefix, actor);

    public static string? PersonOf(string actor) => IdOf(StaffPrefix, actor);

    /// <param name="name">The client's or person's name, where it is known.</param>
    public static Words InWords(string actor, string? name)
    {
        if (actor == Anonymous) return new Words("身元の分からない相手", "somebody unknown");
        var shown = name is null ? actor[(actor.IndexOf(':', StringComparison.Ordinal) + 1)..] : name;
        if (ClientOf(actor) is not null) return new Words($"APIクライアント「{shown}」", $"API client \"{shown}\"");
        return PersonOf(actor) is not null ? new Words($"職員「{shown}」", $"member of staff \"{shown}\"") : new Words($"自動処理「{shown}」", $"job \"{shown}\"");
    }

    private static string? IdOf(string prefix, string actor) => actor.StartsWith(prefix, StringComparison.Ordinal) ? actor[prefix.Length..] : null;
}
