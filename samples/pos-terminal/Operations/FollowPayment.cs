using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>Asks for a payment until it has an end, at the pace that the gateway names, and shows the customer's code meanwhile.</summary>
public sealed class FollowPayment(Till till)
{
    /// <summary>When the gateway names no pace.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>A provider's session lives half an hour at most; then the gateway knows its end, or says that it is in doubt.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(45);

    private string? _shown;

    /// <summary>One line and no code: the next customer may already stand before the screen.</summary>
    public bool IsBrief { get; init; }

    public async Task<int> Run(string id, bool wait)
    {
        using var stop = new StopKey();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var reply = await till.Api.Get($"/v1/payments/{id}");
            if (reply is ApiReply.Answered { Answer: var answer } && await Seen(id, answer, wait) is { } end) return end;
            if (reply is ApiReply.Unknown) till.Screen.Line(Failures.Sentence(reply));
            if (reply is ApiReply.Unknown && !wait) return Exit.Unknown;
            if (watch.Elapsed > Longest) return Left(id, "まだ終わりません。");
            if (!await stop.Pause((reply as ApiReply.Answered)?.Answer.RetryAfter ?? Pace)) continue;
            if (!till.Screen.Confirms("お客様の支払い待ちを取り消しますか？")) return Left(id, "待つのをやめました。支払いは続いています。");
            return await new Cancel(till).Run(id);
        }
    }

    /// <summary>Null while it has no end.</summary>
    private async Task<int?> Seen(string id, ApiAnswer answer, bool wait)
    {
        if (!answer.IsOk)
        {
            till.Screen.Line(Failures.Sentence(answer));
            return Exit.Refused;
        }

        var (payment, state) = (answer.Body, answer.Body.Text("status") ?? "");
        till.Note(id, state);
        switch (state)
        {
            case "captured":
                return await new PrintReceipt(till).Of(payment);
            case "declined" or "cancelled" or "expired":
                till.Screen.Line(Words.State(state));
                if (payment.Member("decline")?.Text("message") is { } why) till.Screen.Line(why);
                return Exit.Refused;
            case "inDoubt":
                if (IsBrief) till.Screen.Line($"【結果不明】{id} {Words.Yen(payment.Number("amount"))}: 確認中です。もう一度請求しないでください（status {id}）。");
                else Doubt.Tell(till.Screen, payment);
                return Exit.Unknown;
            default:
                Show(payment, state);
                return wait ? null : Left(id, Words.State(state) + "です。");
        }
    }

    private void Show(JsonElement payment, string state)
    {
        var action = payment.Member("action");
        if (!IsBrief && action?.Text("type") == "showCode" && action.Value.Text("payload") is { } payload && payload != _shown)
        {
            till.Screen.Lines(QrPicture.Lines(payload, Screen.HasColours));
            till.Screen.Line($"{Words.Yen(payment.Number("amount"))}　お客様のアプリで読み取ってください。");
            _shown = payload;
        }

        till.Screen.Progress($"{Words.State(state)} {Left(action)}");
    }

    private string Left(JsonElement? action)
    {
        if (action?.Text("expiresAt") is not { } text || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var until)) return "";
        var left = until - till.Now;
        return left > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"残り {(int)left.TotalMinutes}:{left.Seconds:D2}") : "";
    }

    private int Left(string id, string why)
    {
        till.Screen.Line($"{why} 決済番号 {id}\n  続きを待つ: resume --wait　状態を見る: status {id}　取り消す: cancel {id}");
        return Exit.Waiting;
    }

    /// <summary>Ctrl-C ends the waiting, not the program: the payment goes on at the gateway.</summary>
    private sealed class StopKey : IDisposable
    {
        private readonly CancellationTokenSource _pressed = new();

        public StopKey() => Console.CancelKeyPress += Press;

        /// <returns>True when the key was pressed.</returns>
        public async Task<bool> Pause(TimeSpan span)
        {
            await Task.Delay(span, _pressed.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return _pressed.IsCancellationRequested;
        }

        private void Press(object? sender, ConsoleCancelEventArgs key)
        {
            key.Cancel = true;
            _pressed.Cancel();
        }

        public void Dispose()
        {
            Console.CancelKeyPress -= Press;
            _pressed.Dispose();
        }
    }
}
