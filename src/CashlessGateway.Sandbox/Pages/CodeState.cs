using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Sandbox.Pages;

/// <summary>The state of a code in the customer's words.</summary>
internal sealed record CodeState(string Mark, string Word, string Sentence, bool Payable)
{
    public static CodeState Of(BookEntry entry, DateTimeOffset now, PayPayTerms terms)
    {
        var (order, progress) = (entry.Order, entry.Progress);
        return progress.StatusAt(now, order.Amount, terms) switch
        {
            PayPayStatus.Completed when progress.Refunds.Count > 0
                => new("↩", "一部返金", $"支払いのうち {Layout.Yen(progress.Refunded())} が返金されました。", false),
            PayPayStatus.Completed => new("✓", "支払い済み", $"{Layout.Yen(order.Amount)} を支払いました。", false),
            PayPayStatus.Refunded => new("↩", "返金済み", $"{Layout.Yen(order.Amount)} が返金されました。", false),
            PayPayStatus.Failed => Failed(progress.Failure),
            PayPayStatus.Created when progress.CodeDeleted => new("×", "無効", "お店がこのコードを取り消しました。支払うことはできません。", false),
            PayPayStatus.Created when now >= order.ExpiresAt => new("×", "期限切れ", "このコードの期限が切れました。支払うことはできません。", false),
            PayPayStatus.Created => new("・", "未払い", "まだ支払われていません。", true),
        };
    }

    private static CodeState Failed(PaymentFailure? failure) => failure switch
    {
        PaymentFailure.InsufficientFunds => new("×", "失敗", "残高が足りないため、支払えませんでした。お金は引かれていません。", false),
        PaymentFailure.OverLimit => new("×", "失敗", "1回の上限をこえるため、支払えませんでした。お金は引かれていません。", false),
        null => new("×", "取り消し", "お店が支払いを取り消しました。お金はもどりました。", false),
    };
}
