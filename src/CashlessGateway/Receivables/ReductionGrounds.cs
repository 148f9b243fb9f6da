using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>
/// Whether each reduction rests on a registered ground (減免区分). Pure. A city that has none in its register yet reduces as it says itself;
/// from the first day of its first ground on, a reduction without a ground in force is refused.
/// </summary>
public static class ReductionGrounds
{
    /// <param name="registered">All grounds of the city, of all times.</param>
    /// <param name="fees">The fee of each line; null for a line on an account.</param>
    public static IReadOnlyList<Violation> Check(IReadOnlyList<Ground> registered, IReadOnlyList<ReductionRequest> reductions, IReadOnlyList<string?> fees, BusinessDate today) =>
        registered.Any(ground => ground.ValidFrom <= today) ? [.. reductions.Index().SelectMany(reduction => Check(registered, reduction.Index, reduction.Item, fees[reduction.Item.Line], today))] : [];

    private static IEnumerable<Violation> Check(IReadOnlyList<Ground> registered, int index, ReductionRequest wanted, string? fee, BusinessDate today)
    {
        Violation At(string member, string code, Words detail) => new($"/reductions/{index}/{member}", code, detail);
        if (registered.FirstOrDefault(ground => ground.Code == wanted.GroundCode && ground.HoldsOn(today)) is not { } ground)
        {
            yield return registered.Any(ground => ground.Code == wanted.GroundCode)
                ? At("groundCode", "not-in-force", new Words($"減免区分 {wanted.GroundCode} は {today} には使えません。", $"The ground {wanted.GroundCode} is not in force on {today}."))
                : At("groundCode", "unknown-ground", new Words($"減免区分 {wanted.GroundCode} は登録されていません。", $"There is no ground {wanted.GroundCode}."));
            yield break;
        }

        if (!ground.Covers(fee)) yield return At("groundCode", "not-for-this-fee", new Words($"減免区分 {ground.Code} はこの手数料には使えません。", $"The ground {ground.Code} does not cover this fee."));
        if (Names.Of(wanted.Kind) != ground.Kind) yield return At("kind", "ground-differs", new Words($"減免区分 {ground.Code} は{(ground.Way == GroundKind.Exempt ? "免除" : "減額")}です。", $"The ground {ground.Code} is {(ground.Way == GroundKind.Exempt ? "an exemption" : "a reduction")}."));
        else if (ground.Rate is { } rate && rate != wanted.Rate) yield return At("rate", "ground-differs", new Words($"減免区分 {ground.Code} の減額は{rate}%です。", $"The ground {ground.Code} takes {rate}% off."));
        if (ground.DecisionRequired != 0 && string.IsNullOrWhiteSpace(wanted.DecisionNumber)) yield return At("decisionNumber", "missing", new Words($"減免区分 {ground.Code} には決定番号が要ります。", $"The ground {ground.Code} needs the number of its decision."));
    }
}
