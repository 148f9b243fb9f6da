using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CashlessGateway.Sandbox;

/// <summary>Reading and answering JSON on the sandbox's own control addresses, those that begin with an underscore.</summary>
internal static class JsonEndpoint
{
    /// <summary>Null: it could not be read, and the caller has been told so. The content type is not asked for, so that a bare curl works.</summary>
    public static async Task<T?> Read<T>(HttpContext http) where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, SandboxJson.Options, http.RequestAborted);
            if (value is not null) return value;
            await Refuse(http, "A JSON object is expected.");
        }
        catch (JsonException problem)
        {
            await Refuse(http, problem.Message);
        }

        return null;
    }

    public static Task Refuse(HttpContext http, string why) => Write(http, StatusCodes.Status400BadRequest, new { error = why });

    public static Task Write(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, body, body.GetType(), SandboxJson.Options, http.RequestAborted);
    }
}
