using CashlessGateway.Counter;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CashlessGateway.Browser.Tests;

/// <summary>A counter as clerk and customer meet it. Each test has a till of its own.</summary>
public sealed class CounterScreenTests(CounterSite site) : IClassFixture<CounterSite>
{
    private const string DemoCity = "072036";

    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

    [Fact]
    public async Task Certificates_of_two_sections_and_a_free_one_are_paid_by_PayPay_in_five_taps_and_both_screens_follow()
    {
        var clerk = await Till("pos-01");
        var customer = await clerk.Context.NewPageAsync();
        await customer.GotoAsync("/counter/customer?terminal=pos-01");
        foreach (var fee in new[] { "juminhyo", "juminhyo", "koseki", "jusho-kei" }) await clerk.ClickAsync($"button[name=fee][value={fee}]");
        await Expect(clerk.Locator(".total strong")).ToHaveTextAsync("1,050円");
        await Expect(customer.Locator("tfoot .amount")).ToHaveTextAsync("1,050円", new() { Timeout = 20_000 });
        await Expect(customer.Locator("tbody tr")).ToHaveCountAsync(3);
        await Looks.Look(customer, null);

        await clerk.ClickAsync("button[value='qr/merchantCode/paypay']");
        await Expect(clerk.Locator(".waiting .qr")).ToBeVisibleAsync(Soon);
        await Expect(customer.Locator(".qr")).ToBeVisibleAsync(Soon);
        await Looks.Look(clerk, null);
        site.PayPay.Customer.Pay((await Payments()).Last(static id => id.Length > 0));
        await Expect(clerk.Locator(".result.good")).ToContainTextAsync("1,050円", new() { Timeout = 20_000 });
        await Expect(customer.Locator(".good")).ToBeVisibleAsync(Soon);
        await clerk.ClickAsync("text=証明書をお渡しした");
        await Expect(clerk.Locator("text=お渡し済み")).ToBeVisibleAsync();
        await clerk.ClickAsync("text=次のお客様");
        await Expect(clerk.Locator(".tiles")).ToBeVisibleAsync();

        async Task<IReadOnlyList<string>> Payments() => await clerk.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.waiting')].length ? [document.querySelector('[data-step]').dataset.step.split('.')[2]] : []") is [var raw] ? ["pay_" + raw] : [];
    }

    [Fact]
    public async Task With_the_keyboard_alone_a_fee_is_found_by_its_kana_and_cash_is_taken_with_change()
    {
        var page = await Till("pos-02");
        await page.FocusAsync("#find");
        await page.Keyboard.TypeAsync("こせきこじん");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".cart-name")).ToHaveTextAsync("戸籍個人事項証明書");
        await page.FocusAsync("#tendered");
        await page.Keyboard.TypeAsync("1000");
        await Expect(page.Locator("[data-change]")).ToHaveTextAsync("おつり 550円");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".change-given strong")).ToHaveTextAsync("550円");
        await page.Keyboard.PressAsync("Tab");
        await Looks.Look(page, null);
    }

    [Theory]
    [InlineData("pos-03", "]C191912345000000120260000010204099999900412005", "41,200円")]
    [InlineData("pos-03", "［Ｃ１９１９１２３４５０００００００１２０２６００００００１０３０３１９９９９９９００１７３００４", null)]
    [InlineData("pos-03", "(91)912345000000120260000010303199999900173004", "17,300円")]
    public async Task A_slip_is_scanned_however_the_scanner_is_set(string till, string scanned, string? amount)
    {
        var page = await Till(till);
        await page.FocusAsync("#scan");
        await page.Keyboard.InsertTextAsync(scanned);
        await page.Keyboard.PressAsync("Enter");
        if (amount is null) await Expect(page.Locator(".result.bad")).ToBeVisibleAsync();
        else await Expect(page.Locator(".total strong")).ToHaveTextAsync(amount);
    }

    [Fact]
    public async Task A_network_that_is_cut_while_the_customer_pays_is_said_and_the_screen_comes_back_to_the_truth()
    {
        var page = await Till("pos-01");
        await page.ClickAsync("button[name=fee][value=inkan]");
        await page.ClickAsync("button[value='qr/merchantCode/paypay']");
        await Expect(page.Locator(".waiting .qr")).ToBeVisibleAsync(Soon);
        var payment = "pay_" + (await page.Locator("[data-step]").First.GetAttributeAsync("data-step"))!.Split('.')[2];
        await page.Context.SetOfflineAsync(true);
        await Expect(page.Locator("[data-offline]")).ToBeVisibleAsync(Soon);
        site.PayPay.Customer.Pay(payment);
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Locator(".result.good")).ToContainTextAsync("300円", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_doubt_locks_the_sale_keeps_its_slip_and_is_followed_until_the_provider_answers()
    {
        var page = await Till("pos-02");
        await page.ClickAsync("button[name=fee][value=mibun]");
        site.Square.Faults.Add(new FaultRule(ApiOperation.Any, FaultKind.DropAfter) { Times = 10_000 });
        try
        {
            await page.ClickAsync("button[value='emoney/terminal/suica']");
            await Expect(page.Locator(".result.doubt")).ToBeVisibleAsync(Soon);
            await Expect(page.Locator("button[name=way]")).ToHaveCountAsync(0);
            await Looks.Look(page, null);
            await page.FillAsync("#slip", "M-0042");
            await page.ClickAsync("text=番号を記録する");
            await Expect(page.Locator(".result.good")).ToContainTextAsync("記録しました");
            var list = await page.Context.NewPageAsync();
            await Looks.Look(list, "/counter/doubt?place=shimin-1");
            await Expect(list.Locator("td", new() { HasTextString = "M-0042" })).ToBeVisibleAsync();
        }
        finally
        {
            site.Square.Faults.Clear();
        }

        await Expect(page.Locator(".waiting")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var payment = "pay_" + (await page.Locator("[data-step]").First.GetAttributeAsync("data-step"))!.Split('.')[2];
        Assert.Equal(SquareResult.Paid, site.Square.Customer.Do(payment, brand: "FELICA_TRANSPORTATION"));
        await Expect(page.Locator(".result.good")).ToContainTextAsync("受け取りました", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task What_a_brand_forbids_stands_there_before_anything_is_pressed_and_cash_is_voided_at_once()
    {
        var page = await Till("pos-03");
        await page.ClickAsync("button[name=fee][value=koseki]");
        await page.ClickAsync(".cash-button");
        await page.ClickAsync("text=取消・返金");
        await page.ClickAsync("section.card summary >> nth=0");
        await Looks.Look(page, null);
        await page.FillAsync("[name=reason]", "打ち間違い");
        await page.ClickAsync("button:has-text('返す')");
        await Expect(page.Locator(".result.good")).ToContainTextAsync("取り消しました");
    }

    [Fact]
    public async Task Without_JavaScript_a_sale_is_made_all_the_same()
    {
        var page = await site.Sit("clerk", javaScript: false);
        await Empty(page, "pos-04");
        await page.ClickAsync("button[name=fee][value=shotoku]");
        await page.FillAsync("#tendered", "500");
        await page.ClickAsync("text=現金で受け取る");
        await Expect(page.Locator(".change-given strong")).ToHaveTextAsync("200円");
    }

    [Theory]
    [InlineData(1280, 720, "ja")]
    [InlineData(1920, 1080, "en")]
    public async Task Every_page_of_the_counter_is_accessible_and_fits_its_screen(int width, int height, string language)
    {
        var page = await site.Sit("clerk", width, height);
        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        await page.GotoAsync($"/counter?lang={language}");
        foreach (var path in new[] { "/counter", "/counter/till/pos-04", "/counter/customer?terminal=pos-04", "/counter/sales?place=shimin-1", "/counter/doubt", "/counter/handover?place=shimin-1", "/counter/refunds", "/counter/times" })
            await Looks.Look(page, path);
        Assert.Empty(errors);
        await page.GotoAsync("/counter?lang=ja");
    }

    [Fact]
    public async Task The_customers_screen_speaks_seven_languages()
    {
        var page = await Till("pos-01");
        await page.ClickAsync("button[name=fee][value=juminhyo]");
        await page.GotoAsync("/counter/customer?terminal=pos-01");
        foreach (var language in new[] { "easy", "en", "zh", "ko", "pt", "vi", "ja" })
        {
            await page.ClickAsync($"button[name=language][value={language}]");
            await Expect(page.Locator($"button[value={language}]")).ToHaveAttributeAsync("aria-pressed", "true");
            await Looks.Axe(page);
        }
    }

    private async Task<IPage> Till(string terminal)
    {
        var page = await site.Sit("clerk");
        await Empty(page, terminal);
        return page;
    }

    /// <summary>Whatever the till was left with is put aside.</summary>
    private async Task Empty(IPage page, string terminal)
    {
        await site.Of<TillStore>().Change(DemoCity, terminal, "test", static till => till.Emptied);
        await page.GotoAsync($"/counter/till/{terminal}?lang=ja");
        await Expect(page.Locator(".tiles")).ToBeVisibleAsync();
    }
}
