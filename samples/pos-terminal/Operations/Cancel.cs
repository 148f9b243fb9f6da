using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>cancel pay_…: gives up a payment that has no end yet. The customer's finger may be faster; then it is paid.</summary>
public sealed class Cancel(Till till)
{
    /// <returns>0 when it ended without money.</returns>
    public async Task<int> Run(string id)
    {
        switch (await till.Send("cancel", $"/v1/payments/{Uri.EscapeDataString(id)}/cancel", new { }))
        {
            case Sent.Refused { Answer.Code: "already-captured" }:
                till.Screen.Line("支払いは完了しています。お返しするときは返金（refund）で扱います。");
                await new FollowPayment(till).Run(id, wait: false);
                return Exit.Refused;
            case Sent.Refused refused:
                till.Screen.Line(Failures.Sentence(refused.Answer));
                return Exit.Refused;
            case Sent.Unknown unknown:
                Doubt.NoAnswer(till.Screen, unknown.Why);
                return Exit.Unknown;
            default:
                return await Ended(id);
        }
    }

    /// <summary>A cancel is on its way until the provider has said which of the two was faster.</summary>
    private async Task<int> Ended(string id)
    {
        var end = await new FollowPayment(till).Run(id, wait: true);
        return end switch
        {
            Exit.Refused => Exit.Done,
            Exit.Done => Paid(),
            _ => end,
        };
    }

    private int Paid()
    {
        till.Screen.Line($"取消より先に支払いが済みました。{Words.State("captured")}です。");
        return Exit.Refused;
    }
}
