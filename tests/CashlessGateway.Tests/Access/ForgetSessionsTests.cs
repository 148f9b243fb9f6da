using CashlessGateway.Access.Staff;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Access;

public sealed class ForgetSessionsTests
{
    [Theory, EachEngine]
    public async Task A_session_is_deleted_some_months_after_its_end_and_not_before(Engine engine)
    {
        await using var city = await City.Open(engine);
        using (var browser = new Browser(city)) await browser.SignIn("clerk");
        var job = city.Of<ForgetSessions>();
        city.Time.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, await job.Run(City.Code, 1000, default));
        Assert.Equal(1, await Sessions(city));
        city.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, await job.Run(City.Code, 1000, default));
        Assert.Equal(0, await Sessions(city));
    }

    private static async Task<long> Sessions(City city) => await city.Of<Database>().One<long>(new Sql("select cast(count(*) as bigint) from staff_session where municipality = @municipality"), new { municipality = City.Code });
}
