using System.Globalization;
using CashlessGateway.Money;

namespace CashlessGateway.Receipts;

/// <summary>One row of a receipt, as every paper has it.</summary>
public abstract record ReceiptRow
{
    private ReceiptRow() { }

    public sealed record Title(string Text) : ReceiptRow;

    /// <summary>Framed: nobody overlooks it.</summary>
    public sealed record Mark(string Text) : ReceiptRow;

    public sealed record Words(string Text, bool Centred = false, bool Small = false) : ReceiptRow;

    /// <summary>What was paid for, and below it how many at how much.</summary>
    public sealed record Item(string Name, string Count, string Amount) : ReceiptRow;

    public sealed record Pair(string Name, string Value) : ReceiptRow;

    public sealed record Total(string Name, string Value) : ReceiptRow;

    public sealed record Rule : ReceiptRow;

    public sealed record Stamp(IReadOnlyList<string> Lines) : ReceiptRow;

    public sealed record Symbol(string Address) : ReceiptRow;
}

/// <summary>The one order of what stands on a receipt; the papers only draw it.</summary>
public static class ReceiptRows
{
    private static readonly CultureInfo Japanese = JapaneseEra();

    public static IReadOnlyList<ReceiptRow> Of(Receipt receipt) => [.. Head(receipt), .. Money(receipt), .. Foot(receipt)];

    /// <summary>和暦, whatever culture the server runs under.</summary>
    public static string Era(BusinessDate date) => date.Day.ToString("ggy年M月d日", Japanese);

    /// <summary>和暦 and 西暦.</summary>
    public static string Both(BusinessDate date) => $"{Era(date)}（{date}）";

    private static IEnumerable<ReceiptRow> Head(Receipt receipt)
    {
        if (receipt.Training) yield return new ReceiptRow.Mark("訓練（実際のお金は動いていません）");
        yield return new ReceiptRow.Title(receipt.Title);
        if (receipt.Copy is { } copy) yield return new ReceiptRow.Mark(copy);
        foreach (var mark in receipt.Marks) yield return new ReceiptRow.Mark($"{mark.Word} {mark.Amount}{(mark.Date is { } day ? $" {day}" : "")}");
        yield return new ReceiptRow.Words(receipt.Issuer, Centred: true);
        yield return new ReceiptRow.Words(Where(receipt), Centred: true);
        yield return new ReceiptRow.Words(Both(receipt.Date));
        yield return new ReceiptRow.Words($"No. {receipt.Number}");
        if (receipt.Original is { } original) yield return new ReceiptRow.Words($"元の領収番号 {original}");
        yield return new ReceiptRow.Rule();
    }

    private static IEnumerable<ReceiptRow> Money(Receipt receipt)
    {
        foreach (var line in receipt.Lines)
            yield return new ReceiptRow.Item($"{line.Description}{(line.Reduced ? "（減免）" : "")}{(line.LowerRate ? "※" : "")}", $"{line.UnitAmount} × {line.Quantity}", line.Amount.ToString());
        yield return new ReceiptRow.Total("合計", receipt.Total.ToString());
        foreach (var supplier in receipt.Taxes)
        {
            if (receipt.Taxes.Count > 1 || supplier.Number is not null) yield return new ReceiptRow.Pair($"{supplier.Supplier}", supplier.Amount.ToString());
            if (supplier.Number is { } number) yield return new ReceiptRow.Words($"登録番号 {number}");
            foreach (var rate in supplier.Rates) yield return new ReceiptRow.Pair($"（{rate.Rate}対象 {rate.Amount}）内消費税", rate.Tax.ToString());
        }

        if (receipt.Lines.Any(static line => line.LowerRate)) yield return new ReceiptRow.Words("※は軽減税率（8%）対象", Small: true);
        yield return new ReceiptRow.Rule();
    }

    private static IEnumerable<ReceiptRow> Foot(Receipt receipt)
    {
        if (receipt.Method is { } method) yield return new ReceiptRow.Pair(receipt.Original is null ? "お支払い" : "返し方", method);
        if (receipt.Tendered is { } tendered) yield return new ReceiptRow.Pair("お預かり", tendered.ToString());
        if (receipt.Change is { } change) yield return new ReceiptRow.Pair("おつり", change.ToString());
        if (receipt.ApprovalNumber is { } approval) yield return new ReceiptRow.Pair("承認番号", approval);
        if (receipt.Clerk is { } clerk) yield return new ReceiptRow.Pair("担当", clerk);
        yield return new ReceiptRow.Words(receipt.Closing);
        if (receipt.Stamp.Count > 0) yield return new ReceiptRow.Stamp(receipt.Stamp);
        yield return new ReceiptRow.Words($"取引番号 {receipt.Transaction}", Small: true);
        yield return new ReceiptRow.Words($"この書類が本物かどうかは {new Uri(receipt.CheckAt, ".").AbsoluteUri} で確かめられます。", Small: true);
        yield return new ReceiptRow.Words($"確認番号 {receipt.Code}", Small: true);
        yield return new ReceiptRow.Symbol(receipt.CheckAt.AbsoluteUri);
    }

    /// <summary>A window that bears its section's name need not say it twice.</summary>
    private static string Where(Receipt receipt) => receipt.Place.StartsWith(receipt.Section, StringComparison.Ordinal) ? receipt.Place : $"{receipt.Section} {receipt.Place}";

    private static CultureInfo JapaneseEra()
    {
        var culture = new CultureInfo("ja-JP");
        culture.DateTimeFormat.Calendar = new JapaneseCalendar();
        return CultureInfo.ReadOnly(culture);
    }
}
