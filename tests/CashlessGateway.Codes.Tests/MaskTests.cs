namespace CashlessGateway.Codes.Tests;

public sealed class MaskTests
{
    [Fact]
    public void A_misread_shows_four_characters_at_each_end() =>
        Assert.Equal("9191…0005", Read.Refused(Slips.OneYen[..40] + "0005").Masked);

    [Theory]
    [InlineData("1", "…")]
    [InlineData("123", "…")]
    [InlineData("1234", "1…4")]
    [InlineData("12345678", "12…78")]
    [InlineData("123456789012", "123…012")]
    public void At_least_half_of_a_short_text_stays_hidden(string text, string masked) => Assert.Equal(masked, Read.Refused(text).Masked);

    [Fact]
    public void A_customers_code_is_not_shown() =>
        Assert.Equal("9000…4321", Assert.IsType<CustomerCode>(CodeReader.Read("900081818812345678904321")).Masked);

    [Theory]
    [InlineData("900081818812345678904321")]
    [InlineData("hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=")]
    public void A_customers_code_as_text_is_its_mask(string code) =>
        Assert.DoesNotContain(code[4..^4], CodeReader.Read(code).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_card_number_is_not_shown() => Assert.Equal("4111…1111", Read.Refused("4111-1111-1111-1111").Masked);

    [Fact]
    public void A_text_too_long_to_look_at_is_masked_too() =>
        Assert.Equal("head…tail", Read.Refused("head" + new string('9', 1_048_576) + "tail").Masked);

    [Fact]
    public void Line_breaks_and_half_characters_do_not_reach_a_log() =>
        Assert.Equal("????…????", Read.Refused("\uD83D\u0000納\u001B" + new string('x', 40) + "付書\u0007\uDE00").Masked);

    [Fact]
    public void Nothing_is_masked_as_nothing() => Assert.Equal("", Read.Refused(null).Masked);

    [Fact]
    public void The_reading_as_text_shows_no_more_than_its_mask() =>
        Assert.DoesNotContain("9123", Read.Refused(Slips.OneYen[..40] + "0005").ToString(), StringComparison.Ordinal);
}
