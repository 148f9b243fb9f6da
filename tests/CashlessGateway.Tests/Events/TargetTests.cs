using System.Net;
using System.Net.Sockets;
using CashlessGateway.Events;
using CashlessGateway.Money;

namespace CashlessGateway.Tests.Events;

/// <summary>Where events may go, at registration and at the connection itself.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData("https://hooks.example.jp/in", null)]
    [InlineData("https://hooks.example.jp:8443/in?x=1", null)]
    [InlineData("http://hooks.example.jp/in", "https-required")]
    [InlineData("https://10.0.0.1/in", "address-not-allowed")]
    [InlineData("https://2130706433/in", "address-not-allowed")]
    [InlineData("https://0x7f.1/in", "address-not-allowed")]
    [InlineData("https://[::1]/in", "address-not-allowed")]
    [InlineData("https://[::ffff:192.168.0.1]/in", "address-not-allowed")]
    [InlineData("https://localhost/in", "address-not-allowed")]
    [InlineData("https://intranet/in", "address-not-allowed")]
    [InlineData("https://db.internal/in", "address-not-allowed")]
    [InlineData("https://printer.local./in", "address-not-allowed")]
    public void Outside_Development_a_target_is_public_and_https(string url, string? code) =>
        Assert.Equal(code, new WebhookTarget(local: false).Refuse(new Uri(url))?.Violations!.Single().Code);

    [Theory]
    [InlineData("http://127.0.0.1:9/in", null)]
    [InlineData("http://localhost:9/in", null)]
    [InlineData("http://10.0.0.1/in", "address-not-allowed")]
    [InlineData("http://169.254.169.254/latest", "address-not-allowed")]
    public void Development_allows_this_machine_and_nothing_else_inside(string url, string? code) =>
        Assert.Equal(code, new WebhookTarget(local: true).Refuse(new Uri(url))?.Violations!.Single().Code);

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_when_the_connection_is_made()
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        using var sender = Sender(IPAddress.Loopback);
        var url = new Uri($"http://rebound.example.jp:{((IPEndPoint)inside.LocalEndpoint).Port}/");

        var result = await Send(sender, url);

        Assert.Equal((null, "address-not-allowed: loopback"), (result.StatusCode, result.Error));
        Assert.False(inside.Pending());
    }

    [Fact]
    public async Task An_address_in_the_url_itself_is_checked_at_the_connection_too()
    {
        using var sender = Sender(IPAddress.Parse("1.1.1.1"));
        Assert.Equal("address-not-allowed: link-local", (await Send(sender, new Uri("http://169.254.169.254/latest"))).Error);
        Assert.Equal("address-not-allowed: unique-local", (await Send(sender, new Uri("http://[fd00::1]/"))).Error);
    }

    [Fact]
    public async Task A_name_without_an_address_says_so()
    {
        using var sender = new WebhookSender(new WebhookTarget(local: false, static (_, _) => throw new SocketException((int)SocketError.HostNotFound)));
        Assert.Equal("name-not-resolved", (await Send(sender, new Uri("https://nobody.example.jp/"))).Error);
    }

    [Fact]
    public async Task A_call_that_is_never_answered_ends_at_its_limit()
    {
        await using var dead = await Listener.Open();
        dead.IsDead = true;
        using var sender = new WebhookSender(new WebhookTarget(local: true)) { Patience = TimeSpan.FromMilliseconds(50) };
        Assert.Equal((null, "timeout"), (await Send(sender, new Uri(dead.Url))) is var result ? (result.StatusCode, result.Error) : default);
    }

    [Fact]
    public async Task Nobody_listening_and_no_TLS_there_are_told_apart()
    {
        using var sender = new WebhookSender(new WebhookTarget(local: true));
        await using var plain = await Listener.Open();
        Assert.Equal("tls-failed", (await Send(sender, new Uri(plain.Url.Replace("http:", "https:", StringComparison.Ordinal)))).Error);
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Dispose();
        Assert.Equal("connection-failed", (await Send(sender, new Uri($"http://127.0.0.1:{port}/"))).Error);
    }

    private static WebhookSender Sender(params IPAddress[] addresses) => new(new WebhookTarget(local: false, (_, _) => Task.FromResult(addresses)));

    private static Task<TryResult> Send(WebhookSender sender, Uri url) => sender.Send(url, "evt_1", new Instant(1_800_000_000_000), "{}"u8.ToArray(), [WebhookSignature.NewSecret()], CancellationToken.None);
}
