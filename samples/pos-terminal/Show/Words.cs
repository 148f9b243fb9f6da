using System.Globalization;

namespace PosTerminal.Show;

/// <summary>The API's words as a clerk reads them.</summary>
public static class Words
{
    public static string Yen(long amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:N0}円");

    public static string Method(string? method) => method switch
    {
        "cash" => "現金",
        "qr" => "QRコード決済",
        "emoney" => "電子マネー",
        "card" => "クレジットカード",
        var other => other ?? "",
    };

    public static string State(string? state) => state switch
    {
        "created" or "pending" => "お客様の支払い待ち",
        "cancelling" => "取消の途中",
        "captured" => "支払い済み",
        "declined" => "支払えませんでした（お金は動いていません）",
        "cancelled" => "取り消しました（お金は動いていません）",
        "expired" => "時間切れ（お金は動いていません）",
        "inDoubt" => "結果不明（確認中）",
        "free" => "0円",
        var other => other ?? "",
    };

    public static string Refund(string? status) => status switch
    {
        "requested" => "申請しました",
        "awaitingApproval" => "承認待ち（別の担当者が承認すると返金されます）",
        "pending" => "返金の途中",
        "succeeded" => "返金済み",
        "failed" => "返金できませんでした",
        "inDoubt" => "結果不明（ゲートウェイが確かめています）",
        var other => other ?? "",
    };

    public static string Way(string? way) => way switch
    {
        "void" => "取消",
        "refund" => "決済事業者を通した返金",
        "cash" => "現金での返金",
        "bankTransfer" => "口座振込での還付",
        var other => other ?? "",
    };

    public static string Tax(string? taxClass) => taxClass switch
    {
        "exempt" => "非課税",
        "outOfScope" => "不課税",
        "taxable10" => "10%対象",
        "taxable8" => "8%対象",
        var other => other ?? "",
    };

    public static string What(string what) => what switch
    {
        "sell" => "販売",
        "pay" => "支払い",
        "cancel" => "支払いの取消",
        "refund" => "返金",
        _ => what,
    };
}
