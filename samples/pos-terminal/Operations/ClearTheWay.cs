using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>
/// Another payment of this bill or this till is not finished. It is cancelled when the clerk says so, and the new one is sent only
/// after the gateway said that the old one ended without money.
/// </summary>
public sealed class ClearTheWay(Till till)
{
    /// <returns>Null when the way is free, else how the command ends.</returns>
    public async Task<int?> Run(ApiAnswer refused)
    {
        till.Screen.Line(refused.Detail);
        if (refused.Body.Text("payment") is not { } other) return Exit.Refused;
        if (await till.Api.Get($"/v1/payments/{other}") is not ApiReply.Answered { Answer: { IsOk: true } found }) return Exit.Refused;
        var state = found.Body.Text("status");
        if (state == "inDoubt")
        {
            Doubt.Tell(till.Screen, found.Body);
            return Exit.Unknown;
        }

        till.Screen.Line($"終わっていない支払い: {other} {Words.Yen(found.Body.Number("amount"))} {Words.State(state)}");
        if (state is not ("created" or "pending" or "cancelling")) return Exit.Refused;
        if (!till.Options.Has("cancel-other") && !till.Screen.Confirms("その支払いを取り消して、新しく支払いますか？"))
        {
            if (!till.Screen.IsInteractive) till.Screen.Line("取り消してからやり直すには --cancel-other を付けてください。");
            return Exit.Refused;
        }

        var end = await new Cancel(till).Run(other);
        return end == Exit.Done ? null : end;
    }
}
