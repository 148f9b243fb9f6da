using Microsoft.AspNetCore.Http;

namespace CashlessGateway.Sandbox.Faults;

/// <summary>An answer as bytes.</summary>
internal sealed record WireAnswer(int Status, string Type, byte[] Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>How a provider says that it cannot or will not.</summary>
internal sealed record FaultWords(WireAnswer RateLimited, WireAnswer Unavailable, WireAnswer Failed, WireAnswer ServiceError)
{
    /// <summary>The beginning of an answer, cut off.</summary>
    public byte[] Garbage { get; init; } = """{"result":{"id":"SUCC"""u8.ToArray();
}

/// <summary>The way of every call through its faults: what ends it before its effect, and what spoils its answer after it.</summary>
internal sealed class FaultGate(FaultWords words, TimeProvider time, Func<CancellationToken> stopping)
{
    private const string Json = "application/json";

    /// <summary>True when a fault ended the call before its effect.</summary>
    public async Task<bool> Stopped(HttpContext http, FiredFaults faults)
    {
        if (!await Wait(faults.Wait(FaultKind.Delay)) || faults.Has(FaultKind.DropBefore))
        {
            http.Abort();
            return true;
        }

        var refusal = faults.Of(FaultKind.ErrorBefore) is { } error ? Error(error.Status)
            : faults.Has(FaultKind.RateLimit) ? words.RateLimited
            : faults.Has(FaultKind.Maintenance) ? words.Unavailable
            : faults.Has(FaultKind.TransactionFailed) ? words.Failed
            : null;
        if (refusal is not null) await Write(http, refusal);
        return refusal is not null;
    }

    /// <summary>Writes the answer, or what a fault makes of it. True when the caller has it as it should be.</summary>
    public async Task<bool> Answer(HttpContext http, FiredFaults faults, WireAnswer answer)
    {
        if (!await Wait(faults.Wait(FaultKind.DelayAfter)) || faults.Has(FaultKind.DropAfter))
        {
            http.Abort();
            return false;
        }

        if (faults.Of(FaultKind.ErrorAfter) is { } error)
        {
            await Write(http, Error(error.Status));
            return false;
        }

        if (faults.Has(FaultKind.Garbage))
        {
            await Write(http, new WireAnswer(StatusCodes.Status200OK, Json, words.Garbage));
            return false;
        }

        if (faults.Has(FaultKind.AnswerTwice))
        {
            await Write(http, answer with { Body = [.. answer.Body, .. answer.Body] });
            return false;
        }

        await Write(http, answer);
        return !http.RequestAborted.IsCancellationRequested;
    }

    public static async Task Write(HttpContext http, WireAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.Type;
        http.Response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers) http.Response.Headers[name] = value;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    public static async Task<byte[]> Body(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return bytes.ToArray();
    }

    /// <summary>500 comes from the service and speaks its JSON; 502 to 504 come from a proxy in front of it and do not.</summary>
    private WireAnswer Error(int status) => status == StatusCodes.Status500InternalServerError
        ? words.ServiceError
        : new WireAnswer(status, "text/html", "<html><body><h1>upstream error</h1></body></html>"u8.ToArray());

    /// <summary>A caller who leaves does not end the wait: the request has arrived, and a slow server still does it. False when the sandbox ends.</summary>
    private async Task<bool> Wait(TimeSpan span)
    {
        if (span > TimeSpan.Zero) await Task.Delay(span, time, stopping()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping().IsCancellationRequested;
    }
}
