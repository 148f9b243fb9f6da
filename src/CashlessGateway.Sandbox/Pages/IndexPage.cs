using System.Text;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Sandbox.Pages;

/// <summary>The newest codes, for somebody who has no phone at hand to scan them.</summary>
internal static class IndexPage
{
    // Enough for the counters of a demo; each symbol is a picture of its own to load.
    private const int ShownSymbols = 4;

    public static string Write(PayPaySandbox sandbox, IReadOnlyList<BookEntry> newest)
    {
        if (newest.Count == 0) return Layout.Write("コードの一覧", """<p>コードはまだありません。お店がコードを出すと、ここに並びます。</p>""" + Again);
        var now = sandbox.Time.GetUtcNow();
        var rows = newest.Select(entry => (Entry: entry, State: CodeState.Of(entry, now, sandbox.Terms))).ToList();
        var body = new StringBuilder(Again);
        body.AppendJoin("", rows.Where(row => row.State.Payable).Take(ShownSymbols).Select(row => Symbol(row.Entry)));
        body.Append("<table><caption>新しい順</caption><thead><tr>")
            .Append("<th scope=\"col\">時刻</th><th scope=\"col\">内容</th><th scope=\"col\">場所</th><th scope=\"col\">金額</th><th scope=\"col\">状態</th>")
            .Append("</tr></thead><tbody>");
        foreach (var (entry, state) in rows) body.Append(Row(entry, state));
        return Layout.Write("コードの一覧", body.Append("</tbody></table>").ToString());
    }

    private const string Again = """<p><a class="button second" href="/">新しくする</a></p>""";

    private static string Symbol(BookEntry entry) => $"""
        <p class="code"><a href="/pay/{entry.Order.CodeId}"><img src="/pay/{entry.Order.CodeId}/qr.svg" width="200" height="200" alt="{Layout.Text(Name(entry.Order))}のQRコード"><br>{Layout.Text(Name(entry.Order))} {Layout.Yen(entry.Order.Amount)} を支払う画面へ</a></p>
        """;

    private static string Row(BookEntry entry, CodeState state) => $"""
        <tr><td>{JapanTime.Write(entry.Order.CreatedAt, "HH:mm:ss")}</td><td><a href="/pay/{entry.Order.CodeId}">{Layout.Text(Name(entry.Order))}</a></td><td>{Layout.Text(entry.Order.StoreInfo ?? entry.Order.StoreId)}</td><td class="yen">{Layout.Yen(entry.Order.Amount)}</td><td><span aria-hidden="true">{state.Mark}</span> {state.Word}</td></tr>
        """;

    private static string Name(CodeOrder order) => order.OrderDescription is { Length: > 0 } text ? text : order.MerchantPaymentId;
}
