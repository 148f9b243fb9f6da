using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>refund pay_… --reason …: gives money back. The gateway chooses the way; all but a void of the same session wait for another person.</summary>
public sealed class Refund(Till till)
{
    public async Task<int> Run(string id)
    {
        var reply = await till.Api.Get($"/v1/payments/{Uri.EscapeDataString(id)}");
        if (reply is not ApiReply.Answered { Answer: { IsOk: true } found })
        {
            till.Screen.Line(Failures.Sentence(reply));
            return reply is ApiReply.Unknown ? Exit.Unknown : Exit.Refused;
        }

        var left = found.Body.Number("amount") - found.Body.Number("refundedAmount");
        return Told(await till.Send("refund", $"/v1/payments/{id}/refunds", Body(left)));
    }

    /// <summary>What this screen saw goes along: when somebody gave money back meanwhile, nothing happens.</summary>
    private Dictionary<string, object> Body(long expectedRefundable)
    {
        var options = till.Options;
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["reason"] = options["reason"] ?? till.Screen.Ask("返金の理由:") ?? throw new PosException("返金の理由がありません（--reason）。"),
            ["expectedRefundable"] = expectedRefundable,
            ["place"] = options.Place,
            ["terminal"] = options.Terminal,
            ["operator"] = options.Operator,
        };
        if (options.Number("amount") is { } amount) body["amount"] = amount;
        if (options.Number("amount") is { } part && options.Number("line") is { } line) body["lines"] = new[] { new { line, amount = part } };
        if (options["way"] is { } way) body["way"] = way;
        if (options["order"] is { } order) body["orderNumber"] = order;
        if (options.Has("reopen")) body["reopen"] = true;
        return body;
    }

    private int Told(Sent sent)
    {
        switch (sent)
        {
            case Sent.Refused refused:
                till.Screen.Line($"返金できません。\n{Failures.Sentence(refused.Answer)}");
                return Exit.Refused;
            case Sent.Unknown unknown:
                Doubt.NoAnswer(till.Screen, unknown.Why);
                return Exit.Unknown;
            case Sent.Done { Answer.Body: var refund }:
                till.Screen.Line($"{Words.Way(refund.Text("way"))} {Words.Yen(refund.Number("amount"))}: {Words.Refund(refund.Text("status"))}　{refund.Text("id")}");
                return refund.Text("status") switch { "failed" => Exit.Refused, "inDoubt" => Exit.Unknown, "succeeded" => Exit.Done, _ => Exit.Waiting };
            default:
                throw new InvalidOperationException("Sent is a closed set.");
        }
    }
}
