using CashlessGateway.Ledger;
using CashlessGateway.Storage;

namespace CashlessGateway.Audit;

/// <summary>
/// The trail's own chain of seals (mechanics 18). An entry's canonical form, in the spelling of <see cref="CanonicalForm"/>: the text
/// "audit/1"; municipality, id, at, actor, action, outcome, object, place, detail_hash. Another order or field is another version
/// ("audit/2"), never a change of this one.
/// </summary>
public static class AuditChain
{
    public const string Name = "audit";
    private const string Version = "audit/1";

    public static readonly SealedChain Chain = new(Name, static async (reader, municipality, ids) => [.. (await AuditRow.ByIds(reader, municipality, ids)).Select(row => Item(municipality, row))]);

    internal static readonly Sql OutsideChain = new("""
        select e.id
        from audit_entry e
        where e.municipality = @municipality
            and not exists (
                select 1
                from sealed s
                where s.municipality = @municipality
                    and s.chain = @chain
                    and s.item = e.id)
            and not exists (
                select 1
                from unsealed u
                where u.municipality = @municipality
                    and u.chain = @chain
                    and u.item = e.id)
        order by e.at, e.id
        {{limit 100}}
        """);

    public static readonly ChainCheck Check = new(Chain,
        static async (reader, municipality, ids) => [.. (await AuditRow.ByIds(reader, municipality, ids)).Select(row => new CheckedItem(Item(municipality, row), row.IsRedacted, Faults(row)))],
        OutsideChain);

    internal static byte[] Bytes(string municipality, AuditRow row)
    {
        var form = new CanonicalForm();
        form.Text(Version);
        form.Text(municipality);
        form.Text(row.Id);
        form.Number(row.At.Milliseconds);
        form.Text(row.Actor);
        form.Text(row.Action);
        form.Text(row.Outcome);
        form.Text(row.Object);
        form.Text(row.Place);
        form.Hex(row.DetailHash);
        return form.ToBytes();
    }

    private static ChainItem Item(string municipality, AuditRow row) => new(row.Id, row.At, Bytes(municipality, row));

    /// <summary>The words beside the entry: there as they were written, or redacted; nothing else.</summary>
    private static ItemFault[] Faults(AuditRow row)
    {
        var fault = (row.DetailHash, row.Detail) switch
        {
            (null, null) => null,
            (null, _) => "Words lie beside it that were never written.",
            (_, null) => "The words beside it are gone and were not redacted.",
            _ when row.IsRedacted => null,
            ({ } hash, _) when row is { Salt: { } salt, Body: { } body } && Notes.Hash(salt, body).AsSpan().SequenceEqual(hash) => null,
            _ => "The words beside it are not what was written.",
        };
        return fault is null ? [] : [new ItemFault(FindingCode.DetailTouched, fault)];
    }
}
