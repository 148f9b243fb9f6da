using System.Text.Json;
using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>receipt pay_…: prints it, for the first time or again.</summary>
public sealed class PrintReceipt(Till till)
{
    public async Task<int> Run(string id)
    {
        var reply = await till.Api.Get($"/v1/payments/{Uri.EscapeDataString(id)}");
        if (reply is not ApiReply.Answered { Answer: { IsOk: true } answer }) return Failed(reply);
        if (answer.Body.Text("status") == "captured") return await Of(answer.Body);
        till.Screen.Line($"領収書はありません: {Words.State(answer.Body.Text("status"))}");
        return Exit.Refused;
    }

    public Task<int> Of(JsonElement payment) => Print(payment.Text("receivable") ?? "", payment);

    /// <summary>A sale of 0 yen has no payment, but a number on the day's sheet.</summary>
    public Task<int> OfFree(string receivable) => Print(receivable, null);

    private async Task<int> Print(string id, JsonElement? payment)
    {
        var receivable = await till.Api.Get($"/v1/receivables/{id}");
        var place = await till.Api.Get($"/v1/places/{Uri.EscapeDataString(payment?.Text("place") ?? till.Options.Place)}");
        if (receivable is not ApiReply.Answered { Answer: { IsOk: true } owed }) return Failed(receivable);
        if (place is not ApiReply.Answered { Answer: { IsOk: true } at }) return Failed(place);
        till.Screen.Line();
        till.Screen.Lines(ReceiptText.Lines(owed.Body, payment, at.Body, till.Options.Columns));
        till.Screen.Line();
        till.NotePrinted(id);
        return Exit.Done;
    }

    /// <summary>The money is taken all the same; the receipt is printed by the next start.</summary>
    private int Failed(ApiReply reply)
    {
        till.Screen.Line($"領収書を印字できませんでした。\n{Failures.Sentence(reply)}");
        return reply is ApiReply.Unknown ? Exit.Unknown : Exit.Refused;
    }
}
