using System.Net;
using System.Text.Json;

namespace CashlessGateway.Providers.Tests.Sandbox.World;

/// <summary>What came back, as text and, where it is JSON, as JSON.</summary>
public sealed record Answer(HttpStatusCode Status, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string Code => Json.GetProperty("resultInfo").GetProperty("code").GetString()!;

    public string CodeId => Json.GetProperty("resultInfo").GetProperty("codeId").GetString()!;

    public JsonElement Data => Json.GetProperty("data");

    public string State => Field("status");

    public long Amount => Data.GetProperty("amount").GetProperty("amount").GetInt64();

    public string Field(string name) => Data.GetProperty(name).GetString()!;

    public void Says(HttpStatusCode status, string code, string codeId) => Assert.Equal((status, code, codeId), (Status, Code, CodeId));
}
