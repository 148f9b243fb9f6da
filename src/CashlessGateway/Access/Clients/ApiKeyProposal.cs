using System.Globalization;
using System.Text.Json;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Clients;

/// <summary>A key that waits for its approval. Its secret was shown to whoever asked, and nobody else ever sees it; here is its hash.</summary>
public sealed record KeyToMake(string Id, string Environment, string SecretHash, IReadOnlyList<string> Scopes, string? Name, Instant? ExpiresAt);

/// <summary>What is asked for: a client with its first key, or one more key of a client that is there.</summary>
/// <param name="NewClient">Null for a client that is there.</param>
/// <param name="Replaces">The key that ends some days after the new one begins; null for none.</param>
public sealed record KeyOrder(string Client, string ClientName, ClientForm? NewClient, KeyToMake Key, string? Replaces, int OverlapDays);

/// <summary>
/// A key acts in the city's name and may carry approval, so it takes two, however few scopes it has. It opens nothing before.
/// Taking a key away takes one.
/// </summary>
public static class ApiKeyProposal
{
    public const string Name = "apiKey";

    public static ProposalKind Kind(AuditTrail trail) => new(Name, new("APIキーの発行", "a new API key"), Right.ManageClients, Right.ApproveAccess)
    {
        Describe = static proposal => Describe(Read(proposal.Data)),
        Prepare = (proposal, decision) =>
        {
            var order = Read(proposal.Data);
            var said = Said(decision.By, order).Select(trail.Prepare).ToList();
            return unit => Make(unit, proposal, order, said, decision);
        },
    };

    internal static string Write(KeyOrder order) => JsonSerializer.Serialize(order, Json.Options);

    private static KeyOrder Read(string data) => JsonSerializer.Deserialize<KeyOrder>(data, Json.Options) ?? throw new InvalidOperationException("A proposal's data are null.");

    private static async Task<Problem?> Make(Unit unit, Proposal proposal, KeyOrder order, IReadOnlyList<Func<Unit, Task>> said, Decision decision)
    {
        var municipality = proposal.Municipality;
        if (order.Key.ExpiresAt <= decision.At) return new Problem(Errors.Invalid, new Words("申請された有効期限は過ぎています。差し戻してください。", "The key would have ended already: reject it."));
        if (order.NewClient is { } wanted) await ClientStore.Add(unit, municipality, order.Client, wanted, proposal.ProposedBy, decision.At);
        else if (await ClientStore.Client(unit, municipality, order.Client) is not { DisabledAt: null }) return new Problem(Errors.NotFound, new Words("このクライアントは停止されています。差し戻してください。", "The client has been disabled: reject it."));
        await ClientStore.AddKey(unit, municipality, order.Client, order.Key, proposal.ProposedBy, decision.At);
        if (order.Replaces is { } old) await ClientStore.End(unit, municipality, old, decision.At.Plus(TimeSpan.FromDays(order.OverlapDays)));
        foreach (var write in said) await write(unit);
        return null;
    }

    private static IEnumerable<AuditEvent> Said(StaffMember by, KeyOrder order)
    {
        if (order.NewClient is { } wanted)
            yield return by.Did(AuditActions.ApiClientCreated, $"client:{order.Client}") with { After = Pairs.Of(("name", wanted.Name), ("places", wanted.Places is null ? null : string.Join('|', wanted.Places)), ("ipRanges", wanted.IpRanges), ("office", Names.Of(wanted.Office))) };
        yield return by.Did(order.Replaces is null ? AuditActions.ApiKeyCreated : AuditActions.ApiKeyRotated, $"key:{order.Key.Id}") with
        {
            After = Pairs.Of(("client", order.Client), ("scopes", string.Join(' ', order.Key.Scopes)), ("expiresAt", order.Key.ExpiresAt?.ToString()), ("replaces", order.Replaces)),
        };
    }

    private static IReadOnlyList<(Words Name, string Value)> Describe(KeyOrder order)
    {
        var facts = new List<(Words, string)>
        {
            (new("クライアント", "client"), order.NewClient is null ? order.ClientName : $"{order.ClientName}（新規 new）"),
            (new("鍵", "key"), order.Key.Id),
            (new("できること", "scopes"), string.Join(' ', order.Key.Scopes)),
            (new("最後の日", "last day"), order.Key.ExpiresAt is { } end ? BusinessDate.Of(end.Plus(TimeSpan.FromMilliseconds(-1))).ToString() : "—"),
        };
        if (order.NewClient is { } wanted)
        {
            facts.Add((new("収納場所", "places"), wanted.Places is null ? "*" : string.Join(' ', wanted.Places)));
            facts.Add((new("機関", "office"), $"{wanted.Office.Name().Ja} ({wanted.Office.Name().En})"));
            facts.Add((new("接続元", "addresses"), wanted.IpRanges ?? "*"));
        }

        if (order.Replaces is { } old) facts.Add((new("置き換える鍵", "replaces"), string.Create(CultureInfo.InvariantCulture, $"{old}（+{order.OverlapDays}日 days）")));
        return facts;
    }
}
