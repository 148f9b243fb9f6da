using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>Why no contract takes an attempt, in a sentence that tells what to do instead. No money moved in any of them.</summary>
public static class RouteProblems
{
    /// <summary>The circuit's own pause.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    /// <summary>A till that waits longer than this asks again anyhow.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static Problem NoProvider(string? brand) =>
        Problem.At(Errors.MethodNotAvailable, brand is null ? "/method" : "/brand", "no-provider", new Words("この支払い方法を扱う決済事業者がありません。", "No provider takes this here."));

    public static Problem Of(RouteQuestion question, RouteCandidate nearest, RouteWorld world) => nearest.Obstacle switch
    {
        RouteObstacle.BrandOver => BrandOver(question, world),
        RouteObstacle.NotPaired => Problem.At(Errors.TerminalNotPaired, "/terminal", "not-paired", new Words($"端末 {question.Terminal} は {nearest.Instance!.Name} に登録されていません。管理画面の「端末」で登録してください。", $"Terminal {question.Terminal} is not paired with {nearest.Instance.Name}: do it on the page of terminals.")),
        RouteObstacle.WrongHolder => WrongHolder(question),
        RouteObstacle.NotDesignated => NotDesignated(question, nearest, world),
        RouteObstacle.AmountOutOfRange => OutOfRange(question, nearest),
        RouteObstacle.Stopped => new Problem(Errors.MethodStopped, new Words($"この支払い方法は止められています（{nearest.Words}）。お金は動いていません。別の方法で支払ってください。", $"This way to pay has been stopped ({nearest.Words}). No money moved: use another.")),
        RouteObstacle.Closed => Until(nearest, world, new Words($"この支払い方法は {Clock(nearest.Until)} から使えます。お金は動いていません。", $"This way to pay opens at {Clock(nearest.Until)}. No money moved.")),
        RouteObstacle.Maintenance => Until(nearest, world, new Words($"決済事業者のメンテナンス中です（{Clock(nearest.Until)} まで。{nearest.Words}）。お金は動いていません。", $"The provider is under maintenance until {Clock(nearest.Until)} ({nearest.Words}). No money moved.")),
        RouteObstacle.Resting => new Problem(Errors.ProviderUnavailable, new Words("決済事業者がいま応答していません。お金は動いていません。別の方法で支払うか、少し待ってください。", "The provider does not answer at the moment. No money moved: use another method or wait.")) { RetryAfter = Pause },
        RouteObstacle.NotConfigured or RouteObstacle.NotOffered or RouteObstacle.BrandNotOffered or null => NoProvider(question.Brand),
    };

    private static Problem BrandOver(RouteQuestion question, RouteWorld world)
    {
        var ended = world.Brands.Find(question.Method, question.Brand) is { To: { } last } && last < world.Today ? last : (BusinessDate?)null;
        return Problem.At(Errors.MethodNotAvailable, question.Brand is null ? "/method" : "/brand", "brand-ended", ended is { } day
            ? new Words($"このブランドの取り扱いは {day} で終わりました（返金はできます）。", $"This brand ended on {day} (refunds go on).")
            : new Words("このブランドは今日は使えません。", "This brand is not taken today."));
    }

    private static Problem WrongHolder(RouteQuestion question)
    {
        var words = new Words("この支払い方法の契約は、このお金の持ち主のものではありません。持ち主ごとに分けて、それぞれの契約で支払ってください。", "The contract belongs to somebody else than this money: split by owner and pay each by the owner's contract.");
        return question.Lines is { Count: > 0 } lines
            ? new Problem(Errors.WrongContractHolder, words, [.. lines.Select(line => new Violation($"/lines/{line.Line}", "money-owner", new Words($"「{line.Description}」は {question.MoneyOwner} のお金です。", $"Line {line.Line} is money of {question.MoneyOwner}.")))])
            : new Problem(Errors.WrongContractHolder, words);
    }

    private static Problem NotDesignated(RouteQuestion question, RouteCandidate nearest, RouteWorld world) => new(Errors.NotDesignated,
        new Words("この決済事業者は、この歳入について今日の時点で指定されていません。現金で支払うか、別の方法を使ってください。", "The provider is not designated for this revenue today: pay in cash or by another method."),
        [.. RouteChoice.Uncovered(nearest.Instance!, question.MoneyOwner, question.Lines ?? [], world).Select(line => new Violation($"/lines/{line.Line}", "not-designated", new Words($"「{line.Description}」（科目 {line.RevenueAccount}）に有効な指定がありません。", $"No designation covers line {line.Line} (account {line.RevenueAccount}) today.")))]);

    private static Problem OutOfRange(RouteQuestion question, RouteCandidate nearest)
    {
        var ability = nearest.Instance!.Ability(Names.Of(question.Method), Names.Of(question.Presentation))!;
        var (lowest, highest) = RouteChoice.Limits(nearest.Instance, question.Method, ability);
        return Problem.At(Errors.AmountNotAllowed, "/method", "amount-out-of-range", new Words($"この方法で払えるのは {lowest:N0}円から {highest:N0}円までです。", $"This method takes {lowest} to {highest} yen."));
    }

    private static Problem Until(RouteCandidate nearest, RouteWorld world, Words words)
    {
        var wait = nearest.Until is { } until ? until - world.Now : Pause;
        return new Problem(Errors.MethodClosed, words, More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["until"] = nearest.Until }) { RetryAfter = wait < LongestWait ? wait : LongestWait };
    }

    /// <summary>Tokyo, to the minute.</summary>
    private static string Clock(Instant? at) => at is { } time ? time.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : "";
}
