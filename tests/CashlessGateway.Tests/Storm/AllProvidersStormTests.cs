using System.Diagnostics;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Access;

namespace CashlessGateway.Tests.Storm;

/// <summary>
/// Payments through all three stand-ins while each of them drops, delays, doubles and distorts one call in twenty. Afterwards what the
/// books have captured is what the providers have taken, to the yen; nobody was charged twice; and nothing is in doubt once its provider answers.
/// </summary>
public sealed class AllProvidersStormTests(ITestOutputHelper output)
{
    private const double Share = 0.05;
    /// <summary>More than a city's busiest hour at one contract.</summary>
    private const int AtATime = 600;

    private const int Desks = 40;
    private const int SquareTerminals = 20;

    private static bool Long => Environment.GetEnvironmentVariable("CASHLESS_TEST_LONG") == "1";
    private static int Payments => int.TryParse(Environment.GetEnvironmentVariable("CASHLESS_TEST_PAYMENTS"), out var payments) ? payments : Long ? 100_000 : 600;
    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CASHLESS_TEST_SEED"), out var seed) ? seed : 20_261_121;

    private static readonly string[] Providers = ["paypay", "square", "stripe"];

    /// <summary>What a customer can be charged with, and how each provider can fail. A delayed or doubled notice is one of them.</summary>
    private static readonly (string Provider, ApiOperation[] Begin, ApiOperation[] Look, ApiOperation[] Cancel, ApiOperation[] Refund, ApiOperation[] RefundLook)[] Calls =
    [
        ("paypay", [ApiOperation.CreateCode], [ApiOperation.GetPayment], [ApiOperation.Cancel, ApiOperation.DeleteCode], [ApiOperation.Refund], [ApiOperation.GetRefund]),
        ("square", [ApiOperation.CreateCheckout], [ApiOperation.GetCheckout, ApiOperation.SearchCheckouts, ApiOperation.GetPayment, ApiOperation.ListPayments], [ApiOperation.Cancel], [ApiOperation.Refund], [ApiOperation.GetRefund, ApiOperation.ListRefunds]),
        ("stripe", [ApiOperation.CreateSession, ApiOperation.CreateIntent, ApiOperation.ProcessIntent], [ApiOperation.GetSession, ApiOperation.ListSessions, ApiOperation.GetPayment, ApiOperation.ListPayments, ApiOperation.GetReader], [ApiOperation.ExpireSession, ApiOperation.Cancel, ApiOperation.CancelAction], [ApiOperation.Refund], [ApiOperation.ListRefunds]),
    ];

    [Fact]
    public async Task What_the_books_have_is_what_three_providers_have_taken()
    {
        await using var city = await City.OpenWithSandbox();
        await AddTerminals(city);
        var watch = Stopwatch.StartNew();
        foreach (var calls in Calls)
        {
            var standIn = city.StandIn(calls.Provider).StandIn;
            standIn.Faults.Reseed(Seed);
            foreach (var rule in Faults(calls.Begin, calls.Look, calls.Cancel, calls.Refund, calls.RefundLook)) Try(standIn.Faults, rule with { Probability = Share });
            standIn.PayByThemselves(0.8, TimeSpan.Zero);
        }

        for (var (done, day) = (0, 0); done < Payments; done += AtATime, day++)
        {
            await Rush(city, Math.Min(AtATime, Payments - done), day);
            // The quiet hours between two rushes: what a provider lists of the last hour is one rush, as in a city. The faults go on.
            for (var i = 0; i < 36 && done + AtATime < Payments; i++) await FiveMinutes(city);
        }

        var taken = watch.Elapsed;

        // The faults stop; some minutes pass (what was delayed arrives, what was never answered is found or is finally absent).
        foreach (var provider in Providers) city.StandIn(provider).StandIn.Faults.Clear();
        for (var i = 0; i < 40; i++) await WholeRound(city, TimeSpan.FromSeconds(6));
        Assert.Empty((await city.Get("/v1/payments?status=inDoubt&limit=200")).Json.GetProperty("items").EnumerateArray());
        // And the rest of each page's half hour, and of the watch.
        for (var i = 0; i < 90; i++) await WholeRound(city, TimeSpan.FromSeconds(30));
        await Judge(city);
        output.WriteLine($"{Payments} payments, seed {Seed}: {taken.TotalSeconds:F0} s with faults; {string.Join(", ", Providers.Select(provider => $"{provider} {city.StandIn(provider).StandIn.Money().Count} begun, {city.StandIn(provider).StandIn.Money().Sum(static money => money.Net):N0} yen net"))}");
    }

    private static IEnumerable<FaultRule> Faults(ApiOperation[] begin, ApiOperation[] look, ApiOperation[] cancel, ApiOperation[] refund, ApiOperation[] refundLook)
    {
        foreach (var operation in begin)
            foreach (var kind in (FaultKind[])[FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.Garbage, FaultKind.Maintenance])
                yield return new FaultRule(operation, kind);
        foreach (var operation in begin) yield return new FaultRule(operation, FaultKind.ErrorAfter) { Status = 502 };
        foreach (var operation in look)
        {
            foreach (var kind in (FaultKind[])[FaultKind.DropBefore, FaultKind.Garbage, FaultKind.Maintenance]) yield return new FaultRule(operation, kind);
            yield return new FaultRule(operation, FaultKind.NotYet) { Ms = 3_000 };
        }

        foreach (var operation in cancel.Concat(refund))
        {
            foreach (var kind in (FaultKind[])[FaultKind.DropBefore, FaultKind.DropAfter]) yield return new FaultRule(operation, kind);
            yield return new FaultRule(operation, FaultKind.ErrorAfter) { Status = 502 };
        }

        foreach (var operation in refundLook) yield return new FaultRule(operation, FaultKind.DropBefore);
        yield return new FaultRule(ApiOperation.Webhook, FaultKind.DropWebhook);
        yield return new FaultRule(ApiOperation.Webhook, FaultKind.DuplicateWebhook);
    }

    /// <summary>A fault that has no meaning for a call of this provider is left out.</summary>
    private static void Try(FaultSet faults, FaultRule rule)
    {
        try
        {
            faults.Add(rule);
        }
        catch (ArgumentException)
        {
            // Not for this one.
        }
    }

    /// <summary>One customer. The first desks have a terminal of their own, which serves one customer at a time.</summary>
    private static async Task Visit(City city, int desk, Random chance)
    {
        object payment = desk switch
        {
            < SquareTerminals => chance.Next(3) switch
            {
                0 => new { method = "emoney", presentation = "terminal", brand = "id", terminal = Terminal(desk) },
                1 => new { method = "qr", presentation = "terminal", terminal = Terminal(desk) },
                _ => (object)new { method = "card", presentation = "terminal", terminal = Terminal(desk) },
            },
            _ when chance.Next(2) == 0 => new { method = "card", presentation = "online", returnUrl = "https://www.city.example.jp/back" },
            _ => new { method = "qr", presentation = "merchantCode" },
        };
        Answer sale;
        var key = city.NewKey();
        while ((sale = await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "shimin-1", lines = new[] { new { fee = "juminhyo", quantity = chance.Next(1, 9) } } }, payment }, key)).Status is 503 or 409) await Task.Delay(20);
        Assert.True(sale.Status == 201, sale.Text);
        var id = sale.Json.GetProperty("payment").GetProperty("id").GetString()!;
        switch (chance.Next(8))
        {
            case 0:
                await city.Post($"/v1/payments/{id}/cancel", new { });
                break;
            case 1 or 2:
                for (var i = 0; i < 100 && !PaymentStates.IsFinal(Names.Parse<PaymentState>((await city.Get($"/v1/payments/{id}"))["status"]!)); i++) await Task.Delay(20);
                var asked = await city.Post($"/v1/payments/{id}/refunds", new { reason = "過納", way = "refund" });
                if (asked.Status == 201) await city.Approve($"/v1/refunds/{asked.Id}/approve");
                break;
        }
    }

    private static string Terminal(int desk) => $"storm-{desk:00}";

    /// <summary>Paired as on the page of terminals.</summary>
    private static async Task AddTerminals(City city)
    {
        var (places, pairing) = (city.Of<PlaceStore>(), city.Of<PairTerminal>());
        var admin = Newcomer.Administrator();
        for (var desk = 0; desk < SquareTerminals; desk++)
        {
            var terminal = Terminal(desk);
            await places.Add(City.Code, new Terminal(terminal, "shimin-1", terminal, "reader"), city.Of<Clock>().Now(), static _ => Task.CompletedTask);
            Assert.Null(await pairing.Begin(admin, terminal, "square-main", null, default));
            var code = (await pairing.All(City.Code, default)).Single(device => device.Terminal == terminal).PairingCode!;
            Assert.True(((SquareSandbox)city.StandIn("square").StandIn).Customer.Pair(code, $"STORM{desk:00}"));
            Assert.Null(await pairing.Look(admin, terminal, "square-main", default));
        }
    }

    /// <summary>All desks at once, until so many customers have been served.</summary>
    private static async Task Rush(City city, int payments, int day)
    {
        using var stop = new CancellationTokenSource();
        var asking = Ask(city, stop.Token);
        var left = payments;
        await Task.WhenAll(Enumerable.Range(0, Desks).Select(async desk =>
        {
            var chance = new Random(Seed + (1_000 * day) + desk);
            while (Interlocked.Decrement(ref left) >= 0) await Visit(city, desk, chance);
        }));
        await stop.CancelAsync();
        await asking;
    }

    private static async Task FiveMinutes(City city)
    {
        city.Time.Advance(TimeSpan.FromMinutes(5));
        await city.Of<AskDuePayments>().Run(City.Code, 10_000, CancellationToken.None);
        await Task.Delay(20);
    }

    private static async Task Ask(City city, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            // A circuit that opened rests for twenty of these seconds.
            await city.AskProviders(TimeSpan.FromSeconds(4));
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Until every question of this moment has been answered, however many there are.</summary>
    private static async Task WholeRound(City city, TimeSpan later)
    {
        city.Time.Advance(later);
        while (await city.Of<AskDuePayments>().Run(City.Code, 10_000, CancellationToken.None) > 0) await Task.Delay(5);
    }

    private static async Task Judge(City city)
    {
        var books = new Dictionary<string, (string Status, long Amount)>(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await city.Get($"/v1/payments?limit=200{(cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "")}");
            foreach (var payment in page.Json.GetProperty("items").EnumerateArray())
                books[payment.GetProperty("id").GetString()!] = (payment.GetProperty("status").GetString()!, payment.GetProperty("amount").GetInt64());
            cursor = page["nextCursor"];
        }

        Assert.All(books, static payment => Assert.True(PaymentStates.IsFinal(Names.Parse<PaymentState>(payment.Value.Status)), $"{payment.Key} is {payment.Value.Status}"));
        var taken = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var provider in Providers)
        {
            var standIn = city.StandIn(provider).StandIn;
            foreach (var money in standIn.Money().Where(static money => money.Taken))
            {
                Assert.True(taken.TryAdd(money.Reference, money.Amount), $"{money.Reference} was charged twice at {provider}");
                Assert.True(books[money.Reference] == ("captured", money.Amount), $"{money.Reference} is taken at {provider}, {money.Amount} yen, and {books[money.Reference]} here");
            }

            Assert.True(standIn.Money().Any(static money => money.Refunded > 0), $"{provider} refunded nothing: the storm did not reach it");
            Assert.Equal(standIn.Money().Sum(static money => money.Net), await city.Balance($"clearing/{provider}-main/shimin-1"));
        }

        Assert.Equal(books.Where(static payment => payment.Value.Status == "captured").Select(static payment => payment.Key).Order(StringComparer.Ordinal).Except(SentBack(city)), taken.Keys.Order(StringComparer.Ordinal));
        await city.BooksAreWhole();
    }

    /// <summary>PayPay sends money back on a cancel whose answer was lost; it was captured here and is booked as gone back.</summary>
    private static IEnumerable<string> SentBack(City city) =>
        city.Of<Database>().All<string>(new Sql("select payment from exception where municipality = @municipality and kind = 'capturedButReturned'"), new { municipality = City.Code }).Result.Select(static id => PublicId.Payment + id);
}
