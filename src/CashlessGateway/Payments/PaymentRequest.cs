using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>One attempt to pay. The amount is never in it: it is what the receivable says.</summary>
public sealed record PaymentRequest(
    string Receivable, string Place, string? Terminal, string? Operator, PaymentMethod Method, string? Brand, Presentation Presentation,
    string? CustomerCode, string? ReturnUrl, CashRequest? Cash)
{
    /// <summary>A customer's QR code holds up to 512 bytes; base64 makes them longer.</summary>
    private const int LongestCustomerCode = 1_000;

    public static PaymentRequest Read(BodyObject body) => Read(body, ReadReceivable(body), null);

    /// <summary>In a sale the receivable is made in the same call, and its place is the payment's unless said otherwise.</summary>
    public static PaymentRequest ReadInSale(BodyObject body, string receivable, string place) => Read(body, receivable, place);

    private static PaymentRequest Read(BodyObject body, string receivable, string? place)
    {
        var method = body.Choice<PaymentMethod>("method", required: true) ?? PaymentMethod.Cash;
        var presentation = body.Choice<Presentation>("presentation", required: method != PaymentMethod.Cash) ?? Presentation.Counter;
        var cash = CashRequest.Read(body);
        var request = new PaymentRequest(receivable, body.Text("place", 40, required: place is null) ?? place ?? "", body.Text("terminal", 40), body.Text("operator", 40),
            method, body.Text("brand", 40), presentation, ReadCustomerCode(body, presentation), ReadReturnUrl(body, presentation), cash);
        if (method != PaymentMethod.Cash && cash is not null) body.Refuse("cash", "not-allowed", new Words("現金のときだけ使えます。", "Only for cash."));
        if (method == PaymentMethod.Cash && request.Presentation != Presentation.Counter) body.Refuse("presentation", "not-allowed", new Words("現金は counter です。", "Cash is paid at the counter."));
        return request;
    }

    /// <summary>A record prints all that it holds, and whoever reads a customer's code can take money with it.</summary>
    public override string ToString() => $"{nameof(PaymentRequest)} {Receivable} {Place} {Method} {Presentation}";

    /// <summary>As the scanner sent it; what it is, <see cref="CodeOfCustomer"/> finds out with the city's own table.</summary>
    private static string? ReadCustomerCode(BodyObject body, Presentation presentation)
    {
        var isScanned = presentation == Presentation.CustomerCode;
        if (body.Raw("customerCode", required: isScanned) is not { } scanned) return null;
        if (!isScanned) body.Refuse("customerCode", "not-allowed", new Words("presentation が customerCode のときだけ使えます。", "Only where presentation is customerCode."));
        else if (scanned.Length > LongestCustomerCode) body.Refuse("customerCode", "too-long", new Words($"{LongestCustomerCode}文字までです。", $"At most {LongestCustomerCode} characters."));
        return scanned;
    }

    /// <summary>Where a provider's page sends the customer back to.</summary>
    private static string? ReadReturnUrl(BodyObject body, Presentation presentation)
    {
        if (body.Text("returnUrl", 500, required: presentation == Presentation.Online) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.UserInfo.Length == 0) return text;
        body.Refuse("returnUrl", "not-a-url", new Words("https:// で始まるアドレスにしてください。", "It must be an address that begins with https://."));
        return null;
    }

    private static string ReadReceivable(BodyObject body)
    {
        if (body.Text("receivable", 40, required: true) is not { } text) return "";
        if (PublicId.Strip(PublicId.Receivable, text) is { } id) return id;
        body.Refuse("receivable", "not-an-id", new Words("請求の番号（rcv_…）にしてください。", "It must be the id of a receivable (rcv_…)."));
        return "";
    }
}

public sealed record CashRequest(Yen TenderedAmount)
{
    /// <summary>Nobody hands over more than this in notes.</summary>
    private const long MostTendered = 99_999_999_999;

    public static CashRequest? Read(BodyObject body)
    {
        if (body.Object("cash") is not { } cash) return null;
        var tendered = cash.Integer("tenderedAmount", 0, MostTendered, required: true);
        cash.End();
        return new CashRequest(new Yen(tendered ?? 0));
    }
}
