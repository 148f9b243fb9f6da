using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.Square;

public sealed class PairingTests
{
    private const string Create = "POST /v2/devices/codes";
    private const string Get = "GET /v2/devices/codes/";
    private static readonly PairingOrder Order = new("dev_0001", "窓口1");

    [Fact]
    public async Task A_code_is_made_for_our_location_and_typed_into_the_terminal()
    {
        await using var world = await Begun("UNPAIRED");
        Assert.Equal(
            new PairingAnswer.EnterOnDevice("B3Z6NAMYQSMTM", "EBCARJ", new DateTimeOffset(2020, 2, 6, 18, 49, 33, TimeSpan.Zero)),
            await world.Provider.Pair(Order, world.InTime));
        Assert.Equal(
            $$"""{"idempotency_key":"dev_0001","device_code":{"name":"窓口1","product_type":"TERMINAL_API","location_id":"{{SquareSays.Location}}"} }""".Replace("} }", "}}", StringComparison.Ordinal),
            world.Stub.Requests[0].Text);
    }

    [Fact]
    public async Task A_repeat_after_the_pairing_names_the_device_though_Square_gives_its_first_answer_again()
    {
        await using var world = await Begun("PAIRED", "\"device_id\":\"907CS13101300122\",");
        Assert.Equal(new PairingAnswer.Paired("907CS13101300122"), await world.Provider.Pair(Order, world.InTime));
    }

    [Theory]
    [InlineData("EXPIRED", typeof(PairingAnswer.Expired))]
    [InlineData("UNKNOWN", typeof(PairingAnswer.Unknown))]
    [InlineData("PAIRED", typeof(PairingAnswer.Unknown))]   // without a device
    [InlineData("DREAMT", typeof(PairingAnswer.Unknown))]
    public async Task Each_state_of_a_code_has_its_answer(string status, Type expected)
    {
        await using var world = await Begun(status);
        Assert.IsType(expected, await world.Provider.LookUpPairing("B3Z6NAMYQSMTM", world.InTime));
    }

    [Fact]
    public async Task A_code_that_Square_does_not_know_is_refused_and_a_page_is_not_Square()
    {
        await using var world = await SquareWorld.Open();
        world.On(Get, SquareSays.NotFound);
        Assert.IsType<PairingAnswer.Refused>(await world.Provider.LookUpPairing("x", world.InTime));

        world.On(Get, StubAnswer.Html(404));
        Assert.IsType<PairingAnswer.Unknown>(await world.Provider.LookUpPairing("x", world.InTime));
    }

    [Fact]
    public async Task A_refusal_is_told_and_a_silence_is_not_a_refusal()
    {
        await using var world = await SquareWorld.Open();
        world.On(Create, SquareSays.Error(400, "INVALID_REQUEST_ERROR", "INVALID_LOCATION"));
        Assert.Equal("wrong-location", Assert.IsType<PairingAnswer.Refused>(await world.Provider.Pair(Order, world.InTime)).Code);

        foreach (var open in new[] { StubAnswer.Html(502), SquareSays.RateLimited, SquareSays.Nothing })
        {
            world.On(Create, open);
            Assert.IsType<PairingAnswer.Unknown>(await world.Provider.Pair(Order, world.InTime));
        }
    }

    private static async Task<SquareWorld> Begun(string status, string more = "") => (await SquareWorld.Open()).On(Create, Code("UNPAIRED")).On(Get, Code(status, more));

    private static StubAnswer Code(string status, string more = "") => StubAnswer.Json(200,
        $$"""
        {"device_code":{"code":"EBCARJ","created_at":"2020-02-06T18:44:33.000Z",{{more}}"id":"B3Z6NAMYQSMTM","location_id":"{{SquareSays.Location}}","name":"窓口1",
         "pair_by":"2020-02-06T18:49:33.000Z","product_type":"TERMINAL_API","status":"{{status}}","status_changed_at":"2020-02-06T18:44:33.000Z"} }
        """);
}
