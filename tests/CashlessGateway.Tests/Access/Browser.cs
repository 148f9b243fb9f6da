using System.Net;
using System.Text.RegularExpressions;
using CashlessGateway.Access.Staff;
using CashlessGateway.Demo;
using CashlessGateway.Money;

namespace CashlessGateway.Tests.Access;

/// <summary>A browser without JavaScript: it keeps cookies, sends forms with all their hidden fields, and says where a form comes from.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(City city)
    {
        City = city;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = city.Nobody.BaseAddress };
    }

    public City City { get; }
    public CookieContainer Cookies { get; } = new();
    public string Address { get; private set; } = "/";

    public string? Token
    {
        get => Cookies.GetCookies(City.Nobody.BaseAddress!)["staff"]?.Value;
        set => Cookies.Add(City.Nobody.BaseAddress!, new Cookie("staff", value, "/"));
    }

    /// <summary>Follows redirects, as browsers do.</summary>
    public async Task<Answer> Open(string path) => await Follow(await Raw(new HttpRequestMessage(HttpMethod.Get, path)));

    public async Task<Answer> Raw(HttpRequestMessage request)
    {
        Address = request.RequestUri!.ToString();
        using (request)
        {
            using var response = await _client.SendAsync(request);
            return await Answer.Of(response);
        }
    }

    /// <summary>Opens the page and sends its form, and stays at the answer.</summary>
    public async Task<Answer> SendFrom(string page, string action, params (string Name, string Value)[] fields)
    {
        var shown = await Open(page);
        return await Send(shown, action, fields);
    }

    public async Task<Answer> Send(Answer page, string action, params (string Name, string Value)[] fields)
    {
        var form = Form(page, action);
        foreach (var (name, value) in fields) form[name] = value;
        return await Post(action, form);
    }

    public async Task<Answer> Submit(string page, string action, params (string Name, string Value)[] fields) => await Follow(await SendFrom(page, action, fields));

    public Task<Answer> Post(string action, IEnumerable<KeyValuePair<string, string>> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return Raw(request);
    }

    /// <summary>What stands there as code: a key, recovery codes.</summary>
    public static List<string> Codes(Answer page) => [.. CodeText().Matches(page.Text).Select(match => match.Groups["text"].Value)];

    [GeneratedRegex("<code>(?<text>[^<]*)</code>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeText();

    /// <summary>The hidden fields of the form with this action.</summary>
    public static Dictionary<string, string> Form(Answer page, string action)
    {
        var form = Forms().Matches(page.Text).FirstOrDefault(match => WebUtility.HtmlDecode(match.Groups["action"].Value) == action)
            ?? throw new InvalidOperationException($"No form sends to {action} in: {page.Status} {page.Text}");
        return Hidden().Matches(form.Groups["body"].Value).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
    }

    public async Task<Answer> Follow(Answer answer)
    {
        for (var hops = 0; hops < 5 && answer.Status == 302; hops++) answer = await Raw(new HttpRequestMessage(HttpMethod.Get, answer.Headers["Location"].Split('#')[0]));
        return answer;
    }

    // What tests say in a few words.
    public Task<Answer> Password(string login, string password, string returnUrl = "") =>
        Submit($"/sign-in{(returnUrl.Length == 0 ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}")}", "/sign-in", ("login", login), ("password", password));

    public Task<Answer> Code(string code) => Submit("/sign-in/code", "/sign-in/code", ("code", code));

    /// <summary>In full, with the demo city's password and app.</summary>
    public async Task<Answer> SignIn(string login, string returnUrl = "")
    {
        await Password(login, PasswordOf(login), returnUrl);
        return await Code(AppCode());
    }

    public string PasswordOf(string login) => City.Gateway.DemoLogins!.People.First(one => one.Login == login).Password;

    /// <summary>What the app shows now; a code is good once, so the time goes on first.</summary>
    public string AppCode()
    {
        City.Time.Advance(TimeSpan.FromSeconds(90));
        return OneTimeCode.At(City.Gateway.DemoLogins!.Secret, City.Of<Clock>().Now());
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""<form[^>]* action="(?<action>[^"]*)"[^>]*>(?<body>.*?)</form>""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("""<input[^>]*name="(?<name>[^"]+)"[^>]*type="hidden"[^>]*value="(?<value>[^"]*)"|<input[^>]*type="hidden"[^>]*name="(?<name>[^"]+)"[^>]*value="(?<value>[^"]*)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
