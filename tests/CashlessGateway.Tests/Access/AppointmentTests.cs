using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Access;

public class AppointmentTests
{
    private static readonly BusinessDate Today = BusinessDate.Of(2026, 11, 21);

    [Theory, EachEngine]
    public async Task A_till_sends_only_operators_who_are_appointed_there_on_that_day(Engine engine)
    {
        await using var city = await City.Open(engine);
        Assert.Equal("operator-not-registered", (await Sell(city, "nobody")).Code);
        Assert.Equal("operator-not-registered", (await Sell(city, "c201")).Code);
        Assert.Equal(201, (await Sell(city, "c102")).Status);

        var receivable = (await city.OweCertificates()).Id;
        var refused = await city.Post("/v1/payments", new { receivable, place = "shimin-1", method = "cash", @operator = "c201" });
        Assert.Equal((422, "operator-not-registered", "/operator operator-not-registered"), (refused.Status, refused.Code, refused.Violations.Single()));
        Assert.Equal(201, (await city.Post("/v1/payments", new { receivable, place = "shimin-1", method = "cash", @operator = "c101" })).Status);
        Assert.Equal("operator-not-registered", (await city.Post("/v1/places/shimin-1/sessions", new { drawer = "d9", @operator = "c201", floatAmount = 0 })).Code);
        Assert.Equal("operator-not-registered", (await city.Post($"/v1/receivables/{receivable}/handover", new { @operator = "c201" })).Code);
        Assert.Equal(200, (await city.Post($"/v1/receivables/{receivable}/handover", new { @operator = "c103" })).Status);
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task A_term_begins_and_ends_at_midnight_in_Tokyo(Engine engine)
    {
        await using var city = await City.Open(engine);
        var desk = new Desk(city);
        var admin = await desk.Member(await desk.Person(Role.Admin));
        Assert.IsType<Result<Appointment>.Ok>(await city.Of<Appointments>().Appoint(admin, New("c900", "shimin-1", Today.AddDays(1), Today.AddDays(1))));
        Assert.Equal("operator-not-registered", (await Sell(city, "c900")).Code);
        city.Time.Set(Today.AddDays(1).Begins.ToDateTimeOffset());
        Assert.Equal(201, (await Sell(city, "c900")).Status);
        city.Time.Set(Today.AddDays(2).Begins.ToDateTimeOffset());
        Assert.Equal("operator-not-registered", (await Sell(city, "c900")).Code);
    }

    [Theory, EachEngine]
    public async Task One_code_names_one_person_at_a_place(Engine engine)
    {
        await using var city = await City.Open(engine);
        var desk = new Desk(city);
        var admin = await desk.Member(await desk.Person(Role.Admin));
        var many = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => city.Of<Appointments>().Appoint(admin, New("c901", "shimin-1", Today, Today.AddDays(9)))));
        Assert.Single(many, answer => answer is Result<Appointment>.Ok);
        async Task<bool> Taken(string place, int from) => await city.Of<Appointments>().Appoint(admin, New("c901", place, Today.AddDays(from), Today.AddDays(from))) is Result<Appointment>.Refused;
        Assert.True(await Taken("shimin-1", 9));
        Assert.True(await Taken("*", 5));
        Assert.False(await Taken("shisanzei-1", 5));
        Assert.False(await Taken("shimin-1", 10));
    }

    [Fact]
    public async Task The_receipt_names_whoever_was_appointed_on_that_day()
    {
        await using var city = await City.Open();
        var sale = await Sell(city, "c102");
        var receipt = await city.Get($"/v1/payments/{sale.Json.GetProperty("payment").GetProperty("id").GetString()}/receipt");
        Assert.Contains("桐野沢", receipt.Text, StringComparison.Ordinal);
    }

    private static Task<Answer> Sell(City city, string code) =>
        city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = 1 } } }, payment = new { method = "cash", @operator = code } });

    private static Appointment New(string code, string place, BusinessDate from, BusinessDate to) => new("", code, place, "試験", null, CashOffice.CashHandler, null, from, to);
}
