using CashlessGateway.Access;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Audit;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Exceptions;

/// <summary>
/// POST /v1/exceptions/{id}/propose, …/approve, …/reject: one person says how a difference came about, another agrees or sends it back. Nothing is
/// booked by it: where money has to move, that is a refund or a payment with its own entry. Who did it and when stays with the exception.
/// </summary>
public sealed class ResolveException(Database database, Clock clock, Ids ids, AuditTrail trail)
{
    private static readonly IReadOnlyList<ErrorCode> Refusals = [Errors.NotFound, Errors.Invalid, Errors.SamePrincipal, Errors.ExceptionNotOpen, Errors.VersionChanged];

    private static readonly Sql WasMoved = new("""
        select 1
        from exception
        where municipality = @municipality and id = @id and (proposal_note = @note or decision_note = @note)
        """);

    public Operation Propose => new("POST", "/v1/exceptions/{id}/propose", "exceptions", "Say how a difference came about", Scopes.ExceptionsWrite, typeof(ExplanationRequest), typeof(ExceptionView), 200, Refusals, call => Run(call, ExceptionStep.Propose));

    public Operation Approve => new("POST", "/v1/exceptions/{id}/approve", "exceptions", "Agree with somebody else's explanation: the exception is closed", Scopes.ExceptionsApprove, typeof(ExplanationRequest), typeof(ExceptionView), 200, Refusals, call => Run(call, ExceptionStep.Approve));

    public Operation Reject => new("POST", "/v1/exceptions/{id}/reject", "exceptions", "Send somebody else's explanation back: the exception is open again", Scopes.ExceptionsApprove, typeof(ExplanationRequest), typeof(ExceptionView), 200, Refusals, call => Run(call, ExceptionStep.Reject));

    private async Task<Reply> Run(ApiCall call, ExceptionStep step)
    {
        if (!call.Id(PublicId.Exception).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(ExplanationRequest.Read).IsOk(out var request, out problem)) return problem;
        return (await Step(call.Caller, id, step, request.Note, RefusedAccess.Address(call.Http))).IsOk(out var view, out problem) ? Reply.Ok(view) : problem;
    }

    /// <summary>For pages too.</summary>
    public async Task<Result<ExceptionView>> Step(Caller caller, string id, ExceptionStep step, string words, string? from)
    {
        var (note, salt, stamp, now) = (ids.Next(), Notes.NewSalt(), trail.Stamp(), clock.Now());
        return await database.WriteSurely(async unit =>
        {
            if (await Differences.Find(unit, caller.Municipality, id) is not { } found || !MayUse(caller, found)) return unit.Abandon<Result<ExceptionView>>(Missing());
            var same = await SamePerson.Is(unit, caller.Municipality, found.ProposedBy, caller.Principal);
            if (!ExceptionRules.Go(found, step, caller.Principal, same, note, now).IsOk(out var after, out var problem)) return unit.Abandon<Result<ExceptionView>>(problem);
            await Notes.Write(unit, caller.Municipality, note, salt, words, now);
            if (!await Differences.Write(unit, found, after)) return unit.Abandon<Result<ExceptionView>>(new Problem(Errors.VersionChanged));
            await AuditTrail.Write(unit, stamp, caller.Did(DeedOf(step), PublicId.Exception + id, found.Place, from) with { Facts = Pairs.Of(("kind", found.Kind), ("proposedBy", after.ProposedBy)) });
            return (await ExceptionView.Of(unit, caller.Municipality, [after]))[0];
        }, ReadBack.ByRow(WasMoved, new { municipality = caller.Municipality, id, note }));
    }

    /// <summary>What belongs to no place is for those who may use all.</summary>
    private static bool MayUse(Caller caller, Difference found) => found.Place is { } place ? caller.MayUse(place) : caller.Places is null;

    private static AuditAction DeedOf(ExceptionStep step) => step switch
    {
        ExceptionStep.Propose => AuditActions.ExceptionProposed,
        ExceptionStep.Approve => AuditActions.ExceptionApproved,
        ExceptionStep.Reject => AuditActions.ExceptionRejected,
    };

    private static Problem Missing() => Problem.Missing(new Words("この差異はありません。", "There is no such exception."));
}

public enum ExceptionStep
{
    Propose,
    Approve,
    Reject,
}

/// <summary>From open to proposed to closed, or back. Pure.</summary>
public static class ExceptionRules
{
    /// <param name="samePerson">Whoever acts is the one who proposed.</param>
    public static Result<Difference> Go(Difference found, ExceptionStep step, string by, bool samePerson, string note, Instant now)
    {
        var status = Names.Parse<ExceptionStatus>(found.Status);
        if (status != (step == ExceptionStep.Propose ? ExceptionStatus.Open : ExceptionStatus.Proposed)) return new Problem(Errors.ExceptionNotOpen);
        if (step != ExceptionStep.Propose && samePerson) return new Problem(Errors.SamePrincipal);
        return step switch
        {
            ExceptionStep.Propose => found with { Status = Names.Of(ExceptionStatus.Proposed), ProposedBy = by, ProposedAt = now, ProposalNote = note, DecidedBy = null, DecisionNote = null },
            ExceptionStep.Approve => found with { Status = Names.Of(ExceptionStatus.Closed), DecidedBy = by, DecisionNote = note, ClosedAt = now },
            ExceptionStep.Reject => found with { Status = Names.Of(ExceptionStatus.Open), DecidedBy = by, DecisionNote = note },
        };
    }
}

public sealed record ExplanationRequest(string Note)
{
    public const int Longest = 1_000;

    public static ExplanationRequest Read(BodyObject body) => new(body.Text("note", Longest, required: true) ?? "");
}
