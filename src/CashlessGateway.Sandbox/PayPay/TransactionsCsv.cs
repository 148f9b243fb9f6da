using System.Globalization;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>
/// 取引履歴 as PayPay for Business lets a merchant download it: fourteen columns, a refund as a row of its own with a negative amount.
/// Encoding and quoting are not published; byte order mark, CRLF and RFC 4180 quotes are our guess. There is no column for fees.
/// </summary>
internal static class TransactionsCsv
{
    private const string PaidBy = "PayPay(残高)";

    private static readonly string[] Header =
    [
        "取引番号(決済番号)", "加盟店ID", "屋号", "店舗ID", "店舗名", "端末番号/PosID", "取引ステータス", "取引日時", "取引金額",
        "レシート番号", "支払い方法", "支払い詳細項目", "取引確定期限", "加盟店決済ID",
    ];

    /// <summary>Each with its line break. A payment that was cancelled is 取引失敗, and those are not in the payout.</summary>
    public static IEnumerable<string> Lines(PayPaySandbox sandbox, string? merchantId)
    {
        var now = sandbox.Time.GetUtcNow();
        var names = sandbox.Merchants.ToDictionary(merchant => merchant.MerchantId, merchant => merchant.Name);
        yield return Line(Header);
        foreach (var entry in sandbox.Book.All())
        {
            var (order, progress) = (entry.Order, entry.Progress);
            if (merchantId is not null && order.MerchantId != merchantId) continue;
            if (progress.StatusAt(now, order.Amount, sandbox.Terms) is not (PayPayStatus.Completed or PayPayStatus.Refunded)) continue;
            var name = names.GetValueOrDefault(order.MerchantId, "");
            yield return Row(entry, name, "取引完了", progress.PaidAt!.Value, order.Amount);
            foreach (var refund in progress.Refunds) yield return Row(entry, name, "返金完了", refund.AcceptedAt, -refund.Amount);
        }
    }

    private static string Row(BookEntry entry, string name, string status, DateTimeOffset at, long amount)
    {
        var yen = amount.ToString(CultureInfo.InvariantCulture);
        var order = entry.Order;
        return Line(
        [
            entry.Progress.PaymentId!, order.MerchantId, name, order.StoreId ?? "", order.StoreInfo ?? "", order.TerminalId ?? "", status,
            JapanTime.Write(at, "yyyy/MM/dd HH:mm:ss"), yen, "", PaidBy,
            $$"""[{"paymentMethod":"{{PaidBy}}","amount":{{yen}}}]""", "", order.MerchantPaymentId,
        ]);
    }

    private static string Line(string[] fields) => string.Join(',', fields.Select(Quote)) + "\r\n";

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
