using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CashlessGateway.Sandbox.PayPay.Wire;

/// <summary>Answers as they should be, and as they should not.</summary>
internal static class FaultyAnswer
{
    private const string Json = "application/json";

    public static Task Write(HttpContext http, ApiAnswer answer) =>
        Write(http, answer.Status, Json, JsonSerializer.SerializeToUtf8Bytes(answer, SandboxJson.Options));

    public static Task WriteTwice(HttpContext http, ApiAnswer answer)
    {
        var once = JsonSerializer.SerializeToUtf8Bytes(answer, SandboxJson.Options);
        return Write(http, answer.Status, Json, [.. once, .. once]);
    }

    public static Task WriteGarbage(HttpContext http) => Write(http, StatusCodes.Status200OK, Json, """{"resultInfo":{"code":"SUCC"""u8.ToArray());

    /// <summary>500 comes from the service and speaks its JSON; 502 to 504 come from a proxy in front of it and do not.</summary>
    public static Task WriteError(HttpContext http, int status) => status == StatusCodes.Status500InternalServerError
        ? Write(http, Refusals.ServiceError)
        : Write(http, status, "text/html", "<html><body><h1>upstream error</h1></body></html>"u8.ToArray());

    private static Task Write(HttpContext http, int status, string type, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length);
    }
}
