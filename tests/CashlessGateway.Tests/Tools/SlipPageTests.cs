using System.Text;
using System.Text.RegularExpressions;
using CashlessGateway.Codes;
using CashlessGateway.Tests.Web;

namespace CashlessGateway.Tests.Tools;

public sealed partial class SlipPageTests(OpenApiTests.Running running) : IClassFixture<OpenApiTests.Running>
{
    private City City => running.City;

    [Theory]
    [InlineData("ordinary", "12,300円")]
    [InlineData("noLimit", "999999")]
    [InlineData("expired", "12,300円")]
    [InlineData("overLimit", "30万円を超えるためありません。")]
    public async Task Every_kind_of_sample_is_drawn_for_anybody(string kind, string says)
    {
        var page = await Visitor.Sees(City, $"/tools/slip?case={kind}");
        Assert.Equal(200, page.Status);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        foreach (var file in new[] { "slip.svg", "slip.pdf" })
            Assert.Equal(200, (await Visitor.Sees(City, $"/tools/{file}?case={kind}")).Status);
    }

    [Fact]
    public async Task The_page_says_what_a_scanner_reads_from_the_slip()
    {
        var page = (await Visitor.Sees(City, "/tools/slip?amount=2500&payBy=2027-03-31&number=42")).Text;
        var slip = Assert.IsType<SlipCode>(CodeReader.Read(Digits(44).Match(page).Value));
        var elQr = Assert.IsType<ElQr>(CodeReader.Read(Digits(255).Match(page).Value));
        Assert.Equal((2_500, new DateOnly(2027, 3, 31), "42".PadLeft(21, '0')), (slip.Amount, slip.PayBy, slip.Free));
        Assert.Equal((2_500, new DateOnly(2027, 3, 31), "42".PadLeft(20, '0')), (elQr.Amount, elQr.PayBy, elQr.CaseKey));
    }

    /// <summary>Whatever is in the query, the numbers that say whose money it is stay those that belong to nobody.</summary>
    [Theory]
    [InlineData("?company=959919&organisation=44000&item=127")]
    [InlineData("?number=959919000000000000001")]
    public async Task A_slip_of_a_real_city_cannot_be_drawn(string query)
    {
        var page = (await Visitor.Sees(City, "/tools/slip" + query)).Text;
        Assert.Equal("912345", Assert.IsType<SlipCode>(CodeReader.Read(Digits(44).Match(page).Value)).Company);
        var elQr = Assert.IsType<ElQr>(CodeReader.Read(Digits(255).Match(page).Value));
        Assert.Equal(("99999", "999"), (elQr.Organisation, elQr.Item));
    }

    [Theory]
    [InlineData("amount=x", "amount")]
    [InlineData("amount=0", "amount")]
    [InlineData("amount=-1", "amount")]
    [InlineData("amount=300001", "amount")]
    [InlineData("amount=99999999999999999999", "amount")]
    [InlineData("amount=%F0%9F%92%B4", "amount")]
    [InlineData("case=overLimit&amount=300000", "amount")]
    [InlineData("case=overLimit&amount=1000000000", "amount")]
    [InlineData("payBy=2027-02-29", "payBy")]
    [InlineData("payBy=1999-12-31", "payBy")]
    [InlineData("payBy=2000-01-01", "payBy")]
    [InlineData("case=expired&payBy=2090-01-01", "payBy")]
    [InlineData("number=12a", "number")]
    [InlineData("number=1234567890123456789012", "number")]
    [InlineData("dpi=72", "dpi")]
    [InlineData("dpi=600&dpi=300", "dpi")]
    [InlineData("case=wrongCheckDigit", "case")]
    public async Task A_wrong_input_is_named_at_its_field(string query, string field)
    {
        var page = await Visitor.Sees(City, $"/tools/slip?{query}");
        Assert.Equal(400, page.Status);
        Assert.Contains($"id=\"{field}-error\"", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"#{field}\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("slip.svg", page.Text, StringComparison.Ordinal);
        foreach (var file in new[] { "slip.svg", "slip.pdf", "slip-barcode.png" })
        {
            var answer = await Visitor.Sees(City, $"/tools/{file}?{query}");
            Assert.Equal((400, "invalid-parameter"), (answer.Status, answer.Code));
            Assert.Contains(answer.Violations, violation => violation.StartsWith($"?{field} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept()
    {
        var page = (await Visitor.Sees(City, "/tools/slip?amount=%22%3E%3Cb%3E&payBy=never&number=x")).Text;
        Assert.Equal(3, Errors().Count(page));
        Assert.Contains("value=\"&quot;&gt;&lt;b&gt;\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wide_digits_and_commas_are_no_mistake() => Assert.Contains("1,234円", (await Visitor.Sees(City, "/tools/slip?amount=１,２３４&number=１－２")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task The_files_are_what_they_are_called()
    {
        Assert.StartsWith("%PDF-", await Begin("/tools/slip.pdf"), StringComparison.Ordinal);
        Assert.StartsWith("<svg ", await Begin("/tools/slip.svg"), StringComparison.Ordinal);
        Assert.StartsWith("\u0089PNG", await Begin("/tools/slip-barcode.png"), StringComparison.Ordinal);
        Assert.Equal(404, (await Visitor.Sees(City, "/tools/slip-barcode.png?case=overLimit")).Status);
    }

    [Fact]
    public async Task The_page_speaks_both_languages_and_remembers_the_choice()
    {
        var japanese = await Visitor.Sees(City, "/tools/slip");
        Assert.Contains("<html lang=\"ja\">", japanese.Text, StringComparison.Ordinal);
        var english = await Visitor.Sees(City, "/tools/slip?lang=en");
        Assert.Contains("<html lang=\"en\">", english.Text, StringComparison.Ordinal);
        Assert.Contains("Kind of sample", english.Text, StringComparison.Ordinal);
        Assert.Contains("lang=en; max-age=", english.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Contains("?case=expired&amp;lang=en\"", (await Visitor.Sees(City, "/tools/slip?case=expired")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screen_loads_nothing_from_elsewhere_and_nothing_inline()
    {
        var page = await Visitor.Sees(City, "/tools/slip");
        Assert.StartsWith("default-src 'self';", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("nosniff", "no-store"), (page.Headers["X-Content-Type-Options"], page.Headers["Cache-Control"]));
        Assert.DoesNotMatch("<style|style=|<script>| on[a-z]+=|(src|href)=\"(https?:)?//", page.Text);
    }

    /// <summary>In a build's folder and in a published one they lie beside the program, in every environment.</summary>
    [Fact]
    public async Task Style_and_script_are_there_and_change_their_address_with_their_content()
    {
        var page = (await Visitor.Sees(City, "/tools/scanner")).Text;
        var files = Versioned().Matches(page).Select(match => match.Value).ToList();
        Assert.Equal(3, files.Count);
        foreach (var file in files)
        {
            var answer = await Visitor.Sees(City, file);
            Assert.Equal((200, "public, max-age=31536000, immutable"), (answer.Status, answer.Headers["Cache-Control"]));
        }

        Assert.Equal("no-cache", (await Visitor.Sees(City, "/favicon.ico")).Headers["Cache-Control"]);
    }

    private async Task<string> Begin(string path) => Encoding.Latin1.GetString((await City.Nobody.GetByteArrayAsync(path)).AsSpan(0, 5));

    private static Regex Digits(int count) => new($@"(?<=<code>)\d{{{count}}}(?=</code>)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex("class=\"error\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Errors();

    [GeneratedRegex(@"/(css|js)/[a-z]+\.(css|js)\?v=[^""]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Versioned();
}
