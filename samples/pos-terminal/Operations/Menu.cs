using System.Globalization;
using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>Without a command: the clerk's menu.</summary>
public sealed class Menu(Till till)
{
    /// <summary>More than this on one sale is a slip of the finger.</summary>
    private const int MostOfOne = 99;

    public async Task<int> Run()
    {
        while (true)
        {
            till.Screen.Line();
            till.Screen.Line($"{till.Options.Place} {till.Options.Terminal} 担当 {till.Options.Operator}");
            switch (till.Screen.Ask("1 販売　2 状態　3 支払いの取消　4 返金　5 領収書　6 日計　7 中断した処理の再開　0 終了 >"))
            {
                case "1": await Sale(); break;
                case "2": await OfPayment(new ShowStatus(till).Run); break;
                case "3": await OfPayment(new Cancel(till).Run); break;
                case "4": await OfPayment(new Refund(till).Run); break;
                case "5": await OfPayment(new PrintReceipt(till).Run); break;
                case "6": await new ShowDay(till).Run(); break;
                case "7": await new Resume(till).Run(wait: true, isCommand: true); break;
                case "0" or null: return Exit.Done;
                default: till.Screen.Line("番号を選んでください。"); break;
            }
        }
    }

    private async Task OfPayment(Func<string, Task<int>> run)
    {
        if (till.Screen.Ask("決済番号（pay_…）:") is { Length: > 0 } id) await run(id);
    }

    private async Task Sale()
    {
        if (await new ShowFees(till).Read() is not { Count: > 0 } fees) return;
        for (var i = 0; i < fees.Count; i++) till.Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{i + 1,3}  {fees[i].Name}　{Words.Yen(fees[i].Price)}"));
        var lines = new List<SaleLine>();
        long total = 0;
        while (Choose(fees) is var (fee, quantity))
        {
            lines.Add(new SaleLine(fee.Code, quantity));
            total += fee.Price * quantity;
            till.Screen.Line($"　{fee.Name} x {quantity}　小計 {Words.Yen(total)}");
        }

        if (lines.Count > 0) await Take(total, (method, tendered) => new Sell(till).Run(lines, method, tendered, wait: true));
    }

    private (Fee Fee, int Quantity)? Choose(IReadOnlyList<Fee> fees)
    {
        while (till.Screen.Ask("番号と数（例 1 2）。終わりは Enter:") is { Length: > 0 } text)
        {
            var words = text.Split((char[])[' ', '　'], StringSplitOptions.RemoveEmptyEntries);
            if (Number(words.ElementAtOrDefault(0)) is { } at && at <= fees.Count && (words.Length == 1 ? 1 : Number(words[1])) is { } quantity and <= MostOfOne) return (fees[at - 1], quantity);
            till.Screen.Line("一覧の番号と数を入れてください。");
        }

        return null;
    }

    /// <summary>After a try without money the same bill may be paid another way; a doubtful one is never charged again.</summary>
    private async Task Take(long total, Func<string, long?, Task<int>> first)
    {
        if (Method(total) is not var (method, tendered)) return;
        var before = till.Journal.LastReceivable;
        var end = await first(method, tendered);
        while (end == Exit.Refused && till.Journal.LastReceivable is { } receivable && receivable != before
            && await IsOpen(receivable) && till.Screen.Confirms("別の方法で支払いますか？") && Method(total) is var (next, given))
            end = await new Pay(till).Run(receivable, next, given, wait: true);
    }

    private async Task<bool> IsOpen(string receivable) =>
        await till.Api.Get($"/v1/receivables/{receivable}") is ApiReply.Answered { Answer: { IsOk: true } answer } && answer.Body.Text("status") == "open";

    private (string Method, long? Tendered)? Method(long total) => till.Screen.Ask($"{Words.Yen(total)}　1 現金　2 QRコード決済　0 やめる >") switch
    {
        "1" => Tendered(total) is { } given ? ("cash", given) : null,
        "2" => ("qr", null),
        _ => null,
    };

    private long? Tendered(long total)
    {
        while (till.Screen.Ask("お預かり（円）。ちょうどは Enter:") is { } text)
        {
            if (text.Length == 0) return total;
            if (Number(text) is { } given && given >= total) return given;
            till.Screen.Line($"{Words.Yen(total)} 以上の金額を入れてください。");
        }

        return null;
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
