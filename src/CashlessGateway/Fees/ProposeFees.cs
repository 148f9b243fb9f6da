using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>What somebody wants changed in the catalogue. Looked at by the same rules now and when it is approved.</summary>
public sealed class ProposeFees(Proposals proposals, Database database, Clock clock)
{
    public async Task<Problem?> Propose(StaffMember by, FeeChange change, string? reason)
    {
        var versions = (await database.Read(reader => FeeStore.Timelines(reader, by.Municipality, [change.Fee]))).GetValueOrDefault(change.Fee, []);
        if (versions.Count == 0 && change.Action != FeeAction.Add) return Problem.Missing(new Words("この項目はありません。", "There is no such item."));
        if (!FeeTimeline.After(versions, change, 0, clock.Today()).IsOk(out _, out var problem)) return problem;
        return await Send(by, $"fee:{change.Fee}", new FeeOrder(change, FeeTimeline.On(versions, change.Day)?.Content, null, null), reason);
    }

    public async Task<Problem?> Propose(StaffMember by, GroundChange change, string? reason)
    {
        var ofItsCode = (await database.Read(reader => GroundStore.All(reader, by.Municipality))).Where(ground => ground.Code == change.Ground.Code);
        if ((change.LastDay is { } lastDay ? GroundRules.MayEnd(change.Ground, lastDay, clock.Today()) : GroundRules.MayAdd(ofItsCode, change.Ground, clock.Today())) is { } refused) return refused;
        return await Send(by, $"ground:{change.Ground.Code}", new FeeOrder(null, null, change, null), reason);
    }

    /// <summary>One file of a kind at a time: two of them would each be looked at without the other.</summary>
    public async Task<Problem?> Propose(StaffMember by, FeeFile file, FeeFilePlan plan, string? reason)
    {
        if (plan.Refusal() is { } refused) return refused;
        if (!plan.ChangesAnything) return Problem.At(Errors.Invalid, "?file", "same", new("変わるところがありません。", "Nothing would change."));
        var order = new FileOrder(file.Id, file.Name, file.ValidFrom, plan.Count(LineOutcome.New), plan.Count(LineOutcome.Changed), plan.Count(LineOutcome.Unchanged));
        return await Send(by, $"file:{file.Kind}", new FeeOrder(null, null, null, order), reason);
    }

    private async Task<Problem?> Send(StaffMember by, string subject, FeeOrder order, string? reason) =>
        (await proposals.Propose(by, FeeProposal.Name, new Proposing(subject, null, null, FeeProposal.Write(order), reason))).IsOk(out _, out var problem) ? null : problem;
}
