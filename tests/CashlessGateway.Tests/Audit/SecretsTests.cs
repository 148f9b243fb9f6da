using CashlessGateway.Access;
using CashlessGateway.Audit;

namespace CashlessGateway.Tests.Audit;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("newPassword")]
    [InlineData("Password2")]
    [InlineData("passwords")]
    [InlineData("client_secret")]
    [InlineData("oldSecretUntil")]
    [InlineData("key")]
    [InlineData("APIKey")]
    [InlineData("api-key")]
    [InlineData("signingKeys")]
    [InlineData("accessToken")]
    [InlineData("PIN")]
    [InlineData("userPin")]
    [InlineData("recoveryCode")]
    [InlineData("totp")]
    public void Names_of_secrets_are_known_however_they_are_written(string name) => Assert.True(Secrets.IsSecretName(name));

    [Theory]
    [InlineData("shippingDate")]
    [InlineData("reason")]
    [InlineData("keyboard")]
    [InlineData("opinion")]
    [InlineData("bothSignUntil")]
    [InlineData("encoded")]
    [InlineData("terminal")]
    public void Other_words_are_not(string name) => Assert.False(Secrets.IsSecretName(name));

    [Fact]
    public void Our_own_keys_and_signing_secrets_are_masked_wherever_somebody_pasted_them()
    {
        var key = ApiKey.New("live");
        Assert.Equal("キー *** を試した", Secrets.Mask($"キー {key.Text} を試した"));
        Assert.Equal("***", Secrets.Mask("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"));
        Assert.Equal("Authorization: ***", Secrets.Mask("Authorization: Bearer abc.def"));
        Assert.Equal("cgk", Secrets.Mask("cgk"));
    }
}
