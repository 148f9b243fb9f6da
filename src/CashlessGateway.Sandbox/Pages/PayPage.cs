using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Sandbox.Pages;

/// <summary>What the phone shows after the scan: whom, for what, how much, and three ways to go on.</summary>
internal static class PayPage
{
    public static string Write(PayPaySandbox sandbox, BookEntry entry, bool walkedAway)
    {
        var order = entry.Order;
        var state = CodeState.Of(entry, sandbox.Time.GetUtcNow(), sandbox.Terms);
        var shop = sandbox.Merchants.FirstOrDefault(merchant => merchant.MerchantId == order.MerchantId)?.Name;
        return Layout.Write(state.Payable ? $"{Layout.Yen(order.Amount)} の支払い" : state.Word, $"""
            {Result(state, walkedAway)}
            <dl>
              <dt>お店</dt><dd>{Layout.Text(shop)} {Layout.Text(order.StoreInfo)}</dd>
              <dt>内容</dt><dd>{Layout.Text(order.OrderDescription)}</dd>
              <dt>金額</dt><dd class="amount">{Layout.Yen(order.Amount)}</dd>
              <dt>番号</dt><dd>{Layout.Text(order.MerchantPaymentId)}</dd>
            </dl>
            {(state.Payable ? Form(order) : "")}
            {BackToShop(order)}
            <p><a href="/">コードの一覧へ</a></p>
            """);
    }

    private static string Result(CodeState state, bool walkedAway) => state.Payable switch
    {
        false => $"""<p class="result" role="status"><span aria-hidden="true">{state.Mark}</span> {state.Sentence}</p>""",
        true when walkedAway => """<p class="result" role="status">支払いをやめました。お金は引かれていません。コードはまだ使えます。</p>""",
        true => "",
    };

    private static string Form(CodeOrder order) => $"""
        <form method="post" action="/pay/{order.CodeId}">
          <button class="button" name="outcome" value="pay">{Layout.Yen(order.Amount)} を支払う</button>
          <button class="button second" name="outcome" value="walkAway">やめる</button>
          <button class="button second" name="outcome" value="insufficientFunds">残高不足にする</button>
        </form>
        """;

    /// <summary>Only web addresses: the text comes from whoever made the code.</summary>
    private static string BackToShop(CodeOrder order) =>
        Uri.TryCreate(order.RedirectUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? $"""<p><a href="{Layout.Text(url.AbsoluteUri)}" rel="noreferrer">お店の画面にもどる</a></p>"""
            : "";
}
