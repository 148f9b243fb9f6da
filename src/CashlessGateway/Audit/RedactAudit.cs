using System.Globalization;
using CashlessGateway.Jobs;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Audit;

/// <summary>
/// The daily job that takes away what was past its time: the words beside entries of the trail, and people's notes beside the
/// journal. What went and the entry that says so are one unit; its count is in the sealed part, so that the sum of all such entries
/// is what verify may find redacted.
/// </summary>
public sealed class RedactAudit(Database database, AuditTrail trail) : IMunicipalityWork
{
    /// <summary>One statement each, and others wait for the unit to end.</summary>
    private const int MostInUnit = 500;

    private static readonly Sql PastTheirTime = new("""
        select entry
        from audit_detail
        where municipality = @municipality
            and redacted_at is null
            and keep_until < @today
        order by keep_until, entry
        {{limit @most}}
        """);

    private static readonly Sql RedactOne = new("""
        update audit_detail
        set body = null, salt = @nothing, redacted_at = @now
        where municipality = @municipality and entry = @entry and redacted_at is null
        """);

    public string Name => "redact-audit";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var done = 0;
        while (done < limit)
        {
            var (stamp, most) = (trail.Stamp(), Math.Min(MostInUnit, limit - done));
            // Looked for outside the unit: on SQLite nobody else writes while a unit reads through ten years.
            var due = await database.Read(reader => Find(reader, municipality, BusinessDate.Of(stamp.At), most), cancellation);
            if (due.Count == 0) break;
            done += await database.WriteSurely(unit => Redact(unit, municipality, due, stamp), ReadBack.ByRow(AuditTrail.Exists, new { municipality, id = stamp.Id }), cancellation);
            if (due.Count < most) break;
        }

        return done;
    }

    private static async Task<Due> Find(Reader reader, string municipality, BusinessDate today, int most)
    {
        var details = await reader.All<string>(PastTheirTime, new { municipality, today, most = (long)most });
        return new Due(details, details.Count == most ? [] : await Notes.Due(reader, municipality, today, most - details.Count));
    }

    /// <summary>Another node may have been quicker with some or all of them.</summary>
    private async Task<int> Redact(Unit unit, string municipality, Due due, AuditStamp stamp)
    {
        var (details, notes) = (0, 0);
        foreach (var entry in due.Details)
            if (await unit.Hit(RedactOne, new { municipality, entry, nothing = Array.Empty<byte>(), now = stamp.At })) details++;
        foreach (var note in due.Notes)
            if (await Notes.Redact(unit, municipality, note, stamp.At)) notes++;
        if (details + notes == 0) return unit.Abandon(0);
        await AuditTrail.Write(unit, stamp, new AuditEvent(municipality, Actors.System(Name), AuditActions.Redacted, AuditOutcome.Done, string.Create(CultureInfo.InvariantCulture, $"details:{details} notes:{notes}")));
        return details + notes;
    }

    private sealed record Due(IReadOnlyList<string> Details, IReadOnlyList<string> Notes)
    {
        public int Count => Details.Count + Notes.Count;
    }
}
