using System.Text.Json;
using PosTerminal.Api;
using PosTerminal.Show;

namespace PosTerminal.Operations;

/// <summary>What the clerk does when nobody knows whether the customer has paid. A second charge is never offered.</summary>
public static class Doubt
{
    public static void Tell(Screen screen, JsonElement payment) => screen.Lines(
    [
        "",
        "【結果不明】支払いできたかどうか、まだ分かりません。",
        "  1. もう一度請求しないでください。現金でも受け取らないでください。",
        "  2. お客様のアプリの画面（取引番号・日時・金額）を控えてください。",
        "     お客様には、画面を消さずにお待ちいただくか、連絡先をお聞きしてください。",
        "  3. 責任者に知らせてください。",
        "  4. ゲートウェイが決済事業者への確認を続けています。確定すると、この端末の",
        "     次の操作のときに領収書が出ます（すぐに確かめる: resume）。",
        $"  決済番号 {payment.Text("id")}　{Words.Yen(payment.Number("amount"))}",
        "",
    ]);

    /// <summary>The gateway's answer did not arrive.</summary>
    public static void NoAnswer(Screen screen, string why) => screen.Lines(
    [
        "",
        "【結果不明】ゲートウェイの答えを受け取れませんでした。",
        $"  {why}",
        "  1. もう一度販売しないでください。お客様からのお金は、そのまま預かってください。",
        "  2. 通信が戻ったら「中断した処理の再開」（resume）をしてください。",
        "     同じ番号で確かめるので、二重に請求されることはありません。",
        "  3. 長く続くときは責任者に知らせてください。",
        "",
    ]);
}
