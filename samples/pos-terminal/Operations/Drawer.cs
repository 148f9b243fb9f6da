using System.Globalization;
using System.Text.Json;
using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>open, inspect, close: 開局, 点検, 精算 of this till's drawer, counted by notes and coins ("10000=3 1000=5").</summary>
public sealed class Drawer(Till till)
{
    private string Sessions => $"/v1/places/{Uri.EscapeDataString(till.Options.Place)}/sessions";

    public Task<int> Open() => Send("open", Sessions, new { drawer = till.Options.Terminal, @operator = till.Options.Operator, denominations = Counted() });

    public Task<int> Inspect() => OfSession(session => Send("inspect", $"{Sessions}/{session.Text("id")}/inspect", new { denominations = Counted() }));

    /// <summary>The number of sales goes along: a sale that comes in between makes the gateway ask for another count.</summary>
    public Task<int> Close() => OfSession(session => Send("close", $"{Sessions}/{session.Text("id")}/close", new
    {
        denominations = Counted(),
        sales = session.Number("sales"),
        reason = till.Options["reason"],
        closeDay = till.Options.Has("close-day"),
    }));

    private object[] Counted() => [.. till.Options.Words.Skip(1).Select(Denomination)];

    private static object Denomination(string word) =>
        word.Split('=') is [var yen, var count] && long.TryParse(yen, NumberStyles.None, CultureInfo.InvariantCulture, out var note) && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new { yen = note, count = number }
            : throw new PosException($"金種は 10000=3 のように書きます: {word}");

    /// <summary>The one that is open in this drawer, as the gateway knows it: a till that was restarted has nothing to remember.</summary>
    private async Task<int> OfSession(Func<JsonElement, Task<int>> run)
    {
        var place = $"/v1/places/{Uri.EscapeDataString(till.Options.Place)}";
        var today = await till.Api.Get(place);
        var day = today is ApiReply.Answered { Answer: { IsOk: true } answer } ? await till.Api.Get($"{place}/days/{till.Options["date"] ?? answer.Body.Member("day")?.Text("date")}") : today;
        if (day is not ApiReply.Answered { Answer: { IsOk: true } sheet })
        {
            till.Screen.Line(Failures.Sentence(day));
            return day is ApiReply.Unknown ? Exit.Unknown : Exit.Refused;
        }

        foreach (var session in sheet.Body.Items("sessions"))
            if (session.Text("drawer") == till.Options.Terminal && session.Text("state") == "open") return await run(session);
        till.Screen.Line($"{till.Options.Terminal} は開局していません。");
        return Exit.Refused;
    }

    private async Task<int> Send(string what, string path, object body)
    {
        switch (await till.Send(what, path, body))
        {
            case Sent.Done { Answer.Body: var session }:
                Show(session);
                return Exit.Done;
            case Sent.Refused refused:
                till.Screen.Line(Failures.Sentence(refused.Answer));
                return Exit.Refused;
            case Sent.Unknown unknown:
                // Sent again by resume: an open drawer says so, a closed one too, and one more count harms nobody.
                Doubt.NoAnswer(till.Screen, unknown.Why);
                return Exit.Unknown;
            default:
                throw new InvalidOperationException("Sent is a closed set.");
        }
    }

    private void Show(JsonElement session)
    {
        void Row(string left, string right) => till.Screen.Lines(Width.Sides(left, right, till.Options.Columns));
        Row(session.Text("state") == "closed" ? "精算済み" : "開局中", $"{session.Text("drawer")} {session.Text("date")}");
        Row("釣銭準備金", Words.Yen(session.Number("floatAmount")));
        if (session.Member("countedAmount") is not { ValueKind: JsonValueKind.Number }) return;
        Row("あるべき額", Words.Yen(session.Number("expectedAmount")));
        Row("数えた額", Words.Yen(session.Number("countedAmount")));
        Row("過不足", Words.Yen(session.Number("difference")));
    }
}
