using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>fees: what is charged at this place today.</summary>
public sealed class ShowFees(Till till)
{
    public async Task<int> Run()
    {
        if (await Read() is not { } fees) return Exit.Unknown;
        foreach (var fee in fees) till.Screen.Lines(Width.Sides($"{fee.Code}  {fee.Name}", Words.Yen(fee.Price), till.Options.Columns * 2));
        return Exit.Done;
    }

    /// <summary>Null when the gateway did not say; the reason was shown.</summary>
    public async Task<IReadOnlyList<Fee>?> Read()
    {
        var reply = await till.Api.Get($"/v1/fees?place={Uri.EscapeDataString(till.Options.Place)}");
        if (reply is ApiReply.Answered { Answer: { IsOk: true } answer })
            return [.. answer.Body.Items("items").Select(static fee => new Fee(fee.Text("code") ?? "", fee.Text("name") ?? "", fee.Number("unitAmount")))];
        till.Screen.Line(Failures.Sentence(reply));
        return null;
    }
}

public sealed record Fee(string Code, string Name, long Price);

/// <summary>Why nothing came of a call.</summary>
public static class Failures
{
    public static string Sentence(ApiReply reply) => reply switch
    {
        ApiReply.Unknown unknown => $"ゲートウェイに届きません: {unknown.Why}",
        ApiReply.Answered { Answer: var answer } => Sentence(answer),
        _ => throw new InvalidOperationException("ApiReply is a closed set."),
    };

    /// <summary>All violations at once, as the gateway tells them.</summary>
    public static string Sentence(ApiAnswer answer) =>
        string.Join("\n", [answer.Detail, .. answer.Body.Items("errors").Select(static error => $"  {error.Text("pointer")} {error.Text("detail")}")]);
}
