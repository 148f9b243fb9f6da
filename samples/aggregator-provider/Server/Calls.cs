using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MatometeServer;

/// <summary>The way of every call: the key, then the faults that somebody asked for, and between them the work.</summary>
internal sealed class Calls(string apiKey, Faults faults, TimeProvider time)
{
    private const string Page = "<html><body><h1>502 Bad Gateway</h1></body></html>";

    public async Task Serve(HttpContext http, string operation, Func<byte[], Reply> work)
    {
        if (!IsOurs(http.Request.Headers.Authorization.ToString()))
        {
            await Write(http, Reply.Refuse(401, "unauthorized"));
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var fault = faults.Take(operation);
        // A caller who leaves does not undo an order that has arrived.
        if (fault is { Kind: FaultKind.Delay, Ms: var ms }) await Task.Delay(TimeSpan.FromMilliseconds(ms), time, CancellationToken.None);
        if (fault?.Kind is FaultKind.DropBefore or FaultKind.ErrorBefore)
        {
            await Spoil(http, fault);
            return;
        }

        var reply = fault?.Kind == FaultKind.Forget ? Reply.Refuse(404, operation == "lookUpRefund" ? "refund_not_found" : "charge_not_found") : work(body.ToArray());
        await (fault?.Kind is FaultKind.DropAfter or FaultKind.ErrorAfter or FaultKind.Garbage ? Spoil(http, fault) : Write(http, reply));
    }

    private bool IsOurs(string authorization) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)), SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + apiKey)));

    private static async Task Spoil(HttpContext http, Fault fault)
    {
        if (fault.Kind is FaultKind.DropBefore or FaultKind.DropAfter)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = fault.Kind == FaultKind.Garbage ? 200 : 502;
        http.Response.ContentType = fault.Kind == FaultKind.Garbage ? "application/json" : "text/html";
        await http.Response.WriteAsync(fault.Kind == FaultKind.Garbage ? """{"orderId":"pay""" : Page);
    }

    private static async Task Write(HttpContext http, Reply reply)
    {
        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = "application/json";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(reply.Body, Wire.Json);
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes);
    }
}
