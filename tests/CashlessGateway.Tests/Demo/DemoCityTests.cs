using CashlessGateway.Access;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Demo;

public class DemoCityTests
{
    [Theory, EachEngine]
    public async Task A_first_start_loads_the_city_and_asks_for_its_bills(Engine engine)
    {
        await using var demo = await DemoStart.Open(engine);

        await demo.Start();

        Assert.Equal((5, 8), (await demo.Count("place", "kind = 'counter'"), await demo.Count("place", "kind = 'facility'")));
        Assert.Equal((13, 7, 7), (await demo.Count("place_method", "method = 'cash' and presentation = 'counter'"), await demo.Count("terminal"), await demo.Count("appointment")));
        Assert.Equal((33, 37, 8, 8), (await demo.Count("revenue_account"), await demo.Count("fee_version"), await demo.Count("fee_ground"), await demo.Count("fee_favourite")));
        Assert.Equal((1, 1), (await demo.Count("slip_issuer"), await demo.Count("bank_account")));
        Assert.Equal((40, 47), (demo.Bills.Count, demo.Bills.Sum(bill => bill.Lines.Count)));
    }

    [Theory, EachEngine]
    public async Task A_second_start_loads_nothing_and_gives_the_same_keys(Engine engine)
    {
        await using var demo = await DemoStart.Open(engine);
        var first = await demo.Start();

        var second = await demo.Start();

        Assert.Equal(first, second);
        Assert.Equal((40, 13, 2), (demo.Bills.Count, await demo.Count("place"), await demo.Count("api_client")));
    }

    [Theory, EachEngine]
    public async Task After_a_break_at_the_tenth_bill_the_next_start_adds_exactly_the_missing_ones(Engine engine)
    {
        await using var demo = await DemoStart.Open(engine);
        demo.BreaksAt = 10;
        await Assert.ThrowsAsync<IOException>(demo.Start);
        var (before, keys) = (demo.Bills.Count, await File.ReadAllLinesAsync(demo.KeyFile));
        demo.BreaksAt = null;

        var after = await demo.Start();

        Assert.Equal((9, 40), (before, demo.Bills.Select(bill => bill.Reference).Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(40, demo.Bills.Count);
        Assert.Equal([after.Till, after.Approver], keys);
    }

    [Theory, EachEngine]
    public async Task A_break_in_the_middle_of_the_city_leaves_nothing_of_it(Engine engine)
    {
        await using var demo = await DemoStart.Open(engine);
        await demo.Store.Execute("insert into slip_issuer (municipality, company, key_offset, key_length, reissue_in_key) values (@city, '912345', 0, 21, 0)", new { city = DemoStart.City });

        await Assert.ThrowsAsync<InvalidOperationException>(demo.Start);

        Assert.Equal((0, 0, 0), (await demo.Count("place"), await demo.Count("fee_version"), await demo.Count("api_client")));
        Assert.Equal(0, await demo.Store.Scalar<long>("select count(*) from municipality where code = @city", new { city = DemoStart.City }));
    }

    [Fact]
    public async Task What_is_loaded_is_what_the_files_say()
    {
        await using var demo = await DemoStart.Open();
        await demo.Start();
        var places = await new PlaceStore(demo.Store.Database).All(DemoStart.City, BusinessDate.Of(2026, 11, 21), CancellationToken.None);
        var fees = await demo.Store.Database.Read(reader => FeeStore.All(reader, DemoStart.City, BusinessDate.Of(2026, 11, 21)));

        Assert.Equal(("shimin-1", "chushajo-ekimae"), (places[0].Place.Code, places[^1].Place.Code));
        Assert.Equal("見本市青少年育成協会", places.Single(place => place.Place.Code == "seishonen-kaikan").Place.Manager);
        Assert.Equal(("koseki", "kagi-hosho", 36), (fees[0].Code, fees[^1].Code, fees.Count));
        Assert.Equal((new Yen(300), "*counter"), (fees.Single(fee => fee.Code == "juminhyo").UnitAmount, fees.Single(fee => fee.Code == "juminhyo").Places));
    }

    [Fact]
    public async Task A_bill_of_two_lines_is_one_bill()
    {
        await using var demo = await DemoStart.Open();
        await demo.Start();

        var water = demo.Bills.Single(bill => bill.Reference == "R08-suido-0406-5");

        Assert.Equal([("51-01-01-01-01-00", new Yen(5170), new FiscalYear(2026)), ("52-01-01-01-01-00", new Yen(3047), new FiscalYear(2026))], water.Lines.Select(line => (line.RevenueAccount, line.Amount, line.FiscalYear)));
        Assert.Equal((8217L, "2031-03-31T14:59:59.000Z"), (water.Slip!.Amount, water.PayBy.ToString()));
    }

    [Fact]
    public async Task The_till_may_do_all_but_approve_and_the_approver_may()
    {
        await using var demo = await DemoStart.Open();

        var keys = await demo.Start();

        Assert.Equal(Scopes.AllButApproval.Order(StringComparer.Ordinal), (await Caller(demo, keys.Till)).Scopes.Order(StringComparer.Ordinal));
        Assert.Equal(Scopes.Approver.Order(StringComparer.Ordinal), (await Caller(demo, keys.Approver)).Scopes.Order(StringComparer.Ordinal));
        Assert.Equal((DemoStart.City, 700), ((await Caller(demo, keys.Till)).Municipality, (await Caller(demo, keys.Till)).RatePerMinute));
    }

    [Fact]
    public async Task Only_their_owner_may_read_the_keys_in_their_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no mode bits.");
        await using var demo = await DemoStart.Open();

        var keys = await demo.Start();

        Assert.Equal([keys.Till, keys.Approver], await File.ReadAllLinesAsync(demo.KeyFile));
#pragma warning disable CA1416 // Skipped on Windows, which the analyzer does not see.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(demo.KeyFile));
#pragma warning restore CA1416
    }

    [Theory]
    [InlineData(null)]
    [InlineData("cgk_demo_half-a-key\n")]
    [InlineData("of another database")]
    public async Task Keys_that_are_lost_or_open_nothing_are_replaced_by_new_ones(string? file)
    {
        await using var demo = await DemoStart.Open();
        var before = await demo.Start();
        if (file is null) File.Delete(demo.KeyFile);
        else await File.WriteAllTextAsync(demo.KeyFile, file == "of another database" ? $"{ApiKey.New("demo").Text}\n{ApiKey.New("demo").Text}\n" : file);

        var after = await demo.Start();

        Assert.NotEqual(before, after);
        Assert.Equal("デモ レジ", (await Caller(demo, after.Till)).Name);
        Assert.Equal([after.Till, after.Approver], await File.ReadAllLinesAsync(demo.KeyFile));
    }

    [Theory]
    [InlineData("fees.csv", "01-13-02-01-01-01,exempt", "01-13-02-01-01-99,exempt", "fees.csv, line 2: revenueAccount '01-13-02-01-01-99' is not defined in accounts.csv.")]
    [InlineData("bills.csv", "0,51-01-01-01-01-00,水道料金,4312", "0,51-01-01-01-01-99,水道料金,4312", "bills.csv, line 35: revenueAccount '51-01-01-01-01-99' is not defined in accounts.csv.")]
    [InlineData("bills.csv", "第3期,gyosei-kita", "第3期,gyosei-minami", "bills.csv, line 20: place 'gyosei-minami' is not defined in places.csv.")]
    [InlineData("bills.csv", "水道料金,4312", "水道料金,4313", "bills.csv, line 35: slip says 6930 yen, and the lines sum to 6931.")]
    [InlineData("bills.csv", "91912345000000120260000010103099999900285001", "91912345000000120260000010103099999900285002", "bills.csv, line 2: slip is not the 44 digits of a slip with the right check digit.")]
    [InlineData("bills.csv", "1,52-01-01-01-01-00,下水道使用料,2618", "2,52-01-01-01-01-00,下水道使用料,2618", "bills.csv, line 36: line is 2, and 1 was expected: the lines of a bill count from 0.")]
    [InlineData("terminals.csv", "pos-02,shimin-1", "pos-02,shimin-9", "terminals.csv, line 3: place 'shimin-9' is not defined in places.csv.")]
    [InlineData("terminals.csv", "pos-02", "pos-01", "terminals.csv, line 3: 'pos-01' stands at line 2 already.")]
    [InlineData("operators.csv", "綾尾,shisanzei-1", "綾尾,shisanzei-2", "operators.csv, line 5: place 'shisanzei-2' is not defined in places.csv.")]
    [InlineData("fee-prices.csv", "mibun,", "mibum,", "fee-prices.csv, line 17: fee 'mibum' is not defined in fees.csv.")]
    [InlineData("fee-prices.csv", "2026-03-31,250", "2026-04-01,250", "fee-prices.csv, line 11: the period overlaps another price of 'juminhyo'; a fee has one price a day.")]
    [InlineData("places.csv", "こども未来課,見本市青少年育成協会", "こども未来課,", "accounts.csv, line 34: moneyOwner 'manager:見本市青少年育成協会' is not defined in places.csv (city and outside are always there).")]
    [InlineData("places.csv", "shimin-1,counter", "shimin-1,count", "places.csv, line 2: kind is 'count', not one of counter, facility, online, visit.")]
    [InlineData("places.csv", "2022-04-01,cash|qr:merchantCode:paypay@paypay-main|", "2022-04-01,card|", "places.csv, line 2: methods names 'card'; all but cash are written method:presentation:brand@instance.")]
    [InlineData("city.json", "072036", "72036", "city.json: code is '72036', not 6 digits.")]
    [InlineData("city.json", "912345", "912346", "bills.csv, line 2: slip is of company 912345, which is not among the issuers of city.json.")]
    public async Task A_file_that_is_wrong_stops_the_start_by_file_and_line_and_writes_nothing(string file, string old, string by, string message)
    {
        await using var demo = await DemoStart.Open();
        demo.Replace(file, old, by);

        var refusal = await demo.Refusal();

        Assert.Equal(message, refusal.Message);
        Assert.Equal((0, 0), (await demo.Count("place"), await demo.Count("api_client")));
        Assert.Equal((0, false), (demo.Bills.Count, File.Exists(demo.KeyFile)));
    }

    [Fact]
    public async Task A_missing_file_stops_the_start_by_its_name()
    {
        await using var demo = await DemoStart.Open();
        File.Delete(Path.Combine(demo.Folder, "fees.csv"));

        var refusal = await demo.Refusal();

        Assert.StartsWith($"The demo city's file '{Path.Combine(demo.Folder, "fees.csv")}' cannot be read:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_member_of_the_city_stops_the_start_by_its_line()
    {
        await using var demo = await DemoStart.Open();
        demo.Replace("city.json", "\"name\": \"見本市\"", "\"title\": \"見本市\"");

        var refusal = await demo.Refusal();

        Assert.StartsWith("city.json, line 3: ", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<Caller> Caller(DemoStart demo, string key) =>
        Assert.IsType<KeyAnswer.Known>(await demo.Clients.Identify(ApiKey.Parse(key)!, CancellationToken.None)).Caller;
}
