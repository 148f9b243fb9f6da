using System.Text;
using System.Text.Json;
using WebhookReceiver;

// dotnet run -- --Secret=whsec_… [--File=inbox.db] [--Urls=http://localhost:5090]
var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["Secret"] is not { Length: > 0 } secret)
{
    await Console.Error.WriteLineAsync("Secret is missing: pass the whsec_… that the gateway showed when the endpoint was made (--Secret= or the environment variable Secret).");
    return 1;
}

if (builder.Configuration["Urls"] is null) builder.WebHost.UseUrls("http://localhost:5090");
// An event is a few kilobytes; nobody has to be let fill the memory.
builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = 1_048_576);
using var inbox = new Inbox(builder.Configuration["File"] ?? "inbox.db");
var signature = new Signature(secret, TimeProvider.System);
await using var app = builder.Build();

app.MapPost("/events", async http =>
{
    using var buffer = new MemoryStream();
    await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
    var body = buffer.ToArray();
    var id = http.Request.Headers["webhook-id"].ToString();
    if (!signature.IsValid(id, http.Request.Headers["webhook-timestamp"], http.Request.Headers["webhook-signature"], body))
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return;
    }

    using var json = JsonDocument.Parse(body);
    var told = json.RootElement;
    // A day has no id of its own: each of its events stands for itself.
    var item = told.GetProperty("data") is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("id", out var given) ? given.GetString()! : id;
    var kept = inbox.Keep(id, told.GetProperty("type").GetString()!, item, told.GetProperty("sequence").GetInt64(), Encoding.UTF8.GetString(body));
    app.Logger.LogInformation("{Type} of {Object}, sequence {Sequence}: {Kept}", told.GetProperty("type").GetString(), item, told.GetProperty("sequence").GetInt64(), kept);
    // Only now, with the event on disk. An exception before this line is a 500, and the gateway sends the event again.
    http.Response.StatusCode = StatusCodes.Status204NoContent;
});
app.MapGet("/events", () => inbox.All());

await app.RunAsync();
return 0;
