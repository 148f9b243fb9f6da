using CashlessGateway.Sandbox.Pages;

namespace CashlessGateway.Sandbox.Stripe.Pages;

/// <summary>The reader on the counter: it shows the amount, and somebody holds a card to it.</summary>
internal static class ReaderPage
{
    public static string Write(StripeSandbox sandbox, ReaderFact reader)
    {
        var intent = sandbox.Book.Intents.Find(reader.Action?.Intent);
        return (reader.Action, intent) switch
        {
            ({ Status: "in_progress" }, { IsOver: false }) => Page(reader, $"{Layout.Yen(intent.Amount)} を支払う", $"""
                <p class="amount">{Layout.Yen(intent.Amount)}</p>
                <form method="post" action="/reader/{reader.Id}">
                  <button class="button" name="outcome" value="pay">カードをタッチする</button>
                  <button class="button second" name="outcome" value="pay">カードを差し込む</button>
                  <button class="button second" name="outcome" value="decline">断られるカードを使う</button>
                  <button class="button second" name="outcome" value="cancel">端末の「取消」を押す</button>
                </form>
                """),
            ({ Status: "succeeded" }, { }) => Page(reader, "支払い済み", Said("✓", $"{Layout.Yen(intent.Amount)} を支払いました。")),
            ({ Status: "failed" }, _) => Page(reader, "支払えませんでした", Said("×", "お金は引かれていません。")),
            _ => Page(reader, "お待ちください", Said("・", "お店からの支払いの指示を待っています。")),
        };
    }

    private static string Page(ReaderFact reader, string title, string body) => Layout.Write(title, $"""
        <p>端末 {Layout.Text(reader.Label)}</p>
        {body}
        <p><a class="button second" href="/reader/{reader.Id}">新しくする</a></p>
        <p><a href="/">一覧へ</a></p>
        """, "Stripe");

    private static string Said(string mark, string sentence) => $"""<p class="result" role="status"><span aria-hidden="true">{mark}</span> {sentence}</p>""";
}
