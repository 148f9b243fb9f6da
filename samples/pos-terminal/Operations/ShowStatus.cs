using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>status pay_…: what is known now.</summary>
public sealed class ShowStatus(Till till)
{
    public async Task<int> Run(string id)
    {
        var reply = await till.Api.Get($"/v1/payments/{Uri.EscapeDataString(id)}");
        if (reply is not ApiReply.Answered { Answer: { IsOk: true } answer })
        {
            till.Screen.Line(Failures.Sentence(reply));
            return reply is ApiReply.Unknown ? Exit.Unknown : Exit.Refused;
        }

        var (payment, state) = (answer.Body, answer.Body.Text("status") ?? "");
        till.Note(id, state);
        till.Screen.Line($"{id} {state}: {Words.State(state)}　{Words.Yen(payment.Number("amount"))} {Words.Method(payment.Text("method"))}");
        if (payment.Number("refundedAmount") is > 0 and var back) till.Screen.Line($"返金済み {Words.Yen(back)}");
        if (state == "inDoubt") Doubt.Tell(till.Screen, payment);
        return state switch
        {
            "captured" => Exit.Done,
            "inDoubt" => Exit.Unknown,
            "created" or "pending" or "cancelling" => Exit.Waiting,
            _ => Exit.Refused,
        };
    }
}
