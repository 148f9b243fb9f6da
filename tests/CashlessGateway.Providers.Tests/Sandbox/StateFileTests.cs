using System.Text.Json;
using CashlessGateway.Providers.Tests.Sandbox.World;
using CashlessGateway.Sandbox;
using CashlessGateway.Sandbox.PayPay;

namespace CashlessGateway.Providers.Tests.Sandbox;

public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox").FullName;

    private string Path => System.IO.Path.Combine(_folder, "deeper", "truth.jsonl");

    [Fact]
    public async Task A_sandbox_started_again_on_its_port_goes_on_with_the_same_truth()
    {
        var time = ManualTime.Noon();
        Uri address;
        string truth, refunded;
        await using (var shop = await Reopen(0, time))
        {
            address = shop.Host.Address;
            await shop.Api.Create("open");
            await shop.Api.DeleteCode((await shop.Api.Create("deleted")).Field("codeId"));
            await shop.Api.Create("cancelled");
            await shop.Api.Cancel("cancelled");
            refunded = await shop.Paid("refunded");
            await shop.Api.Refund("RF", refunded, 120);
            truth = Write(shop);
        }

        await using var again = await Reopen(address.Port, time);
        Assert.Equal(address, again.Host.Address);
        Assert.Equal(truth, Write(again));
        Assert.Equal("REFUNDED", (await again.Api.GetRefund("RF")).State);
        Assert.Equal("00200014", (await again.Api.Refund("RF-2", refunded, 1)).CodeId);
        Assert.Equal("01652073", (await again.Api.Create("open")).CodeId);
        Assert.Equal("deleted", await again.Pay("deleted"));
        Assert.Equal("paid", await again.Pay("cancelled"));
        Assert.Equal("FAILED", (await again.Api.Get("cancelled")).State);
    }

    [Fact]
    public async Task A_change_is_on_disk_before_its_answer_leaves()
    {
        await using var shop = await Reopen(0, ManualTime.Noon());
        await shop.Paid("A");
        var copy = System.IO.Path.Combine(_folder, "copy.jsonl");
        await Copy(copy);
        await using var other = await Shop.Open(options => options with { StateFile = copy });
        Assert.Equal(PayPayStatus.Completed, other.PayPay.Find("A")!.Status);
    }

    [Theory]
    [InlineData("\n{\"change\":{\"merchantId\":\"sandbox-mer")]
    [InlineData("\n{\"order\":\0\0\0\0\0\0\0")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public async Task A_change_that_a_kill_tore_apart_did_not_happen_and_spoils_nothing(string torn)
    {
        var time = ManualTime.Noon();
        await using (var shop = await Reopen(0, time)) await shop.Paid("A");
        await File.AppendAllTextAsync(Path, torn);
        await using (var shop = await Reopen(0, time)) await shop.Paid("B");
        await using var last = await Reopen(0, time);
        Assert.Equal(["A", "B"], last.PayPay.Truth().Where(payment => payment.Status == PayPayStatus.Completed).Select(payment => payment.MerchantPaymentId));
    }

    [Fact]
    public async Task Two_sandboxes_never_write_one_truth()
    {
        await using var first = await Reopen(0, ManualTime.Noon());
        await Assert.ThrowsAsync<IOException>(() => SandboxHost.Start(new SandboxOptions { StateFile = Path }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Shop> Reopen(int port, ManualTime time) => Shop.Open(options => options with { Port = port, StateFile = Path }, time);

    private static string Write(Shop shop) => JsonSerializer.Serialize(shop.PayPay.Truth());

    /// <summary>Through another program, since the sandbox shares its file with nobody of this kind.</summary>
    private async Task Copy(string target)
    {
        using var copy = System.Diagnostics.Process.Start("cp", [Path, target]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
    }
}
