using System.Globalization;
using System.Text.Json;
using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>day [--date YYYY-MM-DD]: 日計, today's in Japan unless said.</summary>
public sealed class ShowDay(Till till)
{
    public async Task<int> Run()
    {
        var reply = await Read();
        if (reply is not ApiReply.Answered { Answer: { IsOk: true } answer })
        {
            till.Screen.Line(Failures.Sentence(reply));
            return reply is ApiReply.Unknown ? Exit.Unknown : Exit.Refused;
        }

        Show(answer.Body);
        return Exit.Done;
    }

    /// <summary>The gateway says which day it is at the counter: a till's own clock may be wrong.</summary>
    private async Task<ApiReply> Read()
    {
        var place = $"/v1/places/{Uri.EscapeDataString(till.Options.Place)}";
        if (till.Options["date"] is { } given) return await till.Api.Get($"{place}/days/{Uri.EscapeDataString(given)}");
        var today = await till.Api.Get(place);
        return today is ApiReply.Answered { Answer: { IsOk: true } answer } ? await till.Api.Get($"{place}/days/{answer.Body.Member("day")?.Text("date")}") : today;
    }

    private void Show(JsonElement day)
    {
        var columns = till.Options.Columns;
        void Row(string left, string right) => till.Screen.Lines(Width.Sides(left, right, columns));
        till.Screen.Line(Width.Centred("日計", columns));
        Row($"{day.Text("place")}", $"{day.Text("date")} {State(day.Text("state"))}");
        if (day.Member("receipts") is { } receipts)
            Row("領収書", string.Create(CultureInfo.InvariantCulture, $"{receipts.Number("count")}件（{receipts.Number("first")}～{receipts.Number("last")}）"));
        foreach (var method in day.Items("byMethod")) Row(Words.Method(method.Text("method")), Words.Yen(method.Number("amount") - method.Number("refundedAmount")));
        if (day.Member("totals") is { } totals)
        {
            Row("収納", Words.Yen(totals.Number("capturedAmount")));
            Row("返金", Words.Yen(totals.Number("refundedAmount")));
            Row("差引", Words.Yen(totals.Number("netAmount")));
        }

        foreach (var payment in day.Items("unfinished")) till.Screen.Line($"結果待ち {payment.GetString()}");
    }

    private static string State(string? state) => state switch
    {
        "open" => "開局中",
        "closed" => "締め済み",
        _ => "開局前",
    };
}
