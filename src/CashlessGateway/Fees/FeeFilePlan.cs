using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

public enum LineOutcome
{
    New,
    Changed,
    Unchanged,
    Refused,
}

/// <summary>What one line would do.</summary>
/// <param name="Differences">What changes, field by field: name of the column, before, after.</param>
public sealed record PlannedLine(int Line, string Code, string Name, LineOutcome Outcome, IReadOnlyList<Words> Wrong, IReadOnlyList<(string Column, string? Before, string? After)> Differences);

/// <summary>An item's versions before and after a file.</summary>
public sealed record Rewritten(IReadOnlyList<FeeItem> Before, IReadOnlyList<FeeItem> After);

/// <summary>What a whole file would do on its day. Pure: shown before it is proposed, and made again when it is approved. All of it or nothing.</summary>
public sealed record FeeFilePlan(IReadOnlyList<PlannedLine> Lines, IReadOnlyList<Rewritten> Items, IReadOnlyList<GroundChange> Grounds)
{
    /// <summary>Below what one unit may write (mechanics: 2,000), with room for the approval itself.</summary>
    private const int MostRows = 1_900;

    public int Count(LineOutcome outcome) => Lines.Count(line => line.Outcome == outcome);

    public bool IsRefused => Lines.Any(static line => line.Outcome == LineOutcome.Refused);

    public bool ChangesAnything => Items.Count > 0 || Grounds.Count > 0;

    /// <summary>Null when it may be done.</summary>
    public Problem? Refusal()
    {
        if (Lines.FirstOrDefault(static line => line.Outcome == LineOutcome.Refused) is { } refused)
            return Problem.At(Errors.Invalid, "?file", "refused", new($"{refused.Line}行目（{refused.Code}）: {refused.Wrong[0].Ja}", $"Line {refused.Line} ({refused.Code}): {refused.Wrong[0].En}"));
        return Items.Sum(static item => FeeWriter.Rows(item.Before, item.After)) + Grounds.Count > MostRows
            ? Problem.At(Errors.Invalid, "?file", "too-many", new("一度に変える項目が多すぎます。ファイルを分けてください。", "It changes too many items at once: split the file."))
            : null;
    }

    public static FeeFilePlan OfItems(IReadOnlyList<FeeFileLine> lines, IReadOnlyDictionary<string, IReadOnlyList<FeeItem>> timelines, BusinessDate validFrom, BusinessDate today)
    {
        var (planned, rewritten) = (new List<PlannedLine>(), new List<Rewritten>());
        var position = timelines.Values.Select(static versions => versions[^1].Position).DefaultIfEmpty(-1).Max() + 1;
        foreach (var line in lines)
        {
            var versions = timelines.GetValueOrDefault(line.Code, []);
            var running = FeeTimeline.On(versions, validFrom);
            var wanted = line.Item is { } item && running is not null ? AsItWas(item, running.Content) : line.Item;
            if (line.Wrong.Count > 0 || wanted is null)
            {
                planned.Add(Of(line, LineOutcome.Refused, line.Wrong, running?.Content, null));
            }
            else if (running?.Content == wanted)
            {
                planned.Add(Of(line, LineOutcome.Unchanged, [], wanted, wanted));
            }
            else
            {
                var change = running is null ? FeeChange.Add(line.Code, validFrom, wanted) : FeeChange.Of(line.Code, validFrom, wanted);
                if (FeeTimeline.After(versions, change, position, today).IsOk(out var after, out var problem))
                {
                    planned.Add(Of(line, running is null ? LineOutcome.New : LineOutcome.Changed, [], running?.Content, wanted));
                    rewritten.Add(new Rewritten(versions, after));
                    if (versions.Count == 0) position++;
                }
                else
                {
                    planned.Add(Of(line, LineOutcome.Refused, [problem.Violations![0].Detail], running?.Content, wanted));
                }
            }
        }

        return new FeeFilePlan(planned, rewritten, []);
    }

    public static FeeFilePlan OfGrounds(IReadOnlyList<FeeFileLine> lines, IReadOnlyList<Ground> registered, BusinessDate today)
    {
        var (planned, changes, position) = (new List<PlannedLine>(), new List<GroundChange>(), registered.Select(static ground => ground.Position).DefaultIfEmpty(-1).Max());
        foreach (var line in lines)
        {
            var known = line.Ground is { } wanted ? registered.FirstOrDefault(ground => ground.Code == wanted.Code && ground.ValidFrom == wanted.ValidFrom) : null;
            var (outcome, wrong, change) = Ground(line, known, registered, changes, today);
            planned.Add(new PlannedLine(line.Line, line.Code, line.Ground?.Name ?? "", outcome, wrong, line.Ground is null ? [] : Differences(known, line.Ground)));
            if (change is { LastDay: null }) changes.Add(change with { Ground = change.Ground with { Position = ++position } });
            else if (change is not null) changes.Add(change);
        }

        return new FeeFilePlan(planned, [], changes);
    }

    private static (LineOutcome Outcome, IReadOnlyList<Words> Wrong, GroundChange? Change) Ground(FeeFileLine line, Ground? known, IReadOnlyList<Ground> registered, List<GroundChange> changes, BusinessDate today)
    {
        if (line.Wrong.Count > 0 || line.Ground is not { } wanted) return (LineOutcome.Refused, line.Wrong, null);
        if (known is null)
        {
            var ofItsCode = registered.Concat(changes.Where(static change => change.LastDay is null).Select(static change => change.Ground)).Where(ground => ground.Code == wanted.Code);
            return GroundRules.MayAdd(ofItsCode, wanted, today) is { } refused ? (LineOutcome.Refused, [refused.Violations![0].Detail], null) : (LineOutcome.New, [], GroundChange.Add(wanted));
        }

        var same = AsItWas(wanted, known);
        if (same == known) return (LineOutcome.Unchanged, [], null);
        if (same with { ValidTo = known.ValidTo } != known || wanted.ValidTo is not { } lastDay)
            return (LineOutcome.Refused, [new("登録した減免区分は終わりの日だけ変えられます。内容を変えるときは、終わらせて新しい期間で登録してください。", "Of a ground only the last day can be set: to change it, end it and add it for a new term.")], null);
        return GroundRules.MayEnd(known, lastDay, today) is { } problem ? (LineOutcome.Refused, [problem.Violations![0].Detail], null) : (LineOutcome.Changed, [], GroundChange.End(known, lastDay));
    }

    private static PlannedLine Of(FeeFileLine line, LineOutcome outcome, IReadOnlyList<Words> wrong, FeeContent? before, FeeContent? after) =>
        new(line.Line, line.Code, line.Item?.Name ?? before?.Name ?? "", outcome, wrong, after is null ? [] : FeeDifferences.Between(before, after));

    private static IReadOnlyList<(string, string?, string?)> Differences(Ground? before, Ground after) => before == after ? [] : FeeDifferences.Between(before, after);

    /// <summary>Shift_JIS turned a 〜 into a ～: that is no change of a name.</summary>
    private static FeeContent AsItWas(FeeContent wanted, FeeContent known) => wanted with { Name = Same(wanted.Name, known.Name), Kana = Same(wanted.Kana, known.Kana), Section = Same(wanted.Section, known.Section) };

    private static Ground AsItWas(Ground wanted, Ground known) => wanted with
    {
        Position = known.Position,
        Name = Same(wanted.Name, known.Name),
        Article = Same(wanted.Article, known.Article),
        Stamp = wanted.Stamp is { } stamp && known.Stamp is { } knownStamp ? Same(stamp, knownStamp) : wanted.Stamp,
    };

    private static string Same(string wanted, string known) => ShiftJis.Fold(wanted) == ShiftJis.Fold(known) ? known : wanted;
}
