using System.Globalization;
using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Tools;

/// <summary>What a scan was understood as, in words for whoever sets the scanner up.</summary>
/// <param name="Understood">It is a code of a kind we know.</param>
/// <param name="Kind">The kind, or that it is none.</param>
/// <param name="Masked">The only form of the code itself that leaves the server.</param>
/// <param name="Fields">What is printed on the paper anyway; none for what a customer shows.</param>
/// <param name="Remark">What a person should know or do.</param>
public sealed record ScanMeaning(bool Understood, Words Kind, string Masked, IReadOnlyList<ScanField> Fields, Words? Remark)
{
    /// <summary>The one place that knows all kinds of codes.</summary>
    public static ScanMeaning Of(CodeReading reading, BusinessDate today) => reading switch
    {
        SlipCode slip => new(true, new("納付書のバーコード（44桁）", "Bar code of a payment slip (44 digits)"), slip.Masked, Parts(slip), Note(slip, today)),
        ElQr code => new(true, new("eL-QR（255桁）", "eL-QR (255 digits)"), code.Masked, Parts(code), Expired(code.PayBy, today)),
        ElNumber number => new(true, new("eL番号（34桁）", "eL number (34 digits)"), number.Masked, Parts(number), null),
        PayEasy number => new(true, new("ペイジーの番号", "Pay-easy numbers"), number.Masked, Parts(number), null),
        StoreCode code => new(true, new("店のQRコード（JPQRなど）", "QR code of a store (JPQR and others)"), code.Masked, [], new("お客様のアプリで読むためのコードです。窓口では読み取りません。", "Customers scan it with their app. A counter does not.")),
        CustomerCode code => new(true, new("お客様の支払いコード", "A customer's payment code"), code.Masked, Parts(code), new("お金を受け取れるコードなので、桁の一部しか表示しません。数分で使えなくなります。", "Money can be taken with it, so only a part is shown. It ends within minutes.")),
        Unreadable unreadable => new(false, new("使えるコードではありません", "Not a code that can be used"), unreadable.Masked, [], Why(unreadable.Why)),
        _ => throw new InvalidOperationException("CodeReading is a closed set."),
    };

    private static ScanField[] Parts(SlipCode slip) =>
    [
        new(new("請求書発行企業コード", "Company"), slip.Company),
        new(new("自由使用欄", "Free digits"), slip.Free),
        new(new("再発行区分", "Re-issue"), slip.Reissue.ToString(CultureInfo.InvariantCulture)),
        new(new("支払期限日", "Last day to pay"), slip.PayBy is { } day ? Text(day) : "999999"),
        new(new("印紙フラグ", "Stamp"), slip.Stamp ? "1" : "0"),
        new(new("金額", "Amount"), new Yen(slip.Amount).ToString()),
    ];

    private static ScanField[] Parts(ElQr code) =>
    [
        .. Parts(code.Number),
        new(new("金額", "Amount"), new Yen(code.Amount).ToString()),
        new(new("納期限", "Due"), Text(code.DueDate)),
        new(new("支払期限", "Last day to pay"), Text(code.PayBy)),
        new(new("共通納税機関コード", "Organisation"), code.Organisation),
    ];

    private static ScanField[] Parts(ElNumber number) =>
    [
        new(new("収納機関番号", "Institution"), number.Institution),
        new(new("納付番号", "Payment number"), number.CaseKey),
        new(new("確認番号", "Confirmation number"), number.Confirmation),
        new(new("納付区分", "Category"), number.Item),
    ];

    private static ScanField[] Parts(PayEasy number) =>
    [
        new(new("収納機関番号", "Institution"), number.Institution),
        new(new("納付番号", "Payment number"), number.Number),
        new(new("確認番号", "Confirmation number"), number.Confirmation),
        .. number.Division is { } division ? new ScanField[] { new(new("納付区分", "Category"), division) } : [],
    ];

    /// <summary>Nothing of the code itself.</summary>
    private static ScanField[] Parts(CustomerCode code) =>
    [
        new(new("形", "Form"), code.Form == CustomerCodeForm.Barcode ? "Code 128" : "QR"),
        new(new("サービス（コードの始まりから）", "Service, by its beginning"), code.Brand ?? "?"),
    ];

    private static Words? Note(SlipCode slip, BusinessDate today) =>
        slip.PayBy is { } day && Expired(day, today) is { } expired ? expired
        : slip.PayBy is null ? new("期限なし（999999）の納付書です。", "A slip without a last day (999999).")
        : null;

    private static Words? Expired(DateOnly payBy, BusinessDate today) =>
        payBy < today.Day ? new("期限が過ぎています。読み取りは正しくできています。", "Its last day is over. The scan itself is right.") : null;

    private static Words Why(UnreadableReason why) => why switch
    {
        UnreadableReason.Empty => new("何も届いていません。入力欄にカーソルがあるときに読み取ってください。", "Nothing arrived. Scan while the cursor is in the box."),
        UnreadableReason.TooLong => new("長すぎます。二つのコードが続けて入っていないか確かめてください。", "Too long. See whether two codes came in one after the other."),
        UnreadableReason.NotDigits => new("知っているコードではない文字が入っています。スキャナーが文字を加えていないか、別のコードを読んでいないか確かめてください。", "It holds characters of no code that is known. See whether the scanner adds some, or reads another code."),
        UnreadableReason.WrongLength => new("桁数が、どのコードとも合いません。途中で切れていないか確かめて、コード全体を読み直してください。", "It has as many digits as no code has. Scan the whole code again."),
        UnreadableReason.WrongCheckDigit => new("検査数字が合いません（読み違い）。もう一度読み、何度も起きるときは印刷の濃さと大きさを確かめてください。", "The check digit does not fit: a misread. Scan again; if it goes on, look at the print's blackness and size."),
        UnreadableReason.WrongPrefix => new("44桁ですが、91で始まりません。料金収納のバーコードではないか、桁の順が変わっています。", "44 digits that do not begin with 91: not a payment slip's bar code."),
        UnreadableReason.WrongDate => new("期限の桁が暦にない日です。読み直しても同じなら、納付書の作り方に誤りがあります。", "Its day is not in the calendar. If a second scan says the same, the slip was made wrong."),
        UnreadableReason.WrongStructure => new("始まりはそれらしいのに、中の並びが違います。途中で切れたか、別の規格のコードです。", "It begins like a known code, but its parts are not in place: cut off, or of another standard."),
        UnreadableReason.WrongCrc => new("検査の数字が合いません（読み違い）。もう一度読んでください。", "Its checksum does not fit: a misread. Scan again."),
        UnreadableReason.WrongRowCheckDigits => new("QRコードの中のOCR行の検査数字が違います。読み違いではなく、納付書の作り方に誤りがあります。", "The check digits of its OCR rows are wrong. Not a misread: the slip was made wrong."),
        UnreadableReason.AmountsDiffer => new("QRコードの中に二つの違う金額があります。納付書の作り方に誤りがあります。", "It holds two different amounts: the slip was made wrong."),
        UnreadableReason.CardNumber => new("カード番号のようです。カードの番号をここに入れないでください。", "It looks like a card number. Do not enter card numbers here."),
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>One part of a code, by its name on paper.</summary>
public sealed record ScanField(Words Name, string Value);
