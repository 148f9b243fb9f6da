using System.Net;
using System.Text.RegularExpressions;
using CashlessGateway.Access.Roles;
using CashlessGateway.Counter;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Counter;

/// <summary>The clerk's screen, as a browser without JavaScript meets it.</summary>
public sealed partial class TillTests
{
    private const string Till = "/counter/till/pos-01";

    private static readonly Sql Payments = new("select count(*) from payment where municipality = @municipality");

    [Fact]
    public async Task A_cart_of_several_sections_is_shown_to_the_customer_and_sold_once_however_often_it_is_sent()
    {
        await using var city = await City.Open();
        var clerk = await Clerk(city);
        foreach (var fee in new[] { "juminhyo", "juminhyo", "koseki", "jusho-kei" }) await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", fee));
        var shown = await Desk.Get(clerk, Till);
        Assert.Contains("1,050円", shown.Text, StringComparison.Ordinal);
        var customer = await Desk.Get(clerk, "/counter/customer?terminal=pos-01");
        foreach (var words in new[] { "住民票の写し", "× 2", "戸籍全部事項証明書", "住所証明", "1,050円" }) Assert.Contains(words, customer.Text, StringComparison.Ordinal);

        var pay = Hidden(shown.Text, "Pay");
        foreach (var _ in Enumerable.Range(0, 3)) await Desk.Post(clerk, $"{Till}?handler=Pay", [.. pay, ("way", "cash/counter/"), ("tendered", "２,０００")]);
        Assert.Equal(1, await Count(city));
        var paid = await Desk.Get(clerk, Till);
        Assert.Contains("受け取りました", paid.Text, StringComparison.Ordinal);
        Assert.Contains("950円", paid.Text, StringComparison.Ordinal);
        Assert.Equal(1_050, await city.Balance("cash/shimin-1"));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task A_sale_that_nobody_wrote_down_at_the_till_is_found_again()
    {
        await using var city = await City.Open();
        var clerk = await Clerk(city);
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "juminhyo"));
        var draft = (await city.Gateway.Database.Read(reader => TillStore.Find(reader, City.Code, "pos-01"))).Draft!;
        // The process died between the commit of the sale and the till's own row.
        await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", reference = draft.Reference, lines = new[] { new { fee = "juminhyo" } } }, payment = new { method = "cash" } });
        var page = await Desk.Get(clerk, Till);
        Assert.Contains("受け取りました", page.Text, StringComparison.Ordinal);
        await Desk.Post(clerk, $"{Till}?handler=Pay", ("way", "cash/counter/"), ("key", "again"), ("shown", "1"));
        Assert.Equal(1, await Count(city));
    }

    [Fact]
    public async Task A_cart_that_another_screen_changed_is_not_charged_before_it_was_seen()
    {
        await using var city = await City.Open();
        var clerk = await Clerk(city);
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "juminhyo"));
        var pay = Hidden((await Desk.Get(clerk, Till)).Text, "Pay");
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "koseki"));
        var refused = await Desk.Post(clerk, $"{Till}?handler=Pay", [.. pay, ("way", "cash/counter/")]);
        Assert.Equal(409, refused.Status);
        Assert.Contains("別の画面で変わりました", WebUtility.HtmlDecode(refused.Text), StringComparison.Ordinal);
        Assert.Equal(0, await Count(city));
    }

    [Fact]
    public async Task A_fee_that_is_closed_to_cashless_has_cash_alone()
    {
        await using var city = await City.OpenWithSandbox();
        var clerk = await Clerk(city);
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "my-number-card"));
        var page = (await Desk.Get(clerk, Till)).Text;
        Assert.Contains("value=\"cash/counter/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"qr/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"emoney/", page, StringComparison.Ordinal);
        Assert.Contains("いまは現金だけ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_pay_is_recorded_and_counted()
    {
        await using var city = await City.Open();
        var clerk = await Clerk(city);
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "jusho-kei"));
        var page = await Desk.Get(clerk, Till);
        await Desk.Post(clerk, $"{Till}?handler=Pay", [.. Hidden(page.Text, "Pay"), ("way", "cash/counter/")]);
        Assert.Contains("記録しました", (await Desk.Get(clerk, Till)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await Count(city));
        Assert.Equal(1, (await city.Get("/v1/places/shimin-1/days/" + (await city.Get("/v1/places/shimin-1")).Json.GetProperty("day").GetProperty("date").GetString())).Json.GetProperty("totals").GetProperty("freeCount").GetInt64());
    }

    [Fact]
    public async Task A_household_of_six_counts_twice_and_a_waiver_is_free_without_a_word_of_its_ground_to_the_customer()
    {
        await using var city = await City.Open();
        var clerk = await Clerk(city);
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "juminhyo"));
        await Desk.Post(clerk, $"{Till}?handler=Line", ("row", "0"), ("quantity", "1"), ("people", "6"));
        Assert.Contains("600円", (await Desk.Get(clerk, Till)).Text, StringComparison.Ordinal);
        await Desk.Post(clerk, $"{Till}?handler=Line", ("row", "0"), ("quantity", "1"), ("people", "6"), ("ground", "G01"), ("decisionNumber", "R08-12"));
        var page = WebUtility.HtmlDecode((await Desk.Get(clerk, Till)).Text);
        Assert.Contains("お金は受け取りません", page, StringComparison.Ordinal);
        Assert.Contains("生活保護", page, StringComparison.Ordinal);
        var customer = WebUtility.HtmlDecode((await Desk.Get(clerk, "/counter/customer?terminal=pos-01")).Text);
        Assert.Contains("減免", customer, StringComparison.Ordinal);
        Assert.DoesNotContain("生活保護", customer, StringComparison.Ordinal);
        await Desk.Post(clerk, $"{Till}?handler=Pay", [.. Hidden(page, "Pay"), ("way", "cash/counter/")]);
        Assert.Equal(0, await Count(city));
        Assert.Contains("免除", WebUtility.HtmlDecode((await Desk.Get(clerk, "/counter/sales?place=shimin-1")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_place_sells_most_comes_first_and_the_rest_is_found_without_JavaScript()
    {
        await using var city = await City.Open();
        var clerk = await Clerk(city);
        await city.Post("/v1/places/shimin-1/favourites", new { fees = new[] { "mibun", "inkan" } });
        var all = (await Desk.Get(clerk, Till)).Text;
        Assert.True(all.IndexOf("value=\"mibun\"", StringComparison.Ordinal) < all.IndexOf("value=\"inkan\"", StringComparison.Ordinal));
        Assert.True(all.IndexOf("value=\"inkan\"", StringComparison.Ordinal) < all.IndexOf("value=\"koseki\"", StringComparison.Ordinal));
        var found = (await Desk.Get(clerk, $"{Till}?q=%E3%81%93%E3%81%9B%E3%81%8D")).Text;
        Assert.Contains("value=\"koseki\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"mibun\"", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sale_in_doubt_is_locked_keeps_its_slip_and_stays_on_the_list_when_the_next_customer_comes()
    {
        await using var city = await City.OpenWithSandbox();
        var clerk = await Clerk(city);
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "juminhyo"));
        ((CashlessGateway.Sandbox.Square.SquareSandbox)city.StandIn("square").StandIn).Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.DropAfter) { Times = 100 });
        await Desk.Post(clerk, $"{Till}?handler=Pay", [.. Hidden((await Desk.Get(clerk, Till)).Text, "Pay"), ("way", "emoney/terminal/suica")]);
        var page = (await Desk.Get(clerk, Till)).Text;
        Assert.Contains("処理未了", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"way\"", page, StringComparison.Ordinal);
        Assert.Equal(409, (await Desk.Post(clerk, $"{Till}?handler=Drop", ("key", "drop"))).Status);
        Assert.Equal(303, (await Desk.Post(clerk, $"{Till}?handler=Slip", ("key", "slip"), ("slip", "M-0042"))).Status);

        Assert.Equal(303, (await Desk.Post(clerk, $"{Till}?handler=Next")).Status);
        var list = (await Desk.Get(clerk, "/counter/doubt?place=shimin-1")).Text;
        Assert.Contains("M-0042", list, StringComparison.Ordinal);
        Assert.Contains("55日以内に調査を依頼します", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_releases_a_doubt_and_what_then_proves_paid_is_overpaid()
    {
        await using var city = await City.OpenWithSandbox();
        var desk = new Desk(city);
        var (one, two) = (desk.As(await desk.Person(Role.CounterManager)), desk.As(await desk.Person(Role.CounterManager)));
        await Desk.Post(one, $"{Till}?handler=Add", ("fee", "juminhyo"));
        var square = (CashlessGateway.Sandbox.Square.SquareSandbox)city.StandIn("square").StandIn;
        square.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.DropAfter) { Times = 100 });
        await Desk.Post(one, $"{Till}?handler=Pay", [.. Hidden((await Desk.Get(one, Till)).Text, "Pay"), ("way", "emoney/terminal/suica")]);
        foreach (var (who, key) in new[] { (one, "first"), (two, "second") })
            Assert.Equal(303, (await Desk.Post(who, $"{Till}?handler=Resolve", ("key", key), ("outcome", "notTaken"), ("reason", "残高が減っていない"), ("evidence", "M-0042"))).Status);
        await Desk.Post(one, $"{Till}?handler=Pay", ("key", "cash"), ("way", "cash/counter/"));
        Assert.Contains("受け取りました", (await Desk.Get(one, Till)).Text, StringComparison.Ordinal);

        square.Faults.Clear();
        var first = (await city.Get("/v1/payments")).Json.GetProperty("items").EnumerateArray().Single(payment => payment.GetProperty("method").GetString() == "emoney");
        Assert.Equal(CashlessGateway.Sandbox.Square.SquareResult.Paid, square.Customer.Do(first.GetProperty("id").GetString()!, brand: "FELICA_TRANSPORTATION"));
        await city.AskProviders(TimeSpan.FromMinutes(5));
        Assert.Equal("overpaid", (await city.Get($"/v1/receivables/{first.GetProperty("receivable").GetString()}"))["status"]);
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task Two_clerks_at_one_bill_take_it_once()
    {
        await using var city = await City.Open();
        var (one, two) = (await Clerk(city), await Clerk(city));
        const string slip = "］Ｃ１ 91912345000000120260000010104099999900285008";
        Assert.Equal(303, (await Desk.Post(one, $"{Till}?handler=Scan", ("code", slip), ("key", "a"))).Status);
        Assert.Equal(303, (await Desk.Post(two, "/counter/till/pos-02?handler=Scan", ("code", slip), ("key", "b"))).Status);
        Assert.Equal(303, (await Desk.Post(one, $"{Till}?handler=Pay", ("way", "cash/counter/"), ("key", "c"))).Status);
        var late = await Desk.Post(two, "/counter/till/pos-02?handler=Pay", ("way", "cash/counter/"), ("key", "d"));
        Assert.Equal(409, late.Status);
        Assert.Contains("納付済みです", WebUtility.HtmlDecode(late.Text), StringComparison.Ordinal);
        var again = WebUtility.HtmlDecode((await Desk.Post(one, "/counter/till/pos-03?handler=Scan", ("code", slip), ("key", "e"))).Text);
        Assert.Contains("納付済みです。お金を受け取らないでください", again, StringComparison.Ordinal);
        Assert.Equal(1, await Count(city));
    }

    [Fact]
    public async Task A_sale_that_is_taken_back_comes_again_as_a_cart_and_is_a_new_sale()
    {
        await using var city = await City.OpenWithSandbox();
        var clerk = await Clerk(city);
        await Desk.Post(clerk, $"{Till}?handler=Add", ("fee", "juminhyo"));
        await Desk.Post(clerk, $"{Till}?handler=Pay", [.. Hidden((await Desk.Get(clerk, Till)).Text, "Pay"), ("way", "qr/merchantCode/paypay")]);
        Assert.Contains("支払いを待っています", (await Desk.Get(clerk, Till)).Text, StringComparison.Ordinal);
        Assert.Equal(303, (await Desk.Post(clerk, $"{Till}?handler=Cancel", ("key", "give-up"))).Status);
        Assert.Equal(303, (await Desk.Post(clerk, $"{Till}?handler=Drop", ("key", "back"))).Status);
        var cart = (await Desk.Get(clerk, Till)).Text;
        Assert.Contains("住民票の写し を1つ増やす", WebUtility.HtmlDecode(cart), StringComparison.Ordinal);
        Assert.Equal(303, (await Desk.Post(clerk, $"{Till}?handler=Pay", [.. Hidden(cart, "Pay"), ("way", "cash/counter/")])).Status);
        Assert.Equal(300, await city.Balance("cash/shimin-1"));
    }

    [Fact]
    public async Task Who_takes_no_money_at_a_place_does_not_see_its_till()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        Assert.Equal(404, (await Desk.Get(desk.As(await desk.Person(Role.Clerk, "shisanzei-1")), Till)).Status);
        Assert.Equal(403, (await Desk.Get(desk.As(await desk.Person(Role.Treasury)), Till)).Status);
        Assert.Equal(404, (await Desk.Get(desk.As(await desk.Person(Role.Clerk)), "/counter/till/none")).Status);
    }

    private static async Task<HttpClient> Clerk(City city)
    {
        var desk = new Desk(city);
        return desk.As(await desk.Person(Role.Clerk));
    }

    private static Task<long> Count(City city) => city.Gateway.Database.One<long>(Payments, new { municipality = City.Code })!;

    /// <summary>The hidden fields of one of the page's forms.</summary>
    private static (string, string)[] Hidden(string page, string handler)
    {
        var start = page.IndexOf($"action=\"?handler={handler}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no form {handler} on: {page}");
        var form = page[start..page.IndexOf("</form>", start, StringComparison.Ordinal)];
        return [.. HiddenField().Matches(form).Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))];
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField();
}
