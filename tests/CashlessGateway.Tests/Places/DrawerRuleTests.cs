using CashlessGateway.Drawers;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;

namespace CashlessGateway.Tests.Places;

public sealed class DrawerRuleTests
{
    private static readonly Session Morning = new() { Id = "1", Drawer = "pos-01", Operator = "c101" };
    private static readonly Session Other = new() { Id = "2", Drawer = "pos-02", Operator = "c102" };
    private static readonly Session Automatic = new() { Id = "3", Drawer = "auto-2026-11-21" };

    [Theory]
    [InlineData("pos-02", null, "2")]
    [InlineData(null, "c102", "2")]
    [InlineData("pos-01", "c102", "1")]
    [InlineData("reader-9", "c999", "3")]
    public void An_unfinished_payment_belongs_where_it_would_be_listed(string? terminal, string? op, string session)
    {
        var payment = new UnfinishedPayment { Id = "p", Terminal = terminal, Operator = op };
        Session[] open = [Morning, Other, Automatic];
        Assert.Equal([session], open.Where(each => UnfinishedPayments.Belonging(each.Id, open, [payment]).Count > 0).Select(each => each.Id));
    }

    [Fact]
    public void Where_nothing_tells_the_last_session_to_close_answers_for_the_payment()
    {
        UnfinishedPayment[] payments = [new() { Id = "p" }];
        Assert.Empty(UnfinishedPayments.Belonging("1", [Morning, Other], payments));
        Assert.Empty(UnfinishedPayments.Belonging("2", [Morning, Other], payments));
        Assert.Equal(["pay_p"], UnfinishedPayments.Belonging("2", [Other], payments).Select(each => each.PublicId));
    }

    [Theory]
    [InlineData(-100, "cashDifference/a", "cash/a")]
    [InlineData(100, "cash/a", "cashDifference/a")]
    public void A_difference_moves_between_cash_and_the_unexplained(long difference, string debited, string credited)
    {
        var postings = DrawerCash.DifferenceEntry(new Place { Code = "a", Section = "市民課" }, new Yen(difference), BusinessDate.Of(2027, 3, 31));
        Assert.Equal([(debited, 100L, 0L), (credited, 0L, 100L)], postings.Select(posting => (posting.Account.Name, posting.Debit.Value, posting.Credit.Value)));
        Assert.All(postings, posting => Assert.Equal(("01", 2026), (posting.Kaikei, posting.Year.Value)));
    }
}
