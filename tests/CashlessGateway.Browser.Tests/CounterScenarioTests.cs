using CashlessGateway.Counter;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CashlessGateway.Browser.Tests;

/// <summary>Days at a counter as cities describe them: households, waivers, cash only, a terminal that was quicker, e-money that cannot be undone.</summary>
public sealed class CounterScenarioTests(CounterSite site) : IClassFixture<CounterSite>
{
    private const string DemoCity = "072036";

    [Fact]
    public async Task A_household_of_six_counts_twice_and_who_lives_on_welfare_pays_nothing()
    {
        var page = await Till("pos-01");
        await page.ClickAsync("button[name=fee][value=juminhyo]");
        await page.ClickAsync(".cart summary");
        await page.FillAsync("#people-0", "6");
        await page.ClickAsync(".cart details button");
        await Expect(page.Locator(".total strong")).ToHaveTextAsync("600円");
        await page.ClickAsync(".cart summary");
        await page.SelectOptionAsync("#ground-0", "G01");
        await page.ClickAsync(".cart details button");
        await Expect(page.Locator(".total strong")).ToHaveTextAsync("0円");
        await page.ClickAsync("text=記録する >> nth=0");
        await Expect(page.Locator(".result.good")).ToContainTextAsync("お金は受け取りません");
        await page.GotoAsync("/counter/sales?place=shimin-1");
        await Expect(page.Locator("td.state.good").First).ToContainTextAsync("無料・免除");
    }

    [Fact]
    public async Task A_fee_that_is_closed_to_cashless_offers_cash_and_says_why_not_the_rest()
    {
        var page = await Till("pos-02");
        await page.ClickAsync("button[name=fee][value=my-number-card]");
        await Expect(page.Locator("button[name=way]")).ToHaveCountAsync(1);
        await Expect(page.Locator(".shut")).ToContainTextAsync("個人番号カードの再交付");
    }

    [Fact]
    public async Task What_the_terminal_finished_is_booked_by_its_approval_and_nanaco_goes_back_by_transfer_after_another_office_agrees()
    {
        var page = await Till("pos-03");
        await page.FillAsync("#scan", "91912345000000120260000010104099999900285008");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".total strong")).ToHaveTextAsync("28,500円");
        await page.GotoAsync("/counter/sales/" + await Bill(page));
        await page.ClickAsync("summary:has-text('端末では終わっているのに')");
        await page.SelectOptionAsync("#at", "pos-03");
        await page.FillAsync("#approvalNumber", "000123");
        await page.SelectOptionAsync("#method", "emoney");
        await page.FillAsync("#brand", "nanaco");
        await page.ClickAsync("button:has-text('結び付ける')");
        await Expect(page.Locator(".result.good")).ToContainTextAsync("結び付けました");

        await page.ClickAsync("section.card:has-text('電子マネー') summary >> nth=0");
        await Expect(page.Locator("fieldset:has-text('返し方')")).ToContainTextAsync("取消できません。現金か口座振込で返します");
        await Expect(page.Locator("input[name=way]")).ToHaveCountAsync(1);
        await page.FillAsync("[name=reason]", "二重に納めた");
        await page.FillAsync("[name=orderNumber]", "還付-1");
        await page.ClickAsync("button:has-text('返す')");
        await Expect(page.Locator(".result.good")).ToContainTextAsync("承認を待っています");

        var treasury = await site.Sit("approver");
        await treasury.GotoAsync("/counter/refunds");
        await Looks.Axe(treasury);
        await treasury.ClickAsync("button:has-text('承認する')");
        await Expect(treasury.Locator(".result.good")).ToContainTextAsync("承認しました");
        await treasury.ClickAsync("button:has-text('振り込んだ')");
        await Expect(treasury.Locator("main")).ToContainTextAsync("終わっていない返金はありません");
    }

    /// <summary>The sale that the till is at.</summary>
    private async Task<string> Bill(IPage page)
    {
        await Expect(page.Locator("#what")).ToBeVisibleAsync();
        return "rcv_" + (await site.Gateway.Database.Read(static reader => TillStore.Find(reader, DemoCity, "pos-03"))).Sale;
    }

    private async Task<IPage> Till(string terminal)
    {
        var page = await site.Sit("clerk");
        await site.Of<TillStore>().Change(DemoCity, terminal, "test", static till => till.Emptied);
        await page.GotoAsync($"/counter/till/{terminal}?lang=ja");
        return page;
    }
}
