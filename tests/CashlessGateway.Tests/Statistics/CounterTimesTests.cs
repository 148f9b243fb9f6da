using CashlessGateway.Money;
using CashlessGateway.Statistics;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Statistics;

public sealed class CounterTimesTests
{
    private static readonly Instant Nine = BusinessDate.Of(2026, 4, 1).Begins.Plus(TimeSpan.FromHours(9));

    [Fact]
    public void Medians_are_of_what_was_measured_and_of_nothing_else()
    {
        var rows = CounterTimes.Medians([Measured(60, 30), Measured(120, 40), Measured(600, 3_600), Measured(null, 50), Measured(-60, null)]);
        var row = Assert.Single(rows);
        Assert.Equal(("shimin-1", "住民票の写し", 5L), (row.Place, row.Procedure, row.Count));
        Assert.Equal((120L, 40L), (row.TicketToStart, row.StartToPaid));
        Assert.Null(row.PaidToHandedOver);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task A_sale_tells_how_long_it_took_from_ticket_to_handover(Engine engine)
    {
        await using var city = await City.Open(engine);
        var now = city.Of<Clock>().Now();
        var sale = await city.Post("/v1/sales", new
        {
            receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo" }, new { fee = "koseki" } }, times = new { ticketAt = now.Plus(TimeSpan.FromMinutes(-9)).ToString(), startedAt = now.Plus(TimeSpan.FromMinutes(-1)).ToString() } },
            payment = new { method = "cash" },
        });
        city.Time.Advance(TimeSpan.FromMinutes(3));
        await city.Post($"/v1/receivables/{sale.Json.GetProperty("receivable").GetProperty("id").GetString()}/handover", new { @operator = "c101" });
        var times = (await city.Get("/v1/statistics/times?place=shimin-1")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["住民票の写し", "戸籍全部事項証明書"], times.Select(row => row.GetProperty("procedure").GetString()).Order());
        Assert.All(times, row => Assert.Equal((480, 60, 180, 720), (row.GetProperty("ticketToStart").GetInt32(), row.GetProperty("startToPaid").GetInt32(), row.GetProperty("paidToHandedOver").GetInt32(), row.GetProperty("ticketToHandedOver").GetInt32())));
    }

    private static CounterTime Measured(int? wait, int? pay) => new("shimin-1", "住民票の写し", wait is { } seconds ? Nine.Plus(TimeSpan.FromSeconds(-seconds)) : null, Nine, pay is { } took ? Nine.Plus(TimeSpan.FromSeconds(took)) : null, null);
}
