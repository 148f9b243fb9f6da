using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Receipts;

/// <summary>What a paper is, which decides its title, its closing sentence and whether it has a stamp.</summary>
public enum ReceiptKind
{
    /// <summary>領収書: cash.</summary>
    Cash,

    /// <summary>利用明細: the payer entrusted a 指定納付受託者 with paying; the city has received nothing yet.</summary>
    Trustee,

    /// <summary>A 指定公金事務取扱者 received it for the city.</summary>
    Agent,

    /// <summary>Cashless without either: a designated manager's own income, deposits.</summary>
    Other,

    /// <summary>0 yen: free or waived.</summary>
    Free,

    /// <summary>取消票.</summary>
    Void,

    /// <summary>返金票.</summary>
    Refund,

    /// <summary>還付明細: by bank transfer.</summary>
    Transfer,
}

/// <summary>What a receipt says, whatever it is printed on.</summary>
public sealed record Receipt
{
    public required ReceiptKind Kind { get; init; }
    public required string Title { get; init; }

    /// <summary>Whose receipt it is: the city, an enterprise of it, or the designated manager of the facility.</summary>
    public required string Issuer { get; init; }

    public required string Place { get; init; }
    public required string Section { get; init; }

    /// <summary>Place, day and running number.</summary>
    public required string Number { get; init; }

    public required BusinessDate Date { get; init; }
    public required IReadOnlyList<ReceiptLine> Lines { get; init; }
    public required Yen Total { get; init; }
    public required IReadOnlyList<ReceiptTaxes> Taxes { get; init; }

    /// <summary>Method and brand.</summary>
    public string? Method { get; init; }

    public Yen? Tendered { get; init; }
    public Yen? Change { get; init; }
    public string? ApprovalNumber { get; init; }
    public string? Clerk { get; init; }
    public required string Transaction { get; init; }

    /// <summary>「上記のとおり領収しました」, or whom the payer entrusted.</summary>
    public required string Closing { get; init; }

    /// <summary>領収日付印 as lines of text; empty where there is none.</summary>
    public required IReadOnlyList<string> Stamp { get; init; }

    /// <summary>The number of the receipt whose money went back; only on slips of refunds.</summary>
    public string? Original { get; init; }

    /// <summary>取消, 返金, 過誤納: what became of the money since.</summary>
    public IReadOnlyList<ReceiptMark> Marks { get; init; } = [];

    /// <summary>控え, 再発行 n回目, 電子交付; null on the original.</summary>
    public string? Copy { get; init; }

    /// <summary>Made in the training environment: nothing was paid.</summary>
    public bool Training { get; init; }

    /// <summary>The code that proves it.</summary>
    public required string Code { get; init; }

    /// <summary>The page on which anybody can check it.</summary>
    public required Uri CheckAt { get; init; }
}

/// <param name="Reduced">減免. Its ground is on no paper.</param>
/// <param name="LowerRate">軽減税率.</param>
public sealed record ReceiptLine(string Description, long Quantity, Yen UnitAmount, Yen Amount, bool Reduced, bool LowerRate);

/// <summary>The consumption tax of one supplier: each 会計 and each manager is one of its own (適格請求書発行事業者).</summary>
/// <param name="Number">登録番号, T and 13 digits.</param>
public sealed record ReceiptTaxes(string Supplier, string? Number, Yen Amount, IReadOnlyList<ReceiptRate> Rates);

/// <param name="Amount">All of that rate, tax included.</param>
public sealed record ReceiptRate(string Rate, Yen Amount, Yen Tax);

public sealed record ReceiptMark(string Word, Yen Amount, BusinessDate? Date);

/// <summary>What a receipt is about: a payment, a free sale (its receivable) or a refund, by its public id.</summary>
public readonly record struct ReceiptSubject
{
    private ReceiptSubject(string prefix, string id) => (Prefix, Id) = (prefix, id);

    public string Prefix { get; }

    /// <summary>Without its prefix.</summary>
    public string Id { get; }

    public static ReceiptSubject Payment(string id) => new(PublicId.Payment, id);

    public static ReceiptSubject Receivable(string id) => new(PublicId.Receivable, id);

    public static ReceiptSubject Refund(string id) => new(PublicId.Refund, id);

    /// <summary>Null for what has no receipts.</summary>
    public static ReceiptSubject? Of(string publicId)
    {
        foreach (var prefix in (string[])[PublicId.Payment, PublicId.Receivable, PublicId.Refund])
            if (PublicId.Strip(prefix, publicId) is { } id) return new ReceiptSubject(prefix, id);
        return null;
    }

    public override string ToString() => Prefix + Id;
}

/// <summary>What it can be handed out as.</summary>
public enum ReceiptForm
{
    Html,
    Pdf,

    /// <summary>Bytes for a receipt printer.</summary>
    Escpos,

    /// <summary>A link that the customer keeps.</summary>
    Link,
}

/// <summary>A receipt on its paper.</summary>
public sealed record ReceiptPaper(ReceiptForm Form, string MediaType, byte[] Bytes)
{
    public const string EscPosType = "application/vnd.cashless.escpos";
    public const string PdfType = "application/pdf";
    public const string HtmlType = "text/html; charset=utf-8";

    public static ReceiptPaper Of(Receipt receipt, ReceiptForm form) => form switch
    {
        ReceiptForm.Html or ReceiptForm.Link => new ReceiptPaper(form, HtmlType, System.Text.Encoding.UTF8.GetBytes(ReceiptHtml.Render(receipt))),
        ReceiptForm.Pdf => new ReceiptPaper(form, PdfType, ReceiptPdf.Render(receipt)),
        ReceiptForm.Escpos => new ReceiptPaper(form, EscPosType, ReceiptEscPos.Render(receipt)),
    };

    /// <summary>What a browser shows has a policy of its own: its one style, and nothing from anywhere.</summary>
    public Reply Reply() => Form is ReceiptForm.Html or ReceiptForm.Link
        ? Web.Reply.Html(System.Text.Encoding.UTF8.GetString(Bytes), ReceiptHtml.Style)
        : new Reply.Bytes(200, MediaType, Bytes);
}
