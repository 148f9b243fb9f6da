using System.Collections.Frozen;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.FourEyes;

/// <summary>
/// Four eyes: one asks, another decides, and what was asked for is done in the unit of the decision. A proposal ends once, by a
/// conditional update on its version.
/// </summary>
public sealed class Proposals
{
    /// <summary>What the column holds on the narrowest engine.</summary>
    private const int LongestData = 4_000;
    private const int LongestSubject = 100;

    /// <summary>How far back the list of decided ones goes.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromDays(90);

    private readonly Database _database;
    private readonly Clock _clock;
    private readonly Ids _ids;
    private readonly AuditTrail _trail;
    private readonly FrozenDictionary<string, ProposalKind> _kinds;
    private readonly IReadOnlyDictionary<string, Yen> _from;

    /// <exception cref="StartupException">A setting names a kind that there is not, or that always takes two.</exception>
    public Proposals(Database database, Clock clock, Ids ids, AuditTrail trail, IEnumerable<ProposalKind> kinds, Settings settings)
    {
        (_database, _clock, _ids, _trail, _from) = (database, clock, ids, trail, settings.FourEyesFrom);
        _kinds = kinds.ToFrozenDictionary(static kind => kind.Name, StringComparer.Ordinal);
        foreach (var name in _from.Keys)
            if (!_kinds.TryGetValue(name, out var kind) || !kind.HasLimit)
                throw new StartupException($"FourEyes:{name}:From is set, and no kind of proposal of that name may be done by one person. There are: {string.Join(", ", _kinds.Values.Where(static known => known.HasLimit).Select(static known => known.Name).DefaultIfEmpty("none"))}.");
    }

    public ProposalKind KindOf(Proposal proposal) => _kinds.GetValueOrDefault(proposal.Kind) ?? throw new InvalidOperationException($"Proposal {proposal.Id} is of the kind {proposal.Kind}, which nobody registered.");

    public IEnumerable<ProposalKind> Kinds => _kinds.Values.OrderBy(static kind => kind.Name, StringComparer.Ordinal);

    public Task<Proposal?> Find(string municipality, string id) => _database.Read(reader => ProposalStore.Find(reader, municipality, id));

    /// <summary>Open ones, oldest first.</summary>
    public Task<List<Proposal>> Open(string municipality, CancellationToken cancellation = default) => _database.Read(reader => ProposalStore.Open(reader, municipality), cancellation);

    /// <summary>Ended ones of the last months, newest first.</summary>
    public Task<List<Proposal>> Ended(string municipality, CancellationToken cancellation = default)
    {
        var since = _clock.Now().Plus(-Shown);
        return _database.Read(reader => ProposalStore.Ended(reader, municipality, since), cancellation);
    }

    public async Task<Result<Proposal>> Propose(StaffMember by, string kindName, Proposing wanted)
    {
        var kind = _kinds[kindName];
        if (wanted.Data.Length > LongestData) return new Problem(Errors.Invalid, new Words("内容が長すぎて申請できません。収納場所やアドレスを減らしてください。", "It is too long to be proposed: name fewer places or addresses."));
        if (wanted.Subject.Length > LongestSubject) throw new InvalidOperationException($"A subject has at most {LongestSubject} characters: {wanted.Subject}");
        if (!ProposalRules.MayPropose(kind, by, wanted.Place).IsOk(out var office, out var problem)) return problem;
        var (now, alone) = (_clock.Now(), ProposalRules.IsForOne(kind, wanted.Amount, _from.GetValueOrDefault(kind.Name)));
        var (note, salt) = (wanted.Note is null ? null : _ids.Next(), Notes.NewSalt());
        var proposal = new Proposal
        {
            Municipality = by.Municipality,
            Id = _ids.Next(),
            Kind = kind.Name,
            Subject = wanted.Subject,
            Place = wanted.Place,
            Amount = wanted.Amount,
            Data = wanted.Data,
            Side = office is { } side ? Names.Of(side) : null,
            State = Names.Of(alone ? ProposalState.Alone : ProposalState.Open),
            ProposedBy = by.Principal,
            ProposedAt = now,
            Note = note,
            Version = 1,
        };
        var act = alone ? kind.Prepare(proposal, new Decision(by, now)) : null;
        var said = _trail.Prepare(Said(AuditActions.ProposalMade, proposal, by));
        var written = await _database.Write<Result<Proposal>>(async unit =>
        {
            if (note is not null) await Notes.Write(unit, by.Municipality, note, salt, wanted.Note!, now);
            await ProposalStore.Add(unit, proposal);
            await said(unit);
            return act is not null && await act(unit) is { } refused ? unit.Abandon<Result<Proposal>>(refused) : proposal;
        }, ReadBack.ByRow(ProposalStore.Exists, new { municipality = by.Municipality, id = proposal.Id }));
        if (alone && written is Written<Result<Proposal>>.Done { Value: Result<Proposal>.Ok }) kind.Done(proposal);
        return written switch
        {
            Written<Result<Proposal>>.Done done => done.Value,
            Written<Result<Proposal>>.Taken { Index: ProposalStore.OpenIndex } => new Problem(StaffErrors.ProposalOpen),
            var other => throw new InvalidOperationException($"The proposal could not be written: {other}."),
        };
    }

    public Task<Problem?> Approve(StaffMember by, string id, long version, string? note = null) => Decide(by, id, version, ProposalState.Approved, note);

    public Task<Problem?> Reject(StaffMember by, string id, long version, string reason) => Decide(by, id, version, ProposalState.Rejected, reason);

    /// <summary>By whoever asked, and nobody else.</summary>
    public async Task<Problem?> Withdraw(StaffMember by, string id, long version)
    {
        if (await Find(by.Municipality, id) is not { } proposal || proposal.ProposedBy != by.Principal) return Missing();
        if (proposal.Status != ProposalState.Open) return new Problem(StaffErrors.ProposalDecided);
        return await End(proposal with { Version = version }, ProposalState.Withdrawn, by, null, AuditActions.ProposalWithdrawn, null);
    }

    /// <returns>How many had waited too long.</returns>
    public async Task<int> Expire(string municipality, int limit, CancellationToken cancellation)
    {
        var (now, done) = (_clock.Now(), 0);
        foreach (var proposal in await _database.Read(reader => ProposalStore.Due(reader, municipality, now.Plus(-ProposalRules.OpenFor), limit), cancellation))
        {
            var said = _trail.Prepare(new AuditEvent(municipality, Actors.System(ExpireProposals.JobName), AuditActions.ProposalExpired, AuditOutcome.Done, $"proposal:{proposal.Id}", proposal.Place) { Facts = Facts(proposal) });
            if (await _database.WriteSurely(async unit =>
            {
                if (!await ProposalStore.Decide(unit, proposal, ProposalState.Expired, null, null, now)) return false;
                await said(unit);
                return true;
            }, ReadBack.SafeToRepeat, cancellation)) done++;
        }

        return done;
    }

    private async Task<Problem?> Decide(StaffMember by, string id, long version, ProposalState state, string? note)
    {
        if (await Find(by.Municipality, id) is not { } proposal || !by.May(Right.SeeProposals, proposal.Place)) return Missing();
        if (proposal.Status != ProposalState.Open) return new Problem(StaffErrors.ProposalDecided);
        var (kind, now) = (KindOf(proposal), _clock.Now());
        var same = await _database.Read(reader => SamePerson.Is(reader, by.Municipality, proposal.ProposedBy, by.Principal));
        if (ProposalRules.MayDecide(kind, proposal, by, same, now) is { } refused) return refused;
        var act = state == ProposalState.Approved ? kind.Prepare(proposal, new Decision(by, now)) : null;
        var problem = await End(proposal with { Version = version }, state, by, note, act is null ? AuditActions.ProposalRejected : AuditActions.ProposalApproved, act);
        if (problem is null && act is not null) kind.Done(proposal);
        return problem;
    }

    private async Task<Problem?> End(Proposal proposal, ProposalState state, StaffMember by, string? words, AuditAction action, Func<Unit, Task<Problem?>>? act)
    {
        var (now, note, salt) = (_clock.Now(), words is { Length: > 0 } ? _ids.Next() : null, Notes.NewSalt());
        var said = _trail.Prepare(Said(action, proposal, by));
        var written = await _database.Write<Problem?>(async unit =>
        {
            if (!await ProposalStore.Decide(unit, proposal, state, by.Principal, note, now)) return unit.Abandon<Problem?>(new Problem(Errors.VersionChanged));
            if (note is not null) await Notes.Write(unit, proposal.Municipality, note, salt, words!, now);
            if (act is not null && await act(unit) is { } refused) return unit.Abandon<Problem?>(refused);
            await said(unit);
            return null;
        }, ReadBack.ByRow(ProposalStore.DecidedBy, new { municipality = proposal.Municipality, id = proposal.Id, by = by.Principal, now }));
        // What the kind inserts may be there by now: then the approval would do it twice, and nothing was done.
        return written is Written<Problem?>.Done done ? done.Value : new Problem(Errors.VersionChanged);
    }

    private static AuditEvent Said(AuditAction action, Proposal proposal, StaffMember by) => by.Did(action, $"proposal:{proposal.Id}", proposal.Place) with { Facts = Facts(proposal) };

    private static IReadOnlyDictionary<string, string?> Facts(Proposal proposal) =>
        Pairs.Of(("kind", proposal.Kind), ("subject", proposal.Subject), ("amount", proposal.Amount?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static Problem Missing() => Problem.Missing(new Words("この申請はありません。", "There is no such proposal."));
}
