using System.Globalization;
using System.Text;
using CashlessGateway.Sandbox.Pages;

namespace CashlessGateway.Sandbox.Stripe.Pages;

/// <summary>The newest pages and all readers, for somebody who has lost the link.</summary>
internal static class StripeIndexPage
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    public static string Write(StripeSandbox sandbox, IReadOnlyList<SessionFact> newest)
    {
        var now = sandbox.Time.GetUtcNow();
        var body = new StringBuilder("""<p><a class="button second" href="/">新しくする</a></p>""");
        foreach (var reader in sandbox.Book.Readers.OldestFirst()) body.Append(CultureInfo.InvariantCulture, $"""<p><a href="/reader/{reader.Id}">端末 {Layout.Text(reader.Label)}</a></p>""");
        if (newest.Count == 0) return Layout.Write("カードの支払い", body.Append("<p>支払いの画面はまだありません。</p>").ToString(), "Stripe");
        body.Append("<table><caption>新しい順</caption><thead><tr><th scope=\"col\">時刻</th><th scope=\"col\">内容</th><th scope=\"col\">金額</th><th scope=\"col\">状態</th></tr></thead><tbody>");
        foreach (var session in newest) body.Append(Row(session, now));
        return Layout.Write("カードの支払い", body.Append("</tbody></table>").ToString(), "Stripe");
    }

    private static string Row(SessionFact session, DateTimeOffset now) => $"""
        <tr><td>{session.Created.ToOffset(Japan).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}</td><td><a href="/pay/{session.Id}">{Layout.Text(session.Name)}</a></td><td class="yen">{Layout.Yen(session.Amount)}</td><td>{Word(session.Status(now))}</td></tr>
        """;

    private static string Word(string status) => status switch
    {
        "complete" => "支払い済み",
        "expired" => "期限切れ",
        _ => "未払い",
    };
}
