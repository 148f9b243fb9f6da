using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>POST /v2/devices/codes and GET /v2/devices/codes/{id}.</summary>
internal static class DeviceCodes
{
    private const string Name = "code";
    private const int LongestKey = 128;
    private const int LongestName = 128;
    private const int LongestLocation = 50;

    public static Work PrepareCreate(SquareSandbox sandbox, Call call) => new(ApiOperation.DeviceCode, null, _ => Create(sandbox, call));

    public static Work PrepareGet(SquareSandbox sandbox, Call call) => new(ApiOperation.DeviceCode, null, _ =>
        sandbox.Book.Code(call.Id) is { } code ? Reply.Ok(new { device_code = Views.Code(code, sandbox.Time.GetUtcNow(), Spoil.None) }) : SquareError.NotFound("device code"));

    private static Reply Create(SquareSandbox sandbox, Call call)
    {
        if (Body.Parse(call.Bytes) is not { } body) return SquareError.NotJson;
        var key = body.Only("idempotency_key", "device_code").Required("idempotency_key", LongestKey);
        var asked = body.Part("device_code", required: true)?.Only("name", "product_type", "location_id");
        if (asked?.OneOf("product_type", "TERMINAL_API") is null) asked?.Wrong("MISSING_REQUIRED_PARAMETER", "product_type", "Missing required parameter.");
        var (name, location) = (asked?.Text("name", LongestName), asked?.Text("location_id", LongestLocation));
        if (location is not null && location != sandbox.Seller.LocationId) asked!.Wrong("INVALID_LOCATION", "location_id", "Not a location of this seller.");
        if (body.Problem is { } problem) return problem;
        if (sandbox.Book.Key(Name, key) is { } first) return first.Request == call.Hash() ? Reply.Again(first.Answer) : SquareError.KeyReused;

        var now = sandbox.Time.GetUtcNow();
        var code = new CodeRecord(SquareIds.DeviceCode(), SquareIds.Typed(), name ?? "", location ?? sandbox.Seller.LocationId, now);
        var reply = Reply.Ok(new { device_code = Views.Code(code, now, Spoil.None) });
        sandbox.Book.Write(new StateLine { Code = code, Key = new KeyRecord(Name, key, call.Hash(), reply.Text) });
        return reply;
    }
}
