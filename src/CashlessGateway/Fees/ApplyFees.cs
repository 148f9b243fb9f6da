using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>Does what was approved, by the rules and the catalogue of this very moment.</summary>
internal static class ApplyFees
{
    public static async Task<Problem?> Apply(Unit unit, string municipality, FeeOrder order, Approval approval, BusinessDate today)
    {
        await FeeWriter.HoldCatalogue(unit, municipality);
        return order switch
        {
            { Change: { } change } => await Change(unit, municipality, change, approval, today),
            { Ground: { } ground } => await Ground(unit, municipality, ground, approval, today),
            { File: { } file } => await File(unit, municipality, file, approval, today),
            _ => throw new InvalidOperationException("A proposal about fees asks for nothing."),
        };
    }

    private static async Task<Problem?> Change(Unit unit, string municipality, FeeChange change, Approval approval, BusinessDate today)
    {
        var before = (await FeeStore.Timelines(unit, municipality, [change.Fee])).GetValueOrDefault(change.Fee, []);
        var position = before.Count == 0 ? await FeeWriter.NextPosition(unit, municipality) : 0;
        if (!FeeTimeline.After(before, change, position, today).IsOk(out var after, out var problem)) return Late(problem);
        await FeeWriter.Replace(unit, municipality, before, after, approval);
        return null;
    }

    private static async Task<Problem?> Ground(Unit unit, string municipality, GroundChange change, Approval approval, BusinessDate today)
    {
        var all = await GroundStore.All(unit, municipality);
        var ofItsCode = all.Where(ground => ground.Code == change.Ground.Code).ToList();
        if (change.LastDay is { } lastDay)
        {
            if (ofItsCode.FirstOrDefault(ground => ground.ValidFrom == change.Ground.ValidFrom) is not { } ground) return new Problem(Errors.VersionChanged);
            if (GroundRules.MayEnd(ground, lastDay, today) is { } refused) return Late(refused);
            return await GroundStore.End(unit, municipality, ground, lastDay) ? null : new Problem(Errors.VersionChanged);
        }

        if (GroundRules.MayAdd(ofItsCode, change.Ground, today) is { } wrong) return Late(wrong);
        await GroundStore.Insert(unit, municipality, change.Ground with { Position = all.Select(static ground => ground.Position).DefaultIfEmpty(-1).Max() + 1 }, approval);
        return null;
    }

    private static async Task<Problem?> File(Unit unit, string municipality, FileOrder order, Approval approval, BusinessDate today)
    {
        if (await FeeFileStore.Find(unit, municipality, order.File) is not { } file) return new Problem(Errors.VersionChanged);
        var plan = await FeeFileStore.Plan(unit, municipality, file.What, await FeeFileStore.Lines(unit, municipality, file.Id), file.ValidFrom, today);
        if (plan.Refusal() is { } refused) return Late(refused);
        foreach (var item in plan.Items) await FeeWriter.Replace(unit, municipality, item.Before, item.After, approval);
        foreach (var change in plan.Grounds)
        {
            if (change.LastDay is not { } lastDay) await GroundStore.Insert(unit, municipality, change.Ground, approval);
            else if (!await GroundStore.End(unit, municipality, change.Ground, lastDay)) return new Problem(Errors.VersionChanged);
        }

        return null;
    }

    /// <summary>It was right when it was asked for: time has passed, or somebody else's change came first.</summary>
    private static Problem Late(Problem problem)
    {
        var why = problem.Violations![0].Detail;
        return new Problem(problem.Error, new Words($"{why.Ja} 差し戻して、申請し直してもらってください。", $"{why.En} Reject it and have it asked for anew."));
    }
}
