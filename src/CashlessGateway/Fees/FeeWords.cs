using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Fees;

/// <summary>How the catalogue's own words are said to people.</summary>
public static class FeeWords
{
    public static Words Column(string column) => column switch
    {
        "code" => new("コード", "code"),
        "name" => new("名称", "name"),
        "kana" => new("読み（カナ）", "reading"),
        "unitAmount" => new("単価", "price"),
        "stepPeople" => new("人数の刻み", "people per step"),
        "revenueAccount" => new("歳入科目", "revenue account"),
        "taxClass" => new("消費税", "tax class"),
        "methods" => new("支払い方法", "methods"),
        "section" => new("所管課", "section"),
        "places" => new("収納場所", "places"),
        "article" => new("根拠", "article"),
        "kind" => new("種類", "kind"),
        "rate" => new("割合（%）", "rate (%)"),
        "fees" => new("対象の項目", "items"),
        "decisionRequired" => new("決定番号", "decision number"),
        "stamp" => new("用途印", "stamp"),
        "validFrom" => new("始まりの日", "first day"),
        "validTo" => new("終わりの日", "last day"),
        _ => new(column, column),
    };

    public static Words Name(this TaxClass tax) => tax switch
    {
        TaxClass.Exempt => new("非課税", "exempt"),
        TaxClass.OutOfScope => new("不課税", "out of scope"),
        TaxClass.Taxable10 => new("課税 10%", "taxable 10%"),
        TaxClass.Taxable8 => new("課税 8%（軽減）", "taxable 8%"),
    };

    public static Words Name(this GroundKind kind) => kind switch
    {
        GroundKind.Exempt => new("免除", "exemption"),
        GroundKind.Reduce => new("減額", "reduction"),
    };

    public static Words Method(PaymentMethod method) => method switch
    {
        PaymentMethod.Qr => new("コード決済", "QR code"),
        PaymentMethod.Emoney => new("電子マネー", "e-money"),
        PaymentMethod.Card => new("クレジットカード", "card"),
        PaymentMethod.Cash => new("現金", "cash"),
        PaymentMethod.Collector => new("コンビニ等", "collector"),
    };

    public static Words Outcome(LineOutcome outcome) => outcome switch
    {
        LineOutcome.New => new("新規", "new"),
        LineOutcome.Changed => new("変更", "changed"),
        LineOutcome.Unchanged => new("変更なし", "unchanged"),
        LineOutcome.Refused => new("できません", "refused"),
    };
}
