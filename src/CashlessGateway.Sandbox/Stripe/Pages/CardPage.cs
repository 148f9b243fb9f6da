using CashlessGateway.Sandbox.Pages;

namespace CashlessGateway.Sandbox.Stripe.Pages;

/// <summary>The page that Stripe hosts: pay, pay with the bank's approval on the phone, be refused, or walk away.</summary>
internal static class CardPage
{
    public static string Write(StripeSandbox sandbox, SessionFact session)
    {
        var intent = sandbox.Book.Intents.Find(session.Intent);
        var (open, title) = session.Status(sandbox.Time.GetUtcNow()) switch
        {
            "complete" => (false, "支払い済み"),
            "expired" => (false, "期限切れ"),
            _ => (true, $"{Layout.Yen(session.Amount)} をカードで支払う"),
        };
        return Layout.Write(title, $"""
            {Result(open, session, intent)}
            <dl>
              <dt>お店</dt><dd>{Layout.Text(sandbox.Accounts.FirstOrDefault(account => account.AccountId == session.Account)?.Name)}</dd>
              <dt>内容</dt><dd>{Layout.Text(session.Name)}</dd>
              <dt>金額</dt><dd class="amount">{Layout.Yen(session.Amount)}</dd>
              <dt>番号</dt><dd>{Layout.Text(session.Reference)}</dd>
            </dl>
            {(open ? Form(session, intent) : "")}
            {(session.Completed ? Link(session.SuccessUrl, "お店の画面にもどる") : Link(session.CancelUrl, "やめて、お店の画面にもどる"))}
            <p><a href="/">一覧へ</a></p>
            """, "Stripe");
    }

    private static string Result(bool open, SessionFact session, IntentFact? intent) => (open, intent) switch
    {
        (false, _) when session.Completed => Said("✓", $"{Layout.Yen(session.Amount)} を支払いました。"),
        (false, _) => Said("×", "この画面の期限が切れました。支払うことはできません。"),
        (true, { Approving: not null }) => Said("・", "カード会社が本人確認を求めています。スマートフォンの画面で承認してください。"),
        (true, { LastError: { } error }) => Said("×", error.DeclineCode is null ? "本人確認ができなかったため、支払えませんでした。別のカードを使えます。" : "カード会社が断りました。お金は引かれていません。別のカードを使えます。"),
        _ => "",
    };

    private static string Said(string mark, string sentence) => $"""<p class="result" role="status"><span aria-hidden="true">{mark}</span> {sentence}</p>""";

    private static string Form(SessionFact session, IntentFact? intent) => intent?.Approving is not null
        ? $"""
          <form method="post" action="/pay/{session.Id}">
            <button class="button" name="outcome" value="approve">承認する（スマートフォン）</button>
            <button class="button second" name="outcome" value="refuseApproval">承認しない</button>
          </form>
          """
        : $"""
          <form method="post" action="/pay/{session.Id}">
            <button class="button" name="outcome" value="pay">{Layout.Yen(session.Amount)} を支払う</button>
            <button class="button second" name="outcome" value="payWithApproval">本人確認のあるカードで支払う</button>
            <button class="button second" name="outcome" value="decline">断られるカードで支払う</button>
          </form>
          """;

    /// <summary>Only web addresses: the text comes from whoever made the session.</summary>
    private static string Link(string? address, string words) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? $"""<p><a href="{Layout.Text(url.AbsoluteUri)}" rel="noreferrer">{words}</a></p>"""
            : "";
}
