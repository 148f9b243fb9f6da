using CashlessGateway.Access.Staff;
using CashlessGateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Tests.Access;

/// <summary>A deployment in which nobody can sign in yet.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task The_code_from_the_console_makes_the_city_and_its_first_administrator()
    {
        await using var empty = await Empty.Open();
        var code = empty.Gateway.SetupCode!;
        Assert.True(code.Replace("-", "", StringComparison.Ordinal).Length >= 10);
        Assert.Equal("/setup", (await empty.Get("/sign-in")).Headers["Location"]);
        var wrong = await empty.Send(("code", "AAAA-AAAA-AAAA"), ("city", "131016"), ("cityName", "千代田区"), ("login", "sato"), ("name", "佐藤"), ("password", "correct horse battery"));
        Assert.Equal(400, wrong.Status);
        var badCity = await empty.Send(("code", code), ("city", "131017"), ("cityName", "千代田区"), ("login", "sato"), ("name", "佐藤"), ("password", "correct horse battery"));
        Assert.Contains("検査数字", badCity.Text, StringComparison.Ordinal);
        var made = await empty.Send(("code", code.ToLowerInvariant()), ("city", "131016"), ("cityName", "千代田区"), ("login", "sato"), ("name", "佐藤"), ("password", "correct horse battery"));
        Assert.Equal((302, "/account"), (made.Status, made.Headers["Location"]));
        Assert.Contains("__Host-staff=", made.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Equal("admin", await empty.Gateway.Database.One<string>(new Sql("select role from role_grant")));
        Assert.Equal(404, (await empty.Get("/setup")).Status);
    }

    [Fact]
    public async Task The_code_is_over_after_an_hour()
    {
        await using var empty = await Empty.Open();
        empty.Time.Advance(TimeSpan.FromHours(1));
        var late = await empty.Send(("code", empty.Gateway.SetupCode!), ("city", "131016"), ("cityName", "千代田区"), ("login", "sato"), ("name", "佐藤"), ("password", "correct horse battery"));
        Assert.Contains("期限が切れて", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_codes_become_slow()
    {
        await using var empty = await Empty.Open();
        for (var i = 0; i < 3; i++) await empty.Send(("code", "AAAA-AAAA-AAAA"));
        Assert.Contains("あと1秒は試せません", (await empty.Send(("code", "AAAA-AAAA-AAAA"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_somebody_can_sign_in_there_is_no_set_up()
    {
        await using var city = await City.Open();
        Assert.Null(city.Gateway.SetupCode);
        using var browser = new Browser(city);
        Assert.Equal(404, (await browser.Open("/setup")).Status);
    }

    [Fact]
    public async Task A_server_database_outside_Development_needs_a_folder_for_its_keys()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => Gateway.Open(["--environment=Production", "--PublicUrl=https://pay.example.jp", "--Storage:Engine=PostgreSql", "--Storage:ConnectionString=Host=nowhere.invalid"]));
        Assert.StartsWith("Secrets:Directory is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passkeys_are_bound_to_the_public_host_or_a_domain_above_it()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => Gateway.Open(["--environment=Production", "--PublicUrl=https://pay.example.jp", "--Staff:PasskeyDomain=other.jp"]));
        Assert.Contains("Staff:PasskeyDomain", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Production, just installed. Cookies are Secure there, so this visitor carries them by hand.</summary>
    private sealed class Empty : IAsyncDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("cashless-empty-").FullName;
        private HttpClient _client = null!;

        public Gateway Gateway { get; private set; } = null!;
        public FakeTime Time { get; } = new();

        public static async Task<Empty> Open()
        {
            var empty = new Empty();
            empty.Gateway = await Gateway.Open(["--environment=Production", "--PublicUrl=https://pay.example.jp", "--Urls=http://127.0.0.1:0", "--Jobs:Enabled=false", $"--Storage:Directory={empty._directory}"], builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(empty.Time);
            });
            await empty.Gateway.App.StartAsync();
            empty._client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(empty.Gateway.App.Urls.First()) };
            return empty;
        }

        public async Task<Answer> Get(string path)
        {
            using var response = await _client.GetAsync(path);
            return await Answer.Of(response);
        }

        public async Task<Answer> Send(params (string Name, string Value)[] fields)
        {
            var page = await Get("/setup");
            var form = Browser.Form(page, "/setup");
            foreach (var (name, value) in fields) form[name] = value;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/setup") { Content = new FormUrlEncodedContent(form) };
            request.Headers.Add("Cookie", page.Headers["Set-Cookie"].Split(';')[0]);
            using var response = await _client.SendAsync(request);
            return await Answer.Of(response);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await Gateway.App.StopAsync();
            await Gateway.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }
}
