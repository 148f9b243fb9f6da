using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Staff;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Roles;

/// <summary>What an administrator fills in to give somebody a role.</summary>
public sealed record RoleOrder(string Person, Role Role, string? Place, BusinessDate ValidFrom, BusinessDate? ValidTo);

/// <summary>What became of a role that was asked for.</summary>
public abstract record Granted
{
    private Granted() { }

    public sealed record AtOnce(RoleGrant Grant) : Granted;

    /// <summary>It counts when somebody else has approved.</summary>
    public sealed record Proposed(string Proposal) : Granted;
}

/// <summary>Gives and ends roles. A role that approves what others ask for is given by two.</summary>
public sealed class ManageRoles(Database database, Clock clock, Ids ids, AuditTrail trail, Proposals proposals)
{
    private static readonly Sql LockPerson = new("""
        update person
        set version = version + 1
        where municipality = @municipality and id = @person and disabled_at is null
        """);

    public async Task<Result<Granted>> Grant(StaffMember by, RoleOrder order)
    {
        var grant = new RoleGrant(ids.Next(), order.Person, order.Role, order.Place, order.ValidFrom, order.ValidTo);
        if (Refusal(by, grant) is { } refusal) return refusal;
        var now = clock.Now();
        if (order.Role.Approves() && (order.Role != Role.Admin || !await database.Read(reader => IsFirstAlone(reader, by))))
        {
            if (await database.Read(reader => Check(reader, by.Municipality, grant)) is { } wrong) return wrong;
            var proposed = await proposals.Propose(by, RoleGrantProposal.Name, new Proposing($"{grant.Person}/{Names.Of(grant.Role)}/{grant.Place ?? "*"}", grant.Place, null, RoleGrantProposal.Write(grant)));
            return proposed.Then<Granted>(static proposal => new Granted.Proposed(proposal.Id));
        }

        var said = trail.Prepare(Said(by, grant));
        return await database.WriteSurely<Result<Granted>>(async unit =>
        {
            // The first administrator's row is held: of two that are made second at one moment, one comes too late and takes two people.
            if (order.Role.Approves() && (!await unit.Hit(LockPerson, new { municipality = by.Municipality, person = by.Person }) || !await IsFirstAlone(unit, by)))
                return unit.Abandon<Result<Granted>>(new Problem(Errors.VersionChanged));
            if (await Add(unit, by.Municipality, grant, by.Principal, now) is { } problem) return unit.Abandon<Result<Granted>>(problem);
            await said(unit);
            return new Granted.AtOnce(grant);
        }, ReadBack.ByRow(RoleStore.Exists, new { municipality = by.Municipality, id = grant.Id }));
    }

    /// <summary>The last day may be yesterday: then the role opens nothing from now on.</summary>
    public async Task<Problem?> End(StaffMember by, string person, string id, BusinessDate lastDay)
    {
        if (await database.Read(reader => RoleStore.One(reader, by.Municipality, id)) is not { } grant || grant.Person != person || !by.May(Right.ManagePeople, grant.Place))
            return Problem.Missing(new Words("この役割はありません。", "There is no such role."));
        var today = clock.Today();
        if (lastDay < today.AddDays(-1))
            return Problem.At(Errors.Invalid, "?lastDay", "out-of-range", new Words("終わりの日はきのう以後にしてください。過ぎた日の役割は取り消せません。", "The last day must be yesterday or later: what is past was held."));
        if (grant.ValidTo is { } end && end <= lastDay)
            return Problem.At(Errors.Invalid, "?lastDay", "out-of-range", new Words($"いまの終わりの日（{end}）より前にしてください。延ばすには新しく付けてください。", $"It must lie before the present end ({end}). To extend it, give it anew."));
        var now = clock.Now();
        var said = trail.Prepare(by.Did(AuditActions.RoleEnded, $"role:{id}", grant.Place) with
        {
            Before = Pairs.Of(("validTo", grant.ValidTo?.ToString())),
            After = Pairs.Of(("person", grant.Person), ("role", Names.Of(grant.Role)), ("validTo", lastDay.ToString())),
        });
        return await database.WriteSurely<Problem?>(async unit =>
        {
            if (!await RoleStore.End(unit, by.Municipality, id, lastDay, by.Principal, now)) return unit.Abandon<Problem?>(new Problem(Errors.VersionChanged));
            await said(unit);
            return null;
        }, ReadBack.SafeToRepeat);
    }

    /// <summary>In the unit that gives the role: the person's row is held, so that two roles that exclude each other cannot both come in.</summary>
    internal static async Task<Problem?> Add(Unit unit, string municipality, RoleGrant grant, string by, Instant now)
    {
        if (!await unit.Hit(LockPerson, new { municipality, person = grant.Person })) return NoPerson();
        if (await Check(unit, municipality, grant) is { } problem) return problem;
        await RoleStore.Add(unit, municipality, grant, by, now);
        // Whoever signed in for a counter's long shift signs in again as somebody of an office.
        if (grant.HoldsOn(BusinessDate.Of(now)) && !SessionKinds.IsOfCounters(grant.Role))
            await unit.Execute(StaffSessions.EndAllOf, new { municipality, person = grant.Person, now, why = "rights" });
        return null;
    }

    /// <summary>
    /// A city begins with one administrator, and nobody who could approve the second. Whoever approves is asked as soon as there has
    /// ever been somebody: otherwise one administrator could disable all others and be alone again.
    /// </summary>
    private static async Task<bool> IsFirstAlone(Reader reader, StaffMember by) =>
        by.May(Right.ApproveAccess, null) && !await RoleStore.HasAnyOtherApproved(reader, by.Municipality, by.Person);

    internal static AuditEvent Said(StaffMember by, RoleGrant grant) => by.Did(AuditActions.RoleGranted, $"role:{grant.Id}", grant.Place) with
    {
        After = Pairs.Of(("person", grant.Person), ("role", Names.Of(grant.Role)), ("validFrom", grant.ValidFrom.ToString()), ("validTo", grant.ValidTo?.ToString())),
    };

    private Problem? Refusal(StaffMember by, RoleGrant grant)
    {
        if (!by.May(Right.ManagePeople, grant.Place)) return new Problem(Errors.PlaceNotAllowed, new Words("この収納場所の役割を付けることはできません。", "You cannot give roles at this place."));
        if (grant.Person == by.Person) return Problem.At(Errors.SamePrincipal, "?role", "same-person", new Words("自分に役割を付けることはできません。ほかの管理者に頼んでください。", "Nobody gives roles to themselves: ask another administrator."));
        if (grant.ValidTo is { } end && end < grant.ValidFrom) return Problem.At(Errors.Invalid, "?validTo", "out-of-range", new Words("終わりの日は始まりの日以後にしてください。", "The last day must not lie before the first."));
        return grant.ValidFrom < clock.Today()
            ? Problem.At(Errors.Invalid, "?validFrom", "out-of-range", new Words("始まりの日はきょう以後にしてください。過ぎた日の役割は付けられません。", "The first day must be today or later: nobody can have held it before."))
            : null;
    }

    private static async Task<Problem?> Check(Reader reader, string municipality, RoleGrant grant)
    {
        if (grant.Place is { } place && await PlaceStore.Find(reader, municipality, place) is null)
            return Problem.At(Errors.UnknownPlace, "?place", "unknown-place", new Words("この収納場所はありません。", "There is no such place."));
        if (!await reader.Exists(People.Active, new { municipality, person = grant.Person })) return NoPerson();
        return RoleRules.Against(grant, await RoleStore.OfPerson(reader, municipality, grant.Person)) is { } why ? Problem.At(Errors.Invalid, "?role", "not-together", why) : null;
    }

    private static Problem NoPerson() => Problem.Missing(new Words("この職員はいません。または利用を停止しています。", "There is no such person, or the account is disabled."));
}
