using System.Globalization;
using System.Text.Json;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>A file that waits for a decision, with what was counted when it was proposed.</summary>
public sealed record FileOrder(string File, string Name, BusinessDate ValidFrom, int New, int Changed, int Unchanged);

/// <summary>What is asked for: one of the three.</summary>
/// <param name="Before">What a changed item is until then.</param>
public sealed record FeeOrder(FeeChange? Change, FeeContent? Before, GroundChange? Ground, FileOrder? File);

/// <summary>
/// What may be charged is what the 会計管理者 approved (佐賀市・広川町 の規程): an item, its price, its end and the grounds on which it is free take two
/// people. Approved late, a change whose first day has come is refused: nobody may learn of a price after it has been asked for.
/// </summary>
public static class FeeProposal
{
    public const string Name = "feeChange";

    public static ProposalKind Kind(AuditTrail trail, KnownFees known) => new(Name, new("料金表の変更", "a change of the fee catalogue"), Right.ManageFees, Right.ApproveFees)
    {
        Describe = static proposal => Describe(Read(proposal.Data)),
        Done = proposal => known.Forget(proposal.Municipality),
        Prepare = (proposal, decision) =>
        {
            var order = Read(proposal.Data);
            var said = trail.Prepare(Said(decision.By, order));
            return async unit =>
            {
                if (await ApplyFees.Apply(unit, proposal.Municipality, order, new Approval(decision.By.Principal, decision.At, proposal.Id), BusinessDate.Of(decision.At)) is { } refused) return refused;
                await said(unit);
                return null;
            };
        },
    };

    internal static string Write(FeeOrder order) => JsonSerializer.Serialize(order, Json.Options);

    internal static FeeOrder Read(string data) => JsonSerializer.Deserialize<FeeOrder>(data, Json.Options) ?? throw new InvalidOperationException("A proposal's data are null.");

    private static AuditEvent Said(StaffMember by, FeeOrder order) => order switch
    {
        { Change: { } change } => by.Did(AuditActions.FeesChanged, $"fee:{change.Fee}") with
        {
            Before = Changed(Differences(order), static difference => difference.Before),
            After = Changed(Differences(order), static difference => difference.After),
            Facts = Pairs.Of(("action", Names.Of(change.Action)), ("day", change.Day.ToString())),
        },
        { Ground: { } ground } => by.Did(AuditActions.FeesChanged, $"ground:{ground.Ground.Code}") with
        {
            After = ground.LastDay is null ? Changed(FeeDifferences.Between(null, ground.Ground), static difference => difference.After) : Pairs.Of(("lastDay", ground.LastDay.ToString())),
            Facts = Pairs.Of(("action", ground.LastDay is null ? "add" : "end")),
        },
        { File: { } file } => by.Did(AuditActions.FeesChanged, $"fee-file:{file.File}") with
        {
            Facts = Pairs.Of(("name", file.Name), ("validFrom", file.ValidFrom.ToString()), ("new", Number(file.New)), ("changed", Number(file.Changed))),
        },
        _ => throw new InvalidOperationException("A proposal about fees asks for nothing."),
    };

    private static IReadOnlyDictionary<string, string?> Changed(IEnumerable<(string Column, string? Before, string? After)> differences, Func<(string Column, string? Before, string? After), string?> side) =>
        Pairs.Of([.. differences.Select(difference => (difference.Column, side(difference)))]);

    private static IReadOnlyList<(string Column, string? Before, string? After)> Differences(FeeOrder order) =>
        order.Change?.Content is { } content ? FeeDifferences.Between(order.Before, content) : [];

    private static IReadOnlyList<(Words Name, string Value)> Describe(FeeOrder order) => order switch
    {
        { Change: { } change } => [(new("項目", "item"), Title(change.Fee, change.Content?.Name ?? order.Before?.Name)), (Day(change.Action), change.Day.ToString()), .. Facts(order.Before is null, Differences(order))],
        { Ground: { LastDay: { } lastDay } ground } => [(new("減免区分", "ground"), Title(ground.Ground.Code, ground.Ground.Name)), (Day(FeeAction.End), lastDay.ToString())],
        { Ground: { } ground } => [(new("減免区分（新規）", "new ground"), ground.Ground.Code), .. Facts(isNew: true, FeeDifferences.Between(null, ground.Ground))],
        { File: { } file } =>
        [
            (new("ファイル", "file"), file.Name), (new("適用の日", "holds from"), file.ValidFrom.ToString()),
            (new("件数", "lines"), $"新規 new {Number(file.New)}・変更 changed {Number(file.Changed)}・変更なし unchanged {Number(file.Unchanged)}"), (new("中身", "lines in full"), $"/admin/fees/files/{file.File}"),
        ],
        _ => throw new InvalidOperationException("A proposal about fees asks for nothing."),
    };

    private static Words Day(FeeAction action) => action switch
    {
        FeeAction.Add => new("新規・始まりの日", "new, first day"),
        FeeAction.Change => new("変更・始まりの日", "changed, first day"),
        FeeAction.End => new("終了・最後の日", "ended, last day"),
    };

    private static IEnumerable<(Words, string)> Facts(bool isNew, IEnumerable<(string Column, string? Before, string? After)> differences) =>
        differences.Select(difference => (FeeWords.Column(difference.Column), isNew ? difference.After ?? "—" : $"{difference.Before ?? "—"} → {difference.After ?? "—"}"));

    private static string Title(string code, string? name) => name is null ? code : $"{name}（{code}）";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
