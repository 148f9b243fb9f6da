using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Payments;

public sealed class ManyPaymentsTests
{
    private static readonly string[] Places = ["shimin-1", "shisanzei-1", "gyosei-kita", "service-ekimae", "gyosei-nishi"];

    [Theory, EachEngine]
    public async Task Payments_that_go_to_the_database_together_are_each_booked_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => city.OweCertificates(1)));
        var paid = await Task.WhenAll(owed.Select((receivable, index) => city.Post("/v1/payments", new { receivable = receivable.Id, place = Places[index % Places.Length], method = "cash" })));
        Assert.All(paid, answer => Assert.True(answer.Status == 201, answer.Text));
        foreach (var place in paid.GroupBy(answer => answer["place"]))
            Assert.Equal(Enumerable.Range(1, 40).Select(number => (long)number), place.Select(answer => answer.Number("receiptNumber")).Order());
        Assert.Equal(200 * 300, await city.Balance("cash/"));
        await city.BooksAreWhole();
    }

    [Theory, EachEngine]
    public async Task One_that_cannot_be_booked_does_not_take_its_neighbours_with_it(Engine engine)
    {
        await using var city = await City.Open(engine);
        var owed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => city.OweCertificates(1)));
        // Each receivable ten times at once, from every place: one of the ten lives, and all the others say why not.
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(index => city.Post("/v1/payments", new { receivable = owed[index % 20].Id, place = Places[index % Places.Length], method = "cash" })));
        Assert.Equal(20, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.True(answer is { Status: 409, Code: "already-paid" }, answer.Text));
        Assert.Equal(20 * 300, await city.Balance("cash/"));
        await city.BooksAreWhole();
    }
}
