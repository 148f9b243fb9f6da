using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access.FourEyes;

/// <summary>Proposals as they lie in the database. That the one who decides is another one holds there too (proposal_two_people).</summary>
internal static class ProposalStore
{
    /// <summary>More open ones than this are no list for a person.</summary>
    private const int Most = 500;

    public const string OpenIndex = "proposal_open";

    private const string Columns = "q.id, q.kind, q.subject, q.place, q.amount, q.data, q.side, q.state, q.proposed_by, q.proposed_at, q.note, q.decided_by, q.decided_at, q.decision_note, q.version";

    private static readonly Sql Insert = new("""
        insert into proposal (municipality, id, kind, subject, place, amount, data, side, state, proposed_by, proposed_at, note, version)
        values (@Municipality, @Id, @Kind, @Subject, @Place, @Amount, @Data, @Side, @State, @ProposedBy, @ProposedAt, @Note, @Version)
        """);

    private static readonly Sql End = new("""
        update proposal
        set state = @state, decided_by = @by, decided_at = @now, decision_note = @note, version = version + 1
        where municipality = @municipality and id = @id and state = 'open' and version = @version
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from proposal q
        where q.municipality = @municipality and q.id = @id
        """);

    private static readonly Sql ListOpen = new($"""
        select {Columns}
        from proposal q
        where q.municipality = @municipality and q.state = 'open'
        order by q.proposed_at, q.id
        {"{{limit @most}}"}
        """);

    private static readonly Sql ListEnded = new($"""
        select {Columns}
        from proposal q
        where q.municipality = @municipality and q.proposed_at >= @since and q.state <> 'open'
        order by q.proposed_at desc, q.id desc
        {"{{limit @most}}"}
        """);

    private static readonly Sql ListDue = new($"""
        select {Columns}
        from proposal q
        where q.municipality = @municipality and q.state = 'open' and q.proposed_at <= @before
        order by q.proposed_at, q.id
        {"{{limit @most}}"}
        """);

    internal static readonly Sql Exists = new("select 1 from proposal where municipality = @municipality and id = @id");

    internal static readonly Sql DecidedBy = new("select 1 from proposal where municipality = @municipality and id = @id and decided_by = @by and decided_at = @now");

    /// <summary>A person with two logins has one mailbox.</summary>
    private static readonly Sql MailOf = new("select lower(mail) from person where municipality = @municipality and id = @person");

    public static Task Add(Unit unit, Proposal proposal) => unit.Execute(Insert, proposal);

    public static Task<bool> Decide(Unit unit, Proposal proposal, ProposalState state, string? by, string? note, Instant now) =>
        unit.Hit(End, new { municipality = proposal.Municipality, id = proposal.Id, version = proposal.Version, state = Names.Of(state), by, note, now });

    public static async Task<Proposal?> Find(Reader reader, string municipality, string id) =>
        await reader.One<Proposal>(FindOne, new { municipality, id }) is { } found ? found with { Municipality = municipality } : null;

    public static Task<List<Proposal>> Open(Reader reader, string municipality) => All(reader, municipality, ListOpen, new { municipality, most = Most });

    public static Task<List<Proposal>> Ended(Reader reader, string municipality, Instant since) => All(reader, municipality, ListEnded, new { municipality, since, most = Most });

    public static Task<List<Proposal>> Due(Reader reader, string municipality, Instant before, int most) => All(reader, municipality, ListDue, new { municipality, before, most });

    private static async Task<List<Proposal>> All(Reader reader, string municipality, Sql sql, object values) =>
        (await reader.All<Proposal>(sql, values)).ConvertAll(proposal => proposal with { Municipality = municipality });

    public static Task<string?> Mail(Reader reader, string municipality, string person) => reader.One<string>(MailOf, new { municipality, person });
}

/// <summary>Whether two principals are one human being.</summary>
public static class SamePerson
{
    /// <summary>
    /// The same principal (which names the person and never the session), or two accounts of staff with one mail address. Two API clients
    /// are told apart by their ids alone: who stands behind a key is the city's to arrange (ADR 0015).
    /// </summary>
    public static async Task<bool> Is(Reader reader, string municipality, string? one, string other)
    {
        if (one == other) return true;
        if (Roles.StaffMember.PersonOf(one) is not { } first || Roles.StaffMember.PersonOf(other) is not { } second) return false;
        return await ProposalStore.Mail(reader, municipality, first) is { Length: > 0 } mail && mail == await ProposalStore.Mail(reader, municipality, second);
    }
}
