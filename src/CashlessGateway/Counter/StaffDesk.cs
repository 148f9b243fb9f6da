using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Recovery;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Counter;

/// <summary>What a page asks of an operation of the API.</summary>
/// <param name="Key">The same for the same deed: pressing a button twice is doing it once.</param>
public sealed record DeskOrder(Operation Operation, Right Right, string Place, string Key, JsonObject Body)
{
    /// <summary>The parts of the operation's path.</summary>
    public IReadOnlyDictionary<string, string> Path { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>
/// Staff do on pages what programs do through the API: the very same operations, rules, keys and records. A page that had rules of its
/// own would one day have other ones.
/// </summary>
public sealed class StaffDesk(Idempotency idempotency, RecoveryMode recovery)
{
    public async Task<Result<JsonElement>> Run(HttpContext http, StaffMember who, DeskOrder order)
    {
        if (!who.May(order.Right, order.Place)) return new Problem(Errors.PlaceNotAllowed, new Words("この収納場所では、この操作はできません。", "You may not do this at this place."));
        if (recovery.Refuse(order.Operation) is { } recovering) return recovering;
        var body = Encoding.UTF8.GetBytes(order.Body.ToJsonString(Json.Options));
        var caller = CallerOf(who, order.Right, order.Place);
        ApiCall Call(IdempotencyKey? key) => new(http, caller, body, Language.Japanese, key) { Path = order.Path };
        Reply reply;
        try
        {
            reply = order.Operation.Keyed
                ? await idempotency.Run(caller, order.Key, order.Operation.Method, PathOf(order), body, key => order.Operation.Run(Call(key)),
                    order.Operation.Resume is { } resume ? (key, about) => resume(Call(key), about) : null)
                : await order.Operation.Run(Call(null));
        }
        catch (StorageUnavailableException)
        {
            return new Problem(Errors.NotReady, new Words("いま記録できないため、受け付けていません。お金は動いていません。", "It cannot be recorded now, so nothing was done. No money moved."));
        }

        return reply switch
        {
            Reply.Bytes bytes => JsonDocument.Parse(bytes.Content).RootElement,
            Reply.Refusal refusal => refusal.Problem,
            _ => throw new InvalidOperationException($"{order.Operation.Pattern} answers nothing that a page could read."),
        };
    }

    /// <summary>A member of staff as operations know their callers: for one right, at the places where they have it.</summary>
    public static Caller CallerOf(StaffMember who, Right right, string? place)
    {
        var offices = who.Rights.OfficesOf(right, place);
        return new Caller(who.Municipality, who.Person, who.Name, who.Principal, ScopesOf(right), who.Rights.PlacesOf(right), 1, null)
        {
            Person = who.Person,
            Office = right == Right.ApproveMoney && offices.Contains(Office.Treasury) || !offices.Contains(Office.Executive) ? Office.Treasury : Office.Executive,
        };
    }

    private static HashSet<string> ScopesOf(Right right) => right switch
    {
        Right.TakeMoney => [Scopes.PlacesRead, Scopes.ReceivablesRead, Scopes.ReceivablesWrite, Scopes.PaymentsRead, Scopes.PaymentsWrite, Scopes.SessionsWrite],
        Right.OrderRefunds => [Scopes.PaymentsRead, Scopes.RefundsWrite],
        Right.ResolvePayments => [Scopes.PaymentsRead, Scopes.PaymentsResolve],
        Right.ApproveMoney => [Scopes.PaymentsRead, Scopes.RefundsApprove],
        Right.SeeMoney => [Scopes.PlacesRead, Scopes.ReceivablesRead, Scopes.PaymentsRead],
        _ => [],
    };

    private static string PathOf(DeskOrder order) => order.Path.Aggregate(order.Operation.Pattern, static (pattern, part) => pattern.Replace($"{{{part.Key}}}", part.Value, StringComparison.Ordinal));
}
