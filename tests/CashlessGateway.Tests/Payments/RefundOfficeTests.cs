using System.Net.Http.Headers;
using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;

namespace CashlessGateway.Tests.Payments;

/// <summary>還付 of city money: ordered by the one office, let go by the other, whatever the sum.</summary>
public sealed class RefundOfficeTests
{
    private static readonly object BackByTransfer = new { reason = "過納", way = "bankTransfer", orderNumber = "R8-1" };

    [Fact]
    public async Task Two_people_of_one_office_do_not_suffice()
    {
        await using var city = await City.Open();
        using var colleague = await Client(city, Scopes.Approver, Office.Executive);
        var refund = await city.Post($"/v1/payments/{RefundTests.Payment(await city.Sell())}/refunds", BackByTransfer);
        var refused = await City.Send(colleague, $"/v1/refunds/{refund.Id}/approve", new { }, city.NewKey());
        Assert.Equal((403, "other-office"), (refused.Status, refused.Code));
        Assert.Equal("awaitingApproval", (await city.Get($"/v1/refunds/{refund.Id}"))["status"]);
        Assert.Equal(200, (await city.Approve($"/v1/refunds/{refund.Id}/approve")).Status);
    }

    [Fact]
    public async Task The_treasury_does_not_order_what_only_the_treasury_could_approve()
    {
        await using var city = await City.Open();
        using var treasury = await Client(city, Scopes.AllButApproval, Office.Treasury);
        var refused = await City.Send(treasury, $"/v1/payments/{RefundTests.Payment(await city.Sell())}/refunds", BackByTransfer, city.NewKey());
        Assert.Equal((403, "other-office"), (refused.Status, refused.Code));
        await city.BooksAreWhole();
    }

    [Fact]
    public async Task Whoever_may_approve_may_also_reject_without_being_of_another_office()
    {
        await using var city = await City.Open();
        using var colleague = await Client(city, Scopes.Approver, Office.Executive);
        var refund = await city.Post($"/v1/payments/{RefundTests.Payment(await city.Sell())}/refunds", BackByTransfer);
        Assert.Equal("failed", (await City.Send(colleague, $"/v1/refunds/{refund.Id}/reject", new { }, city.NewKey()))["status"]);
    }

    [Fact]
    public void A_managers_own_income_is_no_matter_of_the_citys_offices()
    {
        var mine = new CashlessGateway.Receivables.Receivable { MoneyOwner = "manager:協会" };
        Assert.Null(CashlessGateway.Payments.Offices.Refuse(mine, Office.Executive, Office.Treasury));
        Assert.NotNull(CashlessGateway.Payments.Offices.Refuse(mine with { MoneyOwner = "city" }, Office.Executive, Office.Treasury));
    }

    private static async Task<HttpClient> Client(City city, IReadOnlyList<string> scopes, Office office)
    {
        var key = await city.Of<ApiClients>().Create(City.Code, city.Of<Ids>().Next(), "another", "demo", scopes, 1000, office: office);
        return new HttpClient { BaseAddress = city.Till.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key.Text) } };
    }
}
