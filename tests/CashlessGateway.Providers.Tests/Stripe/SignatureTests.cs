using System.Globalization;
using System.Text;
using CashlessGateway.Providers.Stripe;

namespace CashlessGateway.Providers.Tests.Stripe;

/// <summary>The first vector is stripe-dotnet's (see Fixtures/README.md).</summary>
public sealed class SignatureTests
{
    private const string Secret = "webhook_secret";
    private const long Time = 1_533_204_620;
    private const string V1 = "2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7";
    private const string V0 = "63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef";

    private static readonly byte[] Body = Fixture.Bytes("event_test_signature.json");

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(-300)]
    public void The_published_vector_is_genuine_within_five_minutes(int later) => Assert.Null(Problem($"t={Time},v1={V1},v0={V0}", later));

    [Theory]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(-301)]
    [InlineData(-86_400)]
    public void Older_or_from_the_future_it_is_not(int later) => Assert.NotNull(Problem($"t={Time},v1={V1}", later));

    [Fact]
    public void While_a_secret_is_rolled_either_signature_counts()
    {
        var other = new string('0', 64);
        Assert.Null(Problem($"t={Time},v1={other},v1={V1}"));
        Assert.Null(Problem($"t={Time},v1={V1},v1={other}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1533204620")]
    [InlineData("v1=" + V1)]
    [InlineData("t=1533204620,v0=" + V0)]
    [InlineData("t=1533204620,v0=" + V1)]
    [InlineData("t=1533204621,v1=" + V1)]
    [InlineData("t=1533204620,t=1533204620,v1=" + V1)]
    [InlineData("t=-1533204620,v1=" + V1)]
    [InlineData("t=1533204620,v1=2220f87e")]
    [InlineData("t=1533204620,v1=zz20f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7")]
    public void Anything_else_is_forged(string header) => Assert.NotNull(Problem(header));

    [Fact]
    public void A_body_of_which_one_byte_differs_is_forged()
    {
        byte[] longer = [.. Body, (byte)'\n'];
        Assert.NotNull(Signature.Problem($"t={Time},v1={V1}", longer, Secret, At(0)));
    }

    [Fact]
    public void Another_secret_is_forged() => Assert.NotNull(Signature.Problem($"t={Time},v1={V1}", Body, "whsec_other", At(0)));

    [Fact]
    public void A_header_of_ten_thousand_signatures_is_not_computed() =>
        Assert.NotNull(Problem($"t={Time}," + string.Join(',', Enumerable.Repeat($"v1={V1}", 10_000))));

    internal static string Sign(string secret, byte[] body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(time + "."), .. body]))}";
    }

    private static string? Problem(string header, int later = 0) => Signature.Problem(header, Body, Secret, At(later));

    private static DateTimeOffset At(int later) => DateTimeOffset.FromUnixTimeSeconds(Time + later);
}
