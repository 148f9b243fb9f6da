using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Access;

/// <summary>What an attacker would try on the API. Each is answered, and nothing is lost, shown or run.</summary>
public sealed class AttackTests
{
    /// <summary>Ends strings, comments and statements of each engine, closes tags, begins formulas, and is a path.</summary>
    private const string Nasty = "'; drop table payment;-- \"]/*<script>alert(1)</script>=1+1|%00 ../../x {{limit @x}} @place${a} 表";

    [Theory, EachEngine]
    public async Task Text_in_every_field_comes_back_as_it_was_and_is_never_run(Engine engine)
    {
        await using var city = await City.Open(engine);
        var bill = await city.Post("/v1/receivables", new
        {
            kind = "bill",
            place = "shimin-1",
            reference = Nasty,
            title = Nasty,
            lines = new[] { new { revenueAccount = "01-01-02-01-01-00", description = Nasty, quantity = 1, unitAmount = 500, taxClass = "outOfScope", fiscalYear = 2026 } },
            exclusiveGroup = Nasty,
            exclusiveSide = "a'--",
            aliases = new[] { new { type = "booking", value = Nasty } },
            metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = Nasty },
        });
        Assert.True(bill.Status == 201, bill.Text);
        Assert.Equal((Nasty, Nasty), (bill["title"], bill.Json.GetProperty("lines")[0].GetProperty("description").GetString()));
        Assert.Equal(Nasty, bill.Json.GetProperty("metadata").GetProperty("note").GetString());
        Assert.Equal(bill.Id, (await city.Get($"/v1/receivables?alias={Uri.EscapeDataString(Nasty)}")).Json.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(bill.Id, (await city.Get($"/v1/receivables?reference={Uri.EscapeDataString(Nasty)}")).Json.GetProperty("items")[0].GetProperty("id").GetString());

        var paid = await city.PayCash(bill.Id);
        var receipt = await city.Get($"/v1/receivables/{bill.Id}/receipt");
        Assert.Equal(200, receipt.Status);
        Assert.DoesNotContain("<script", receipt.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", receipt.Text, StringComparison.OrdinalIgnoreCase);
        var refund = await city.Post($"/v1/payments/{paid.Id}/refunds", new { reason = Nasty, way = "bankTransfer" });
        Assert.True(refund.Status == 201, refund.Text);
        Assert.Equal(200, (await city.Approve($"/v1/refunds/{refund.Id}/reject")).Status);
        await city.BooksAreWhole();
    }

    [Theory]
    [InlineData("/v1/payments?place=")]
    [InlineData("/v1/payments?cursor=")]
    [InlineData("/v1/receivables?reference=")]
    [InlineData("/v1/receivables?alias=")]
    [InlineData("/v1/receivables?status=")]
    [InlineData("/v1/journal?account=")]
    [InlineData("/v1/journal?from=")]
    [InlineData("/v1/balances?account=")]
    [InlineData("/v1/balances?knownAt=")]
    [InlineData("/v1/exceptions?state=")]
    [InlineData("/v1/fees?place=")]
    [InlineData("/v1/places/")]
    [InlineData("/v1/payments/")]
    [InlineData("/v1/places/shimin-1/days/")]
    [InlineData("/v1/webhooks/endpoints/")]
    [InlineData("/problems/")]
    [InlineData("/hooks/")]
    [InlineData("/tools/slip?amount=")]
    public async Task Text_in_every_address_is_answered(string path)
    {
        await using var city = await City.Open();
        foreach (var text in new[] { Nasty, "'", "%", "\u0000", "../../../../etc/passwd", "..\\..\\x", new string('9', 3_000), "\uFFFF" })
        {
            var answer = await city.Get(path + Uri.EscapeDataString(text));
            Assert.True(answer.Status is 200 or 400 or 401 or 403 or 404 or 405 or 414, $"{path}{text}: {answer.Status}");
            Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("root:x:", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(0, await city.Of<Database>().One<long>(new Sql("select count(*) from payment where municipality = @municipality"), new { municipality = City.Code }));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("")]
    public async Task Another_hosts_name_is_refused(string host)
    {
        await using var city = await City.Open();
        Assert.StartsWith("HTTP/1.1 400", await Raw(city, $"GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_name_and_those_of_the_settings_are_answered()
    {
        await using var city = await City.Open(Engine.Sqlite, "--PublicUrl=https://pay.mihon.example", "--Hosts=inner.example, 10.0.0.7");
        foreach (var host in new[] { "pay.mihon.example", "inner.example", "10.0.0.7", "localhost", "127.0.0.1:1234" })
            Assert.StartsWith("HTTP/1.1 200", await Raw(city, $"GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_in_the_request_never_gets_into_an_answer()
    {
        await using var city = await City.Open();
        var sale = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } } }, payment = new { method = "cash", cash = new { tenderedAmount = 1000 } } });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/payments/{sale.Json.GetProperty("payment").GetProperty("id").GetString()}");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("Forwarded", "host=evil.example");
        using var response = await city.Till.SendAsync(request);
        Assert.DoesNotContain("evil.example", await response.Content.ReadAsStringAsync() + response.Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Long", 40_000, "431")]
    [InlineData("Authorization", 20_000, "4")]
    public async Task Oversized_headers_are_refused_and_the_next_call_is_served(string name, int length, string status)
    {
        await using var city = await City.Open();
        Assert.StartsWith($"HTTP/1.1 {status}", await Raw(city, $"GET /v1/places HTTP/1.1\r\nHost: localhost\r\n{name}: {new string('x', length)}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(200, (await city.Get("/v1/places")).Status);
    }

    [Theory]
    [InlineData("Idempotency-Key", "a\tb")]
    [InlineData("Idempotency-Key", "a b\u007f")]
    [InlineData("traceparent", "00-<script>-x-01")]
    [InlineData("Accept-Language", "en'; drop table person; --")]
    public async Task Headers_with_odd_text_are_answered_and_do_not_reach_the_answers_headers(string name, string value)
    {
        await using var city = await City.Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/codes/read") { Content = new StringContent("{\"code\":\"1\"}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(name, value);
        using var response = await city.Till.SendAsync(request);
        Assert.True((int)response.StatusCode < 500, response.StatusCode.ToString());
        Assert.DoesNotContain("<script", response.Headers.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_cannot_be_split_by_a_line_break_in_an_address_or_a_key()
    {
        await using var city = await City.Open();
        var answer = await Raw(city, "GET /v1/places%0d%0aSet-Cookie:%20evil=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain("\r\nSet-Cookie: evil", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("GET /css/../../appsettings.json")]
    [InlineData("GET /css/..%2f..%2fappsettings.json")]
    [InlineData("GET /css/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("GET /..%5c..%5cappsettings.json")]
    [InlineData("GET /appsettings.json")]
    [InlineData("GET /data/demo-keys.txt")]
    [InlineData("GET //etc/passwd")]
    public async Task A_path_leads_to_no_file_outside(string line)
    {
        await using var city = await City.Open();
        var answer = await Raw(city, $"{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 40[0-9]", answer);
        Assert.DoesNotContain("Storage", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("cgk_", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_a_browser_in_bounds()
    {
        await using var city = await City.Open();
        foreach (var path in new[] { "/v1/places", "/health/ready", "/problems/not-found", "/tools/scanner", "/nothing", "/css/screen.css" })
        {
            using var response = await city.Nobody.GetAsync(path);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            if (response.Content.Headers.ContentType?.MediaType == "text/html") Assert.Contains("default-src", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_deeply_nested_body_and_one_of_many_members_are_answered()
    {
        await using var city = await City.Open();
        Assert.Equal(400, (await city.Post("/v1/receivables", string.Concat(Enumerable.Repeat("[", 100_000)))).Status);
        Assert.Equal(400, (await city.Post("/v1/receivables", string.Concat(Enumerable.Repeat("{\"a\":", 5_000)))).Status);
        var many = "{" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\":1")) + "}";
        Assert.InRange((await city.Post("/v1/receivables", many)).Status, 400, 422);
    }

    /// <summary>As bytes: a client library would mend or refuse what is sent here.</summary>
    private static async Task<string> Raw(City city, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, city.Till.BaseAddress!.Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await reader.ReadToEndAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        }
        catch (IOException)
        {
            // A server that has read enough may cut the line while the rest is still being sent.
            return "HTTP/1.1 431 (cut)";
        }
    }
}
