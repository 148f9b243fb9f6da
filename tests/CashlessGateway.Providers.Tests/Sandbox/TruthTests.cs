using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class TruthTests
{
    [Fact]
    public async Task The_truth_sums_up_what_was_taken_and_sent_back()
    {
        await using var shop = await Shop.Open();
        await shop.Paid("A", 300);
        await shop.Api.Refund("RF", await shop.Paid("B", 500), 200);
        await shop.Paid("C", 700);
        await shop.Api.Cancel("C");
        await shop.Api.Create("D", 900);

        var truth = await shop.Http.GetFromJsonAsync<JsonElement>(new Uri("_truth", UriKind.Relative));
        Assert.Equal("""{"payments":4,"completed":2,"taken":800,"refunds":1,"refunded":200,"net":600}""", truth.GetProperty("sums").GetRawText());
        Assert.Equal(["COMPLETED", "COMPLETED", "FAILED", "CREATED"], truth.GetProperty("payments").EnumerateArray().Select(payment => payment.GetProperty("status").GetString()));

        var page = await shop.Http.GetFromJsonAsync<JsonElement>(new Uri("_truth?offset=1&limit=2", UriKind.Relative));
        Assert.Equal(["B", "C"], page.GetProperty("payments").EnumerateArray().Select(payment => payment.GetProperty("merchantPaymentId").GetString()));

        var one = await shop.Http.GetFromJsonAsync<JsonElement>(new Uri("_truth/B", UriKind.Relative));
        Assert.Equal(200, one.GetProperty("refunds")[0].GetProperty("amount").GetInt64());
        using var none = await shop.Http.GetAsync(new Uri("_truth/Z", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task The_merchants_file_has_fourteen_columns_and_a_row_per_payment_and_refund()
    {
        await using var shop = await Shop.Open();
        await shop.Api.Create("A", 500, body => (body["storeId"], body["storeInfo"], body["terminalId"]) = ("S001", "本庁舎, 1階", "T01"));
        await shop.Pay("A");
        var paymentId = shop.PayPay.Find("A")!.PaymentId!;
        shop.Time.Advance(TimeSpan.FromHours(13));
        await shop.Api.Refund("RF", paymentId, 200);
        await shop.Paid("B");
        await shop.Api.Cancel("B");

        var bytes = await shop.Http.GetByteArrayAsync(new Uri("_transactions.csv", UriKind.Relative));
        Assert.Equal(Encoding.UTF8.Preamble, bytes.AsSpan(0, 3));
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
        Assert.Equal(
            [
                "取引番号(決済番号),加盟店ID,屋号,店舗ID,店舗名,端末番号/PosID,取引ステータス,取引日時,取引金額,レシート番号,支払い方法,支払い詳細項目,取引確定期限,加盟店決済ID",
                $"{paymentId},sandbox-merchant,さくら市,S001,\"本庁舎, 1階\",T01,取引完了,2026/11/21 12:00:00,500,,PayPay(残高),\"[{{\"\"paymentMethod\"\":\"\"PayPay(残高)\"\",\"\"amount\"\":500}}]\",,A",
                $"{paymentId},sandbox-merchant,さくら市,S001,\"本庁舎, 1階\",T01,返金完了,2026/11/22 01:00:00,-200,,PayPay(残高),\"[{{\"\"paymentMethod\"\":\"\"PayPay(残高)\"\",\"\"amount\"\":-200}}]\",,A",
                "",
            ],
            lines);
    }

    [Fact]
    public async Task A_thousand_codes_are_made_and_paid_at_once_and_none_is_lost()
    {
        await using var shop = await Shop.Open();
        using var http = new HttpClient();
        var api = new ApiClient(http, shop.Host.Address, SandboxMerchant.Demo, shop.Time);
        await Parallel.ForEachAsync(Enumerable.Range(1, 1000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
        {
            var id = $"A{number}";
            Assert.Equal(HttpStatusCode.Created, (await api.Create(id, number)).Status);
            shop.PayPay.Customer.Pay(id);
            Assert.Equal(number, (await api.Get(id)).Amount);
        });
        Assert.Equal(500_500, shop.PayPay.Sums().Net);
        Assert.Equal(1000, shop.PayPay.Truth().Select(payment => payment.PaymentId).Distinct().Count());
    }
}
