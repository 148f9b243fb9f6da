using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Recovery;
using CashlessGateway.Storage;

namespace CashlessGateway.Web;

/// <summary>The way of every call: who is it, may they, what did they send, do it once, answer.</summary>
public sealed class Api(ApiClients clients, Idempotency idempotency, RateLimits rates, RecoveryMode recovery, RefusedAccess refused, Settings settings, ILogger<Api> log)
{
    private static readonly TimeSpan NotReadyPause = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes, IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
            routes.MapMethods(operation.Pattern, [operation.Method], http => Handle(http, operation)).WithMetadata(operation);
    }

    private async Task Handle(HttpContext http, Operation operation)
    {
        Reply reply;
        try
        {
            reply = await Answer(http, operation);
        }
        catch (StorageUnavailableException error)
        {
            log.LogWarning("Storage unavailable: {Message}", error.Message);
            reply = NotReady();
        }
        catch (BadHttpRequestException error)
        {
            reply = new Problem(error.StatusCode == 413 ? Errors.BodyTooLarge : Errors.MalformedJson);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            log.LogError(error, "{Method} {Pattern} failed", operation.Method, operation.Pattern);
            reply = new Problem(Errors.Internal, new Words("記録しました。何度も起きるときは traceId を添えて管理者に知らせてください。", "It was recorded. If it goes on, tell the operator the traceId."));
        }

        await Write(http, reply);
    }

    private static Reply NotReady() => new Problem(Errors.NotReady, new Words("記録できないため受け付けていません。お金は動いていません。少し待ってから同じキーでもう一度送ってください。", "It cannot be recorded now, so nothing was accepted and no money moved. Send it again with the same key in a moment.")) { RetryAfter = NotReadyPause };

    private async Task<Reply> Answer(HttpContext http, Operation operation)
    {
        var language = LanguageOf(http.Request);
        if (!(await Identify(http, operation)).IsOk(out var caller, out var refusal)) return refusal;
        if (rates.Take(caller.Municipality + caller.Client, caller.RatePerMinute) is { } wait)
            return new Problem(Errors.TooManyRequests, new Words("少し間をあけて送ってください。", "Send less often.")) { RetryAfter = wait };
        if (operation.Scope is { } scope && !caller.Scopes.Contains(scope))
        {
            await refused.Note(http, operation, caller, Errors.ScopeMissing);
            return new Problem(Errors.ScopeMissing, new Words($"このキーには {scope} がありません。", $"This key lacks {scope}."));
        }

        if (recovery.Refuse(operation) is { } recovering) return recovering;
        if (operation.Method == "GET") return await operation.Run(new ApiCall(http, caller, default, language, null));

        if (!(await ReadBody(http)).IsOk(out var body, out refusal)) return refusal;
        if (!operation.Keyed) return await operation.Run(new ApiCall(http, caller, body, language, null));
        string? key = http.Request.Headers[Idempotency.Header];
        if (Idempotency.Check(key) is { } missing) return missing;
        return await idempotency.Run(caller, key!, operation.Method, http.Request.Path, body, slot => operation.Run(new ApiCall(http, caller, body, language, slot)),
            operation.Resume is { } resume ? (slot, about) => resume(new ApiCall(http, caller, body, language, slot), about) : null);
    }

    private async Task<Result<Caller>> Identify(HttpContext http, Operation operation)
    {
        string? header = http.Request.Headers.Authorization;
        if (header is null || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return new Problem(Errors.KeyMissing, new Words("Authorization: Bearer cgk_… を付けてください。", "Send Authorization: Bearer cgk_…."));
        if (ApiKey.Parse(header["Bearer ".Length..].Trim()) is not { } key)
            return new Problem(Errors.KeyMalformed, new Words("キーの一部が欠けていないか確かめてください。", "Check that the whole key was copied."));
        if (!string.Equals(key.Environment, settings.KeyEnvironment, StringComparison.Ordinal))
        {
            await refused.Note(http, operation, key, null, Errors.KeyOfOtherEnvironment);
            return new Problem(Errors.KeyOfOtherEnvironment, new Words($"ここは {settings.KeyEnvironment} 環境です。", $"This is the {settings.KeyEnvironment} environment."));
        }

        switch (await clients.Identify(key, http.RequestAborted))
        {
            case KeyAnswer.Known { Caller: var caller } when !caller.MayCallFrom(http.Connection.RemoteIpAddress):
                await refused.Note(http, operation, caller, Errors.AddressNotAllowed);
                return new Problem(Errors.AddressNotAllowed, new Words("このキーは登録されたネットワークからだけ使えます。市に接続元の追加を頼んでください。", "This key works from registered networks only: ask the city to add yours."));
            case KeyAnswer.Known known:
                return known.Caller;
            case KeyAnswer.Expired expired:
                await refused.Note(http, operation, expired.Caller, Errors.KeyExpired);
                return new Problem(Errors.KeyExpired);
            case KeyAnswer.Revoked revoked:
                await refused.Note(http, operation, revoked.Caller, Errors.KeyUnknown);
                return new Problem(Errors.KeyUnknown);
            case KeyAnswer.Unknown unknown:
                await refused.Note(http, operation, key, unknown.Municipality, Errors.KeyUnknown);
                return new Problem(Errors.KeyUnknown);
            default:
                throw new InvalidOperationException("KeyAnswer is a closed set.");
        }
    }

    private async Task<Result<ReadOnlyMemory<byte>>> ReadBody(HttpContext http)
    {
        if (http.Request.ContentLength is 0 || (http.Request.ContentLength is null && http.Request.ContentType is null)) return ReadOnlyMemory<byte>.Empty;
        if (!http.Request.HasJsonContentType())
            return new Problem(Errors.WrongMediaType, new Words("Content-Type: application/json で送ってください。", "Send it as Content-Type: application/json."));
        if (http.Request.ContentLength > settings.BodyBytes) return new Problem(Errors.BodyTooLarge);
        using var buffer = new MemoryStream((int)(http.Request.ContentLength ?? 1024));
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return (ReadOnlyMemory<byte>)buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    public static Language LanguageOf(HttpRequest request)
    {
        foreach (var value in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(value => value.Quality ?? 1))
        {
            if (value.Value.StartsWith("ja", StringComparison.OrdinalIgnoreCase)) return Language.Japanese;
            if (value.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)) return Language.English;
        }

        return Language.Japanese;
    }

    public static async Task Write(HttpContext http, Reply reply)
    {
        switch (reply)
        {
            case Reply.Bytes bytes:
                http.Response.StatusCode = bytes.Status;
                http.Response.ContentType = bytes.MediaType;
                http.Response.ContentLength = bytes.Content.Length;
                if (bytes.Location is not null) http.Response.Headers.Location = bytes.Location;
                if (bytes.Policy is { } policy) http.Response.Headers.ContentSecurityPolicy = policy;
                if (bytes.Replayed) http.Response.Headers["Idempotency-Replayed"] = "true";
                if (bytes.RetryAfter is { } pace) http.Response.Headers.RetryAfter = Seconds(pace);
                await http.Response.Body.WriteAsync(bytes.Content);
                break;
            case Reply.File file:
                http.Response.StatusCode = 200;
                http.Response.ContentType = file.MediaType;
                http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
                await file.Write(http.Response.Body, http.RequestAborted);
                break;
            case Reply.Refusal refusal:
                await Write(http, refusal.Problem);
                break;
        }
    }

    public static async Task Write(HttpContext http, Problem problem)
    {
        var language = LanguageOf(http.Request);
        http.Response.StatusCode = problem.Error.Status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.ContentLanguage = language == Language.English ? "en" : "ja";
        if (problem.Error.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer";
        if (problem.RetryAfter is { } wait) http.Response.Headers.RetryAfter = Seconds(wait);
        using var buffer = new MemoryStream();
        WriteProblem(buffer, http, problem, language);
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static void WriteProblem(Stream stream, HttpContext http, Problem problem, Language language)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("type", $"/problems/{problem.Error.Code}");
        json.WriteString("title", problem.Error.Title.In(language));
        json.WriteNumber("status", problem.Error.Status);
        json.WriteString("code", problem.Error.Code);
        json.WriteString("detail", (problem.Detail ?? problem.Error.Title).In(language));
        json.WriteStartArray("errors");
        foreach (var violation in problem.Violations ?? [])
        {
            json.WriteStartObject();
            json.WriteString("pointer", violation.Pointer);
            json.WriteString("code", violation.Code);
            json.WriteString("detail", violation.Detail.In(language));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        foreach (var (name, value) in problem.More ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, Json.Options);
        }

        json.WriteString("traceId", Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
        json.WriteEndObject();
    }

    private static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
