using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Jobs;

public sealed class ForgetAnswersTests
{
    private static readonly object Sale = new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" } } }, payment = new { method = "cash", cash = new { tenderedAmount = 300 } } };

    [Theory, EachEngine]
    public async Task A_key_answers_for_400_days_and_is_then_forgotten(Engine engine)
    {
        await using var city = await City.Open(engine);
        var first = await city.Post("/v1/sales", Sale, "old");
        Assert.Equal(201, first.Status);

        city.Time.Advance(TimeSpan.FromDays(399));
        var later = await city.Post("/v1/sales", Sale, "new");
        Assert.Equal(0, await Forget(city));
        Assert.Equal(first.Text, (await city.Post("/v1/sales", Sale, "old")).Text);

        city.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await Forget(city));
        Assert.Equal(later.Text, (await city.Post("/v1/sales", Sale, "new")).Text);
        Assert.NotEqual(first.Text, (await city.Post("/v1/sales", Sale, "old")).Text);
    }

    [Fact]
    public async Task It_walks_through_all_keys_and_stops_at_its_limit()
    {
        await using var city = await City.Open();
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            for (var i = 0; i < 1_500; i++)
                await unit.Execute(new Sql("insert into idempotency (municipality, client, key_hash, request_hash, created_at) select @municipality, id, @hash, @hash, 0 from api_client where municipality = @municipality and name = @name"),
                    new { municipality = City.Code, hash = System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)), name = "デモ レジ" });
            return true;
        }, ReadBack.SafeToRepeat);
        var all = await city.Of<Database>().One<long>(new Sql("select count(*) from idempotency where municipality = @municipality and created_at = 0"), new { municipality = City.Code });
        Assert.True(all >= 1_500, $"{all}");
        Assert.Equal(1_200, await Forget(city, 1_200));
        Assert.Equal((int)all - 1_200, await Forget(city));
    }

    private static Task<int> Forget(City city, int limit = 1_000_000) => city.Of<ForgetAnswers>().Run(City.Code, limit, CancellationToken.None);
}
