using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>
/// The versions of one item, one a day at most, oldest first, and what a change makes of them. Pure. What was sold on a day that has begun was
/// sold at that day's price: no change reaches back, and a running version is changed from tomorrow on at the earliest.
/// </summary>
public static class FeeTimeline
{
    /// <returns>All versions after the change.</returns>
    public static Result<IReadOnlyList<FeeItem>> After(IReadOnlyList<FeeItem> versions, FeeChange change, int newPosition, BusinessDate today) => change.Action switch
    {
        FeeAction.Add => Added(versions, change, newPosition, today),
        FeeAction.Change => Changed(versions, change, today),
        FeeAction.End => Ended(versions, change, today),
    };

    public static FeeItem? On(IEnumerable<FeeItem> versions, BusinessDate day) => versions.FirstOrDefault(version => version.HoldsOn(day));

    /// <summary>An item that nobody has sold yet may begin today.</summary>
    private static Result<IReadOnlyList<FeeItem>> Added(IReadOnlyList<FeeItem> versions, FeeChange change, int newPosition, BusinessDate today)
    {
        if (versions.Any(version => version.ValidTo is not { } last || last >= change.Day))
            return Wrong("code", "in-use", new($"コード {change.Fee} の項目はすでにあります。", $"There is an item {change.Fee} already."));
        if (change.Day < today) return TooEarly(today, "今日", "today");
        var position = versions.Count > 0 ? versions[^1].Position : newPosition;
        return Whole([.. versions, FeeItem.Of(change.Fee, position, change.Day, null, Content(change))]);
    }

    private static Result<IReadOnlyList<FeeItem>> Changed(IReadOnlyList<FeeItem> versions, FeeChange change, BusinessDate today)
    {
        if (change.Day <= today) return TooEarly(today.AddDays(1), "明日", "tomorrow");
        if (On(versions, change.Day) is not { } running) return NotInForce(change);
        if (running.Content == Content(change)) return Wrong("validFrom", "same", new($"{change.Day} の内容と同じです。変わるところがありません。", $"It is what holds on {change.Day} already: nothing would change."));
        var now = FeeItem.Of(change.Fee, running.Position, change.Day, running.ValidTo, Content(change));
        var after = versions.Where(version => version.ValidFrom < running.ValidFrom).ToList();
        if (running.ValidFrom < change.Day) after.Add(running with { ValidTo = change.Day.AddDays(-1) });
        after.Add(now);
        var (before, last) = (running.Content, now);
        foreach (var planned in versions.Where(version => version.ValidFrom > change.Day))
        {
            var follows = last.ValidTo is { } end && end.AddDays(1) == planned.ValidFrom;
            last = follows ? FeeItem.Of(planned.Code, planned.Position, planned.ValidFrom, planned.ValidTo, planned.Content.Following(before, last.Content)) : planned;
            before = planned.Content;
            after.Add(last);
        }

        return Whole(after);
    }

    /// <summary>What was planned for after the last day goes with it.</summary>
    private static Result<IReadOnlyList<FeeItem>> Ended(IReadOnlyList<FeeItem> versions, FeeChange change, BusinessDate today)
    {
        if (change.Day < today) return Wrong("lastDay", "out-of-range", new($"終わりの日は今日（{today}）以後にしてください。", $"The last day must be today ({today}) or later."));
        if (On(versions, change.Day) is not { } running) return NotInForce(change);
        if (running.ValidTo == change.Day && versions[^1] == running) return Wrong("lastDay", "same", new($"もう {change.Day} で終わることになっています。", $"It ends on {change.Day} already."));
        return Whole([.. versions.Where(version => version.ValidFrom < running.ValidFrom), running with { ValidTo = change.Day }]);
    }

    private static FeeContent Content(FeeChange change) => change.Content ?? throw new InvalidOperationException($"A change of {change.Fee} says nothing.");

    private static Result<IReadOnlyList<FeeItem>> Whole(IReadOnlyList<FeeItem> versions) => new Result<IReadOnlyList<FeeItem>>.Ok(versions);

    private static Problem TooEarly(BusinessDate earliest, string ja, string en) =>
        Wrong("validFrom", "out-of-range", new($"始まりの日は{ja}（{earliest}）以後にしてください。", $"The first day must be {en} ({earliest}) or later."));

    private static Problem NotInForce(FeeChange change) =>
        Wrong(change.Action == FeeAction.End ? "lastDay" : "validFrom", "not-in-force", new($"{change.Fee} は {change.Day} には使われていません。", $"{change.Fee} is not in force on {change.Day}."));

    private static Problem Wrong(string field, string code, Words detail) => Problem.At(Errors.Invalid, "?" + field, code, detail);
}
