using CashlessGateway.Access;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Audit;

/// <summary>GET /v1/audit and POST /v1/audit/verify. Who reads the trail stands in it: once a minute, so that a screen that refreshes itself does not fill it.</summary>
public sealed class ReadAudit(Database database, AuditTrail trail, AuditVerifier verifier, Clock clock)
{
    /// <summary>A city has some dozens of keys.</summary>
    private readonly OncePerMinute _readers = new(clock, 1_000);

    public Operation List => new("GET", "/v1/audit", "audit", "What people and programs did, newest first", Scopes.AuditRead, null, typeof(PageOf<AuditEntryView>), 200, [], RunList)
    {
        Query = [.. AuditFilter.Parameters, new("limit", "1 to 200, 50 unless said"), new("cursor", "nextCursor of the previous answer")],
    };

    public Operation Verify => new("POST", "/v1/audit/verify", "audit", "Recompute the trail's chain from its first block", Scopes.AuditRead, typeof(VerifyRequest), typeof(VerificationOut), 200, [Errors.Invalid], RunVerify);

    private async Task<Reply> RunList(ApiCall call)
    {
        if (!QueryReader.Read(call, AuditFilter.Read).IsOk(out var filter, out var problem)) return problem;
        return Reply.Ok(await Page(call, filter));
    }

    /// <summary>For the page of the trail too.</summary>
    internal async Task<PageOf<AuditEntryView>> Page(ApiCall call, AuditFilter filter)
    {
        var (rows, names) = await database.Read(reader => Find(reader, call.Caller, filter), call.Aborted);
        if (_readers.IsFirst(call.Caller.KeyId))
            await trail.Note(call.Said(AuditActions.PersonalDataRead, AuditChain.Name) with { Facts = filter.AsFacts() });
        return filter.Page.Of(rows, static row => (row.At, row.Id), row => AuditEntryView.Of(row, names));
    }

    private async Task<Reply> RunVerify(ApiCall call) =>
        call.Read(VerifyRequest.Read).IsOk(out _, out var problem) ? Reply.Ok(VerificationOut.Of(await verifier.Verify(call.Municipality, call.Aborted), PublicId.AuditEntry)) : problem;

    internal static async Task<(List<AuditRow> Rows, ActorNames Names)> Find(Reader reader, Caller caller, AuditFilter filter)
    {
        var rows = await reader.All<AuditRow>(filter.Statement(caller.Places), filter.Values(caller.Municipality, caller.Places));
        return (rows, await ActorNames.Find(reader, caller.Municipality, rows));
    }
}
