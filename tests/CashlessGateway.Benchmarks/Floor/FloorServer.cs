using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Benchmarks.Floor;

/// <summary>Makes the rows of one payment durable.</summary>
internal interface IFloor : IAsyncDisposable
{
    RowWriter Writer { get; }

    Task Open();

    Task Write(FloorPayment payment);
}

/// <summary>Kestrel and nothing else: no key, no JSON, no reads. The answer has the length of the gateway's.</summary>
internal static class FloorServer
{
    public static async Task Run(IFloor floor, int port)
    {
        await using (floor)
        {
            await floor.Open();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
            await using var app = builder.Build();
            app.Run(http => Answer(http, floor));
            await app.StartAsync();
            Console.WriteLine($"floor: per payment {floor.Writer.Rows.CountOfPayment}");
            await app.WaitForShutdownAsync();
        }
    }

    private static async Task Answer(HttpContext http, IFloor floor)
    {
        var payment = floor.Writer.Next();
        await floor.Write(payment);
        var response = http.Response;
        response.StatusCode = 201;
        response.ContentType = "application/json";
        response.ContentLength = payment.Answer.Length;
        await response.Body.WriteAsync(payment.Answer);
    }
}
