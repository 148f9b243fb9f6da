using System.Globalization;
using System.Text.Json;
using PosTerminal.Api;

namespace PosTerminal.Show;

/// <summary>A receipt for a printer of 32 or 48 columns.</summary>
public static class ReceiptText
{
    private static readonly TimeSpan Tokyo = TimeSpan.FromHours(9);

    private static readonly CultureInfo Japanese = JapaneseEra();

    /// <param name="payment">Null for a sale of 0 yen.</param>
    public static IReadOnlyList<string> Lines(JsonElement receivable, JsonElement? payment, JsonElement place, int columns)
    {
        var paper = new Paper(columns);
        paper.Centre("領収書");
        if (Back(payment) is { } back) paper.Centre(back);
        paper.Text($"{place.Text("section")} {place.Text("name")}");
        // Whose day it is listed on makes the number; the day the money was taken is the receipt's date.
        var (number, date) = (payment?.Number("receiptNumber") ?? receivable.Number("receiptNumber"), Date(receivable, payment, "receiptDate"));
        paper.Text($"{Era(date)}（{date:yyyy-MM-dd}）");
        paper.Text(string.Create(CultureInfo.InvariantCulture, $"No. {place.Text("code")}-{Date(receivable, payment, "businessDate"):yyyyMMdd}-{number:D4}"));
        paper.Rule();
        foreach (var line in receivable.Items("lines")) Item(paper, line);
        paper.Rule();
        paper.Sides("合計", Words.Yen(receivable.Number("amount")));
        Taxes(paper, receivable);
        if (payment is { } paid) Paid(paper, paid);
        paper.Text("上記のとおり領収しました。");
        paper.Text($"取引番号 {payment?.Text("id") ?? receivable.Text("id")}");
        return paper.Lines;
    }

    private static void Item(Paper paper, JsonElement line)
    {
        paper.Text((line.Text("description") ?? "") + (line.Number("amount") < line.Number("grossAmount") ? "（減免）" : ""));
        paper.Sides(string.Create(CultureInfo.InvariantCulture, $"  {Words.Yen(line.Number("unitAmount"))} x {line.Number("quantity")}"), Words.Yen(line.Number("amount")));
    }

    private static void Taxes(Paper paper, JsonElement receivable)
    {
        foreach (var rate in receivable.Items("lines").GroupBy(static line => line.Text("taxClass")))
            paper.Sides($"（{Words.Tax(rate.Key)}）", Words.Yen(rate.Sum(static line => line.Number("amount"))));
        paper.Sides("（うち消費税等）", Words.Yen(receivable.Number("taxIncluded")));
    }

    private static void Paid(Paper paper, JsonElement payment)
    {
        paper.Sides("お支払い", Words.Method(payment.Text("method")) + (payment.Text("brand") is { } brand ? $"（{brand}）" : ""));
        if (payment.Member("cash") is { } cash)
        {
            paper.Sides("お預かり", Words.Yen(cash.Number("tenderedAmount")));
            paper.Sides("お釣り", Words.Yen(cash.Number("changeAmount")));
        }

        if (payment.Text("approvalNumber") is { } approval) paper.Sides("承認番号", approval);
        if (payment.Text("providerReference") is { } reference) paper.Text($"決済事業者の番号 {reference}");
        paper.Sides("端末・担当", $"{payment.Text("terminal")} {payment.Text("operator")}");
    }

    private static string? Back(JsonElement? payment) => payment?.Number("refundedAmount") switch
    {
        null or 0 => null,
        var back when back == payment?.Number("amount") => "【全額を取消・返金済み】",
        var back => $"【{Words.Yen(back.Value)} 返金済み】",
    };

    private static DateOnly Date(JsonElement receivable, JsonElement? payment, string name) =>
        payment?.Text(name) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : DateOnly.FromDateTime(DateTimeOffset.Parse(receivable.Text("createdAt") ?? "", CultureInfo.InvariantCulture).ToOffset(Tokyo).DateTime);

    private static string Era(DateOnly date) => date.ToString("ggy年M月d日", Japanese);

    private static CultureInfo JapaneseEra()
    {
        var culture = new CultureInfo("ja-JP");
        culture.DateTimeFormat.Calendar = new JapaneseCalendar();
        return CultureInfo.ReadOnly(culture);
    }

    private sealed class Paper(int columns)
    {
        public List<string> Lines { get; } = [];

        public void Text(string text) => Lines.AddRange(Width.Lines(text, columns));

        public void Centre(string text) => Lines.Add(Width.Centred(text, columns));

        public void Sides(string left, string right) => Lines.AddRange(Width.Sides(left, right, columns));

        public void Rule() => Lines.Add(new string('-', columns));
    }
}
