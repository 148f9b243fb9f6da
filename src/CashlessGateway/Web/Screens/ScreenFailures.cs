using CashlessGateway.Storage;

namespace CashlessGateway.Web.Screens;

/// <summary>What a page or a plain route throws becomes an answer; the API's operations answer for themselves.</summary>
internal sealed class ScreenFailures(ILogger<ScreenFailures> log)
{
    public async Task Invoke(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (StorageUnavailableException error) when (!http.Response.HasStarted)
        {
            log.LogWarning("Storage unavailable: {Message}", error.Message);
            http.Response.Clear();
            await ErrorPage.Write(http, Errors.NotReady);
        }
        catch (Exception error) when (error is BadHttpRequestException or InvalidDataException && !http.Response.HasStarted)
        {
            http.Response.Clear();
            await ErrorPage.Write(http, error is BadHttpRequestException { StatusCode: 413 } ? Errors.BodyTooLarge : Errors.MalformedJson, new Words("送られた内容を読めませんでした。画面を開き直して、もう一度送ってください。", "What was sent could not be read. Open the page again and send it from there."));
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            log.LogError(error, "{Method} {Path} failed", http.Request.Method, http.GetEndpoint()?.DisplayName);
            http.Response.Clear();
            await ErrorPage.Write(http, Errors.Internal);
        }
    }
}
