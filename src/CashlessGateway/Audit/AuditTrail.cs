using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Audit;

/// <summary>All of an entry that must be made before the unit that writes it (mechanics 14).</summary>
/// <param name="Strict">See <see cref="AuditBody.Of"/>.</param>
public sealed record AuditStamp(string Id, Instant At, byte[] Salt, BusinessDate KeepUntil, bool Strict);

/// <summary>
/// The door for writers. A change and its entry go into one unit, so that there is neither without the other; what changes
/// nothing (a refusal, a reading) is noted alone.
/// </summary>
public sealed class AuditTrail(Database database, Clock clock, Ids ids, Settings settings, ILogger<AuditTrail> log)
{
    private const int LongestObject = 200;

    private static readonly Sql InsertEntry = new("""
        insert into audit_entry (municipality, id, at, actor, action, outcome, object, place, detail_hash)
        values (@municipality, @id, @at, @actor, @action, @outcome, @about, @place, @detailHash)
        """);

    private static readonly Sql InsertDetail = new("""
        insert into audit_detail (municipality, entry, salt, body, keep_until)
        values (@municipality, @id, @salt, @body, @keepUntil)
        """);

    internal static readonly Sql Exists = new("select 1 from audit_entry where municipality = @municipality and id = @id");

    public AuditStamp Stamp()
    {
        var now = clock.Now();
        return new AuditStamp(ids.Next(), now, Notes.NewSalt(), BusinessDate.Of(now).AddDays(settings.KeepAuditDetailsDays), Strict: settings.Demo);
    }

    public static Task Write(Unit unit, AuditStamp stamp, AuditEvent said) => Insert(unit, stamp, said, Body(stamp, said));

    /// <summary>What has to be made before a unit is made now; what is handed back writes inside the unit.</summary>
    public Func<Unit, Task> Prepare(AuditEvent said)
    {
        var stamp = Stamp();
        return unit => Write(unit, stamp, said);
    }

    /// <summary>Never fails the request it speaks of: what cannot be written is an error in the log.</summary>
    public async Task Note(AuditEvent said)
    {
        var stamp = Stamp();
        var body = Body(stamp, said);
        try
        {
            await database.WriteSurely(async unit =>
            {
                await Insert(unit, stamp, said, body);
                return true;
            }, ReadBack.ByRow(Exists, new { municipality = said.Municipality, id = stamp.Id }));
        }
        catch (Exception error)
        {
            log.LogError(error, "The audit trail of {Municipality} lacks: {Actor} {Action} {Outcome} {Object} at {At}.", said.Municipality, said.Actor, said.Action.Name, said.Outcome, said.Object, stamp.At);
        }
    }

    /// <summary>Checked and made into text before anything is written.</summary>
    private static string? Body(AuditStamp stamp, AuditEvent said)
    {
        if (!Actors.IsOne(said.Actor)) throw new InvalidOperationException($"'{said.Actor}' is not an actor of the audit trail.");
        if (said.Object is { Length: > LongestObject }) throw new InvalidOperationException($"An object has at most {LongestObject} characters: {said.Object}");
        return AuditBody.Of(said, stamp.Strict);
    }

    private static async Task Insert(Unit unit, AuditStamp stamp, AuditEvent said, string? body)
    {
        await unit.Later(InsertEntry, new
        {
            municipality = said.Municipality,
            id = stamp.Id,
            at = stamp.At,
            actor = said.Actor,
            action = said.Action.Name,
            outcome = Names.Of(said.Outcome),
            about = said.Object,
            place = said.Place,
            detailHash = body is null ? null : Notes.Hash(stamp.Salt, body),
        });
        if (body is not null) await unit.Later(InsertDetail, new { municipality = said.Municipality, id = stamp.Id, salt = stamp.Salt, body, keepUntil = stamp.KeepUntil });
        await AuditChain.Chain.Enlist(unit, said.Municipality, stamp.Id);
    }
}
