using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>An entry of the trail as people read it.</summary>
/// <param name="ActorName">The client's or person's name as it is now; null for others.</param>
/// <param name="Redacted">The words beside it were past their time.</param>
public sealed record AuditEntryView(
    string Id, Instant At, string Actor, string? ActorName, string Action, string Outcome, string? Object, string? Place, Words Sentence,
    string? From, IReadOnlyDictionary<string, string?>? Before, IReadOnlyDictionary<string, string?>? After, IReadOnlyDictionary<string, string?>? Facts, bool Redacted)
{
    public static AuditEntryView Of(AuditRow row, ActorNames names)
    {
        var (body, name) = (row.Body is null ? null : AuditBody.Read(row.Body), names.Of(row.Actor));
        return new AuditEntryView(PublicId.AuditEntry + row.Id, row.At, row.Actor, name, row.Action, row.Outcome, row.Object, row.Place, AuditSentence.Of(row, name), body?.From, body?.Before, body?.After, body?.Facts, row.IsRedacted);
    }
}

/// <summary>Who did what to what, where, as one sentence. Pure.</summary>
public static class AuditSentence
{
    public static Words Of(AuditRow row, string? name)
    {
        var (who, deed) = (Actors.InWords(row.Actor, name), DeedOf(row.Action));
        var (objectJa, objectEn) = row.Object is null ? ("", "") : ($"対象：{row.Object}。", $" of {row.Object}");
        var (placeJa, placeEn) = row.Place is null ? ("", "") : ($"場所：{row.Place}。", $" at {row.Place}");
        var (endJa, endEn) = Ending(row.Outcome);
        return new Words($"{who.Ja}による{deed.Ja}{endJa}。{objectJa}{placeJa}", $"{Upper(deed.En)}{objectEn} by {who.En}{placeEn}{endEn}.");
    }

    public static Words DeedOf(string action) => AuditActions.Find(action)?.Deed ?? new Words(action, action);

    /// <summary>A row that somebody edited may say anything, and is shown all the same.</summary>
    public static Words OutcomeIn(string outcome) => Names.TryParse<AuditOutcome>(outcome, out var known)
        ? known switch
        {
            AuditOutcome.Done => new Words("実施", "done"),
            AuditOutcome.Refused => new Words("拒否", "refused"),
            AuditOutcome.Failed => new Words("失敗", "failed"),
        }
        : new Words(outcome, outcome);

    private static (string Ja, string En) Ending(string outcome) => Names.TryParse<AuditOutcome>(outcome, out var known)
        ? known switch
        {
            AuditOutcome.Done => ("", ""),
            AuditOutcome.Refused => ("は拒否されました", ": refused"),
            AuditOutcome.Failed => ("は失敗しました", ": failed"),
        }
        : ($"（{outcome}）", $" ({outcome})");

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>Names of those who acted: looked up when the trail is read, since it keeps ids only.</summary>
public sealed class ActorNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public string? Of(string actor) => _names.GetValueOrDefault(actor);

    internal static Task<ActorNames> Find(Reader reader, string municipality, IEnumerable<AuditRow> rows) => Of(reader, municipality, rows.Select(static row => row.Actor));

    /// <summary>The names of those who act, for pages that say who did what.</summary>
    public static async Task<ActorNames> Of(Reader reader, string municipality, IEnumerable<string> all)
    {
        var actors = all.Distinct(StringComparer.Ordinal).ToList();
        var names = new ActorNames();
        await names.Add(reader, municipality, Clients, [.. actors.Select(Actors.ClientOf).OfType<string>()], Actors.Client);
        await names.Add(reader, municipality, People, [.. actors.Select(Actors.PersonOf).OfType<string>()], Actors.Staff);
        return names;
    }

    private async Task Add(Reader reader, string municipality, Func<int, Sql> statement, List<string> ids, Func<string, string> actor)
    {
        foreach (var some in ids.Chunk(IdList.Most))
            foreach (var found in await reader.All<Named>(statement(IdList.Length(some.Length)), IdList.Values(municipality, some)))
                _names[actor(found.Id)] = found.Name;
    }

    internal static Sql Clients(int ids) => IdList.Statement("audit-clients", ids, static names => $"""
        select c.id, c.name
        from api_client c
        where c.municipality = @municipality
            and c.id in ({names})
        """);

    internal static Sql People(int ids) => IdList.Statement("audit-people", ids, static names => $"""
        select p.id, p.name
        from person p
        where p.municipality = @municipality
            and p.id in ({names})
        """);

    private sealed record Named
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
