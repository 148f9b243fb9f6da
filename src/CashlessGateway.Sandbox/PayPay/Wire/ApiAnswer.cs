using System.Text.Json;
using System.Text.Json.Serialization;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>The envelope that every answer comes in, and its HTTP status.</summary>
internal sealed record ApiAnswer(
    [property: JsonIgnore] int Status,
    ResultInfo ResultInfo,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Data)
{
    private static readonly ResultInfo Worked = new("SUCCESS", "Success", "08100001");

    /// <summary>It says that the call worked, not that anybody has paid.</summary>
    public static ApiAnswer Success(int status, object data) => new(status, Worked, data);

    public static ApiAnswer Accepted { get; } = new(202, new ResultInfo("REQUEST_ACCEPTED", "Request accepted", "08100001"), null);

    public WireAnswer OnTheWire() => new(Status, "application/json", JsonSerializer.SerializeToUtf8Bytes(this, SandboxJson.Options));
}

internal sealed record ResultInfo(string Code, string Message, string CodeId);
