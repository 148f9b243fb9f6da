namespace CashlessGateway.Tests.Tools;

/// <summary>Somebody with a browser that was never here: no key, and no cookie that says a language.</summary>
internal static class Visitor
{
    public static async Task<Answer> Sees(City city, string path)
    {
        using var client = Client(city);
        return await city.Get(path, client);
    }

    public static async Task<Answer> Sends(City city, HttpRequestMessage request)
    {
        using var client = Client(city);
        using var response = await client.SendAsync(request);
        return await Answer.Of(response);
    }

    private static HttpClient Client(City city) => new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = city.Nobody.BaseAddress };
}
