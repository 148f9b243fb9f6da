using CashlessGateway.Access;
using CashlessGateway.Drawers;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CashlessGateway.Tests.Places;

/// <summary>The few words that these tests need at the counter of 市民課.</summary>
internal static class Drawers
{
    public const string Place = "shimin-1";

    /// <summary>The demo city's places open by themselves; here a clerk must.</summary>
    public static Task LetClerkControl(this City city, string place = Place) =>
        city.Run(new Sql("update place set day_control = 'clerk' where municipality = @city and code = @place"), new { city = City.Code, place });

    public static Task<int> Run(this City city, Sql sql, object values) => city.Gateway.Database.WriteSurely(unit => unit.Execute(sql, values), ReadBack.SafeToRepeat);

    public static async Task<long> Count(this City city, string text) =>
        await city.Gateway.Database.One<long>(new Sql($"select cast(count(*) as bigint) from {text}"));

    public static Task<Answer> Begin(this City city, string drawer = "pos-01", long floatAmount = 20_000, string? op = "c102", string place = Place) =>
        city.Post($"/v1/places/{place}/sessions", new { drawer, @operator = op, floatAmount });

    public static Task<Answer> Inspect(this City city, Answer session, long countedAmount) =>
        city.Post($"/v1/places/{session["place"]}/sessions/{session.Id}/inspect", new { countedAmount });

    public static Task<Answer> Close(this City city, Answer session, long countedAmount, string? reason = null, long? sales = null, bool closeDay = false) =>
        city.Post($"/v1/places/{session["place"]}/sessions/{session.Id}/close", new { countedAmount, sales, reason, closeDay });

    public static Task<Answer> Day(this City city, string date = "2026-11-21", string place = Place) => city.Get($"/v1/places/{place}/days/{date}");

    public static async Task<string> SellAt(this City city, string terminal, int count = 1)
    {
        var sale = await city.Post("/v1/sales", new
        {
            receivable = new { kind = "counterSale", place = Place, lines = new[] { new { fee = "juminhyo", quantity = count } } },
            payment = new { method = "cash", terminal },
        });
        Assert.Equal(201, sale.Status);
        return sale.Json.GetProperty("payment").GetProperty("id").GetString()!;
    }

    /// <summary>A till of somebody answerable for the counter.</summary>
    public static Task<HttpClient> Manager(this City city) => city.ClientWith([.. Scopes.AllButApproval, Scopes.SessionsManage]);

    public static CloseDays CloseDays(this City city)
    {
        var clock = city.Of<Clock>();
        return new CloseDays(city.Gateway.Database, new CloseDay(city.Gateway.Database, city.Of<Sealer>(), city.Of<Anchors>(), clock, city.Of<Ids>(), NullLogger<CloseDay>.Instance), clock);
    }

    /// <summary>A payment whose outcome is open, begun now at a terminal.</summary>
    public static async Task<string> Pending(this City city, string terminal, string place = Place, string method = "qr", string? brand = null)
    {
        var owed = await city.OweCertificates();
        var payment = new Payment
        {
            Municipality = City.Code,
            Id = city.Of<Ids>().Next(),
            Receivable = owed.Id["rcv_".Length..],
            Place = place,
            Terminal = terminal,
            Method = method,
            Brand = brand,
            Presentation = method == "qr" ? "customerCode" : "terminal",
            Provider = method == "qr" ? "paypay-main" : "square-main",
            Amount = new Yen(600),
            Status = "inDoubt",
            Slot = owed.Id["rcv_".Length..],
            Client = "demo",
            Version = 1,
            CreatedAt = city.Of<Clock>().Now(),
        };
        await city.Gateway.Database.WriteSurely(async unit =>
        {
            await PaymentStore.Insert(unit, payment);
            return 0;
        }, ReadBack.SafeToRepeat);
        return "pay_" + payment.Id;
    }
}
