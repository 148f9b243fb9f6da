using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using CashlessGateway.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace CashlessGateway.Browser.Tests;

/// <summary>A running gateway with the demo city, and a Chromium that looks at it. One of both for a class of tests.</summary>
public class Site : IAsyncLifetime
{
    private const string ChromiumVariable = "CASHLESS_TEST_CHROMIUM";

    /// <summary>What a container and a quiet machine need; nothing is fetched in the background.</summary>
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly string _directory = Directory.CreateTempSubdirectory("cashless-site-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Gateway Gateway { get; private set; } = null!;
    public FakeTime Time { get; } = new();

    /// <summary>What the gateway's time comes from.</summary>
    protected virtual TimeProvider Clockwork => Time;

    /// <summary>Settings beyond those of every site.</summary>
    protected virtual string[] More => [];

    /// <summary>Browsers refuse passkeys on an IP address.</summary>
    public string Address { get; private set; } = "";

    private static string? Chromium =>
        new[] { Environment.GetEnvironmentVariable(ChromiumVariable), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(static file => file is { Length: > 0 } && File.Exists(file));

    private static bool InCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    public async ValueTask InitializeAsync()
    {
        Gateway = await Start(_directory, Clockwork, ["--environment=Development", .. More]);
        Address = Local(Gateway);
        if (Chromium is not { } chromium)
        {
            if (InCi) throw new InvalidOperationException($"There is no Chromium, and {ChromiumVariable} names none.");
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Quiet });
    }

    public static async Task<Gateway> Start(string directory, TimeProvider time, params string[] more)
    {
        string[] args = ["--Urls=http://127.0.0.1:0", "--PublicUrl=http://localhost", "--Jobs:Enabled=false", "--Sandbox:Port=0", $"--Storage:Directory={directory}", .. more];
        var gateway = await Gateway.Open(args, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(time);
        });
        await gateway.App.StartAsync();
        return gateway;
    }

    public static string Local(Gateway gateway) => gateway.App.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>A browser that was never here.</summary>
    public async Task<IPage> Visit(int width = 1280, bool javaScript = true, string? address = null, int height = 900, string? state = null)
    {
        Assert.SkipWhen(_browser is null, $"There is no Chromium, and {ChromiumVariable} names none.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = address ?? Address, ViewportSize = new ViewportSize { Width = width, Height = height }, JavaScriptEnabled = javaScript, Locale = "ja-JP", StorageState = state });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public T Of<T>() where T : notnull => Gateway.App.Services.GetRequiredService<T>();

    public string PasswordOf(string login) => Gateway.DemoLogins!.People.First(one => one.Login == login).Password;

    /// <summary>What the app shows now; a code is good once, so the time goes on first.</summary>
    public string AppCode(string? secret = null)
    {
        Time.Advance(TimeSpan.FromSeconds(90));
        return OneTimeCode.At(secret ?? Gateway.DemoLogins!.Secret, Of<Clock>().Now());
    }

    public async Task SignIn(IPage page, string login)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#login", login);
        await page.FillAsync("#password", PasswordOf(login));
        await page.ClickAsync("form:has(#password) button");
        await page.FillAsync("#code", AppCode());
        await page.ClickAsync("form:has(#code) button");
        await page.WaitForURLAsync("**/account");
    }

    /// <summary>A device with a fingerprint reader, on which somebody always puts the right finger.</summary>
    public static async Task HoldKey(IPage page)
    {
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await Gateway.App.StopAsync();
        await Gateway.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
