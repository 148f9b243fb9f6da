using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CashlessGateway.Providers.Tests.Kit;

namespace CashlessGateway.Providers.Tests.PayPay;

/// <summary>What goes over the wire, byte for byte; the signature is checked here by code of its own.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task A_body_goes_out_under_the_content_type_that_was_signed()
    {
        await using var world = await PayPayWorld.Open();
        await world.OnCode(PayPaySays.Code(PayPayWorld.Reference, 300)).Provider.Start(world.Order, world.InTime);

        var request = Assert.Single(world.Stub.Requests);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        AssertSigned(request, world.Time);
    }

    [Fact]
    public async Task Without_a_body_no_content_type_goes_out_and_the_word_empty_is_signed()
    {
        await using var world = await PayPayWorld.Open();
        await world.OnDelete(PayPaySays.CodeDeleted).OnLookUp(PayPaySays.Unpaid).OnCancel(PayPaySays.CancelAccepted).Provider.Cancel(world.Case, world.InTime);

        Assert.Equal(3, world.Stub.Requests.Count);
        Assert.All(world.Stub.Requests, request =>
        {
            Assert.DoesNotContain("Content-Type", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
            Assert.EndsWith(":empty", request.Headers["Authorization"], StringComparison.Ordinal);
            AssertSigned(request, world.Time);
        });
    }

    [Fact]
    public async Task Japanese_text_is_signed_as_the_bytes_that_are_sent()
    {
        await using var world = await PayPayWorld.Open();
        await world.OnCode(PayPaySays.Code(PayPayWorld.Reference, 300)).Provider.Start(world.Order with { Description = "𠮷野家の証明書<&>" }, world.InTime);

        var request = Assert.Single(world.Stub.Requests);
        Assert.Contains("野家の証明書<&>", request.Text, StringComparison.Ordinal);
        Assert.Equal("𠮷野家の証明書<&>", JsonDocument.Parse(request.Body).RootElement.GetProperty("orderDescription").GetString());
        AssertSigned(request, world.Time);
    }

    [Fact]
    public async Task Each_request_has_a_nonce_of_its_own()
    {
        await using var world = await PayPayWorld.Open();
        world.OnLookUp(PayPaySays.Unpaid);
        await world.Provider.LookUp(world.Case, world.InTime);
        await world.Provider.LookUp(world.Case, world.InTime);

        Assert.Equal(2, world.Stub.Requests.Select(request => Parts(request)[3]).Distinct().Count());
    }

    [Fact]
    public async Task One_key_for_several_merchants_names_the_merchant()
    {
        await using var world = await PayPayWorld.Open(("MerchantId", "123456789012345678"));
        await world.OnLookUp(PayPaySays.Unpaid).Provider.LookUp(world.Case, world.InTime);

        Assert.Equal("123456789012345678", Assert.Single(world.Stub.Requests).Headers["X-ASSUME-MERCHANT"]);
    }

    [Fact]
    public async Task A_key_of_one_merchant_names_none()
    {
        await using var world = await PayPayWorld.Open();
        await world.OnLookUp(PayPaySays.Unpaid).Provider.LookUp(world.Case, world.InTime);

        Assert.DoesNotContain("X-ASSUME-MERCHANT", Assert.Single(world.Stub.Requests).Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Parts(StubRequest request) => request.Headers["Authorization"].Split(':');

    private static void AssertSigned(StubRequest request, KitTime time)
    {
        var type = request.Headers.GetValueOrDefault("Content-Type") ?? "empty";
        var hash = request.Body.Length == 0 ? "empty" : Convert.ToBase64String(CryptographicOperations.HashData(HashAlgorithmName.MD5, [.. Encoding.UTF8.GetBytes(type), .. request.Body]));
        var parts = Parts(request);
        var epoch = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = string.Join('\n', request.Target, request.Method, parts[3], epoch, type, hash);
        var mac = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(PayPayWorld.Secret), Encoding.UTF8.GetBytes(text)));

        Assert.Equal(["hmac OPA-Auth", "sample_key", mac, parts[3], epoch, hash], parts);
    }
}
