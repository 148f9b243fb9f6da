using System.Text;
using CashlessGateway.Money;
using CashlessGateway.Receipts;

namespace CashlessGateway.Tests.Receipts;

/// <summary>What tests of receipts say in a few words.</summary>
internal static class Counter
{
    /// <summary>T and a number whose check digit is right.</summary>
    public static string RegistrationNumber(string twelve) => $"T{CashlessGateway.Receipts.RegistrationNumber.CheckDigit(twelve)}{twelve}";

    public static string PaymentOf(this Answer sale) => sale.Json.GetProperty("payment").GetProperty("id").GetString()!;

    public static async Task<string> SellPaidByQr(this City city, string place = "shimin-1", object[]? lines = null)
    {
        var sale = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place, lines = lines ?? [new { fee = "juminhyo", quantity = 2 }] }, payment = new { method = "qr", presentation = "merchantCode", brand = "paypay" } });
        Assert.True(sale.Status == 201, sale.Text);
        city.Provider.Customer.Pay(sale.PaymentOf());
        await city.AskProviders(TimeSpan.FromSeconds(6));
        return sale.PaymentOf();
    }

    public static async Task<string> SellForCash(this City city, string place, params object[] lines)
    {
        var sale = await city.Post("/v1/sales", new { receivable = new { kind = "facilityCharge", place, lines }, payment = new { method = "cash", cash = new { tenderedAmount = 10_000 } } });
        Assert.True(sale.Status == 201, sale.Text);
        return sale.PaymentOf();
    }

    public static async Task<string> Look(this City city, string payment) => System.Net.WebUtility.HtmlDecode((await city.Get($"/v1/payments/{payment}/receipt")).Text);

    public static Task<Answer> Print(this City city, string subject, string form = "html", string? terminal = null, string? key = null) =>
        city.Post($"/v1/{(subject.StartsWith("pay_", StringComparison.Ordinal) ? "payments" : subject.StartsWith("ref_", StringComparison.Ordinal) ? "refunds" : "receivables")}/{subject}/receipt-prints", new { form, terminal }, key);

    public static async Task<string> Paper(this City city, Answer print) => (await city.Get(print["document"]!)).Text;

    public static async Task<(int Status, string? Type, byte[] Bytes)> As(this City city, string path, string mediaType, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(mediaType);
        using var response = await (client ?? city.Till).SendAsync(request);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync());
    }

    public static ReceiptSubject Subject(string id) => ReceiptSubject.Of(id)!.Value;

    /// <summary>CP932, as a printer reads it.</summary>
    public static string Cp932(byte[] bytes) => CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetString(bytes);

    public static async Task<string> CodeOf(this City city, string payment)
    {
        var receipt = await city.Of<ReceiptDesk>().Of(City.Code, Subject(payment));
        Assert.True(receipt.IsOk(out var found, out _));
        return found.Code;
    }
}
