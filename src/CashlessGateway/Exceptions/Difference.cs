using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Exceptions;

/// <summary>差異: something that does not agree and waits for a person. (The API calls it exception; the word is taken here.)</summary>
public sealed record Difference
{
    /// <summary>A provider took another sum than ours.</summary>
    public const string AmountDiffers = "amountDiffers";

    /// <summary>A provider accepted a cancel, and a day later the money is still taken.</summary>
    public const string CancelledButPaid = "cancelledButPaid";

    /// <summary>Booked as captured, and the provider sent the money back on a cancel whose answer was lost.</summary>
    public const string CapturedButReturned = "capturedButReturned";

    /// <summary>A provider has a payment that this database does not know; it was restored from an older backup.</summary>
    public const string FoundAfterRestore = "foundAfterRestore";

    /// <summary>A provider refused a refund that had been approved.</summary>
    public const string RefundRefused = "refundRefused";

    /// <summary>A refund that had succeeded did not reach the payer.</summary>
    public const string RefundCameBack = "refundCameBack";

    /// <summary>The payer's bank disputes a payment; somebody has to answer in time.</summary>
    public const string Disputed = "disputed";

    /// <summary>A dispute was lost: the money is gone, and the claim on whoever owes it is not.</summary>
    public const string DisputeLost = "disputeLost";

    /// <summary>A terminal's own 締め and our books do not say the same of a session.</summary>
    public const string TerminalDiffers = "terminalDiffers";

    /// <summary>Cash of a closed day did not reach the bank by its next open day.</summary>
    public const string CashNotDeposited = "cashNotDeposited";

    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";

    /// <summary>What it is about; one exception per kind and object.</summary>
    public string Object { get; init; } = "";

    public string Status { get; init; } = "open";
    public Yen Amount { get; init; }
    public string? Place { get; init; }
    public string? Provider { get; init; }
    public string? Receivable { get; init; }
    public string? Payment { get; init; }
    public string? Refund { get; init; }
    public string? Session { get; init; }

    /// <summary>課 that has to find out; null where nobody was named.</summary>
    public string? Owner { get; init; }

    /// <summary>One sentence for the person who looks into it. Nothing personal.</summary>
    public string Detail { get; init; } = "";

    public Instant OpenedAt { get; init; }
    public Instant? ClosedAt { get; init; }

    /// <summary>Who said how it came about; their words lie in `note` and can be redacted.</summary>
    public string? ProposedBy { get; init; }

    public Instant? ProposedAt { get; init; }
    public string? ProposalNote { get; init; }

    /// <summary>Who agreed to it or sent it back.</summary>
    public string? DecidedBy { get; init; }

    public string? DecisionNote { get; init; }
}

/// <summary>Opens exceptions in the unit that found them.</summary>
public static class Differences
{
    internal const string Columns = "x.municipality, x.id, x.kind, x.object, x.status, x.amount, x.place, x.provider, x.receivable, x.payment, x.refund, x.session, x.owner, x.detail, x.opened_at, x.closed_at, x.proposed_by, x.proposed_at, x.proposal_note, x.decided_by, x.decision_note";

    private static readonly Sql Insert = new("""
        insert into exception (municipality, id, kind, object, status, amount, place, provider, receivable, payment, refund, session, owner, detail, opened_at)
        values (@Municipality, @Id, @Kind, @Object, @Status, @Amount, @Place, @Provider, @Receivable, @Payment, @Refund, @Session, @Owner, @Detail, @OpenedAt)
        """);

    private static readonly Sql IsThere = new("""
        select 1
        from exception
        where municipality = @municipality and kind = @kind and object = @object
        """);

    private static readonly Sql CloseOf = new("""
        update exception
        set status = 'closed', closed_at = @now
        where municipality = @municipality and kind = @kind and object = @object and status <> 'closed'
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from exception x
        where x.municipality = @municipality and x.id = @id
        """);

    private static readonly Sql AllOfSession = new($"""
        select {Columns}
        from exception x
        where x.municipality = @municipality and x.session = @session
        order by x.opened_at, x.id
        """);

    private static readonly Sql Move = new("""
        update exception
        set status = @to, proposed_by = @proposedBy, proposed_at = @proposedAt, proposal_note = @proposalNote, decided_by = @decidedBy, decision_note = @decisionNote, closed_at = @closedAt
        where municipality = @municipality and id = @id and status = @from
        """);

    public static Task<Difference?> Find(Reader reader, string municipality, string id) => reader.One<Difference>(FindOne, new { municipality, id });

    public static async Task<IReadOnlyList<ExceptionView>> OfSession(Reader reader, string municipality, string session)
    {
        var rows = await reader.All<Difference>(AllOfSession, new { municipality, session });
        return await ExceptionView.Of(reader, municipality, rows);
    }

    /// <summary>False when somebody else moved it meanwhile.</summary>
    internal static Task<bool> Write(Unit unit, Difference before, Difference after) => unit.Hit(Move, new
    {
        municipality = before.Municipality,
        id = before.Id,
        from = before.Status,
        to = after.Status,
        proposedBy = after.ProposedBy,
        proposedAt = after.ProposedAt,
        proposalNote = after.ProposalNote,
        decidedBy = after.DecidedBy,
        decisionNote = after.DecisionNote,
        closedAt = after.ClosedAt,
    });

    /// <summary>False when it is open (or was) already.</summary>
    public static async Task<bool> Open(Unit unit, Difference difference, string eventId, Cause cause)
    {
        if (await unit.Exists(IsThere, new { municipality = difference.Municipality, kind = difference.Kind, @object = difference.Object })) return false;
        await unit.Execute(Insert, difference);
        await EventLog.Write(unit, difference.Municipality, eventId, difference.OpenedAt,
            new Happened(EventTypes.ExceptionOpened, difference.Id, 1, difference.Receivable, difference.Payment, difference.Refund, cause.Actor, cause.Source) { Place = difference.Place });
        return true;
    }

    /// <summary>What it was about has been decided.</summary>
    public static Task Close(Unit unit, string municipality, string kind, string about, Instant now) =>
        unit.Execute(CloseOf, new { municipality, kind, @object = about, now });
}
