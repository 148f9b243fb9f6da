using PosTerminal.Record;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>
/// resume, and each start: finishes what an earlier run left. What was perhaps sent is sent again with its own key; what was paid gets
/// its receipt; what still waits is asked for.
/// </summary>
public sealed class Resume(Till till)
{
    public async Task<int> Run(bool wait, bool isCommand)
    {
        var unfinished = till.Journal.Unfinished;
        if (unfinished.Count == 0 && isCommand) till.Screen.Line("中断した処理はありません。");
        var worst = Exit.Done;
        foreach (var left in unfinished) worst = Math.Max(worst, await Finish(left, wait, isCommand));
        return worst;
    }

    private async Task<int> Finish(Unfinished left, bool wait, bool isCommand)
    {
        // A customer who is still paying is no interruption.
        if (left.Stage != Stage.Waiting || isCommand) till.Screen.Line($"中断した{Words.What(left.What)}を続けます（{left.Key}）。");
        return left switch
        {
            { Stage: Stage.Unknown, What: "sell" or "pay" } => await Again(left, wait),
            { Stage: Stage.Unknown } => Told(left, await till.SendAgain(left)),
            { Payment: null } => await new PrintReceipt(till).OfFree(left.Receivable ?? ""),
            _ => await new FollowPayment(till) { IsBrief = !isCommand }.Run(left.Payment, wait),
        };
    }

    private async Task<int> Again(Unfinished left, bool wait)
    {
        var sent = await till.SendAgain(left);
        if (sent is Sent.Refused) till.Screen.Line($"中断した{Words.What(left.What)}は成立していません。受け取った現金があれば、お客様に返してください。");
        return await new Collect(till).After(left.What, sent, wait);
    }

    private int Told(Unfinished left, Sent sent)
    {
        switch (sent)
        {
            case Sent.Refused refused:
                till.Screen.Line($"中断した{Words.What(left.What)}は受け付けられていません。\n{Failures.Sentence(refused.Answer)}");
                return Exit.Refused;
            case Sent.Unknown unknown:
                Doubt.NoAnswer(till.Screen, unknown.Why);
                return Exit.Unknown;
            default:
                till.Screen.Line($"中断した{Words.What(left.What)}は受け付けられています。");
                return Exit.Done;
        }
    }
}
