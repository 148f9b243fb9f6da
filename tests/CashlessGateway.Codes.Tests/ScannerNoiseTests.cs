namespace CashlessGateway.Codes.Tests;

public sealed class ScannerNoiseTests
{
    private const string Slip = Slips.PublishedWithDate;

    [Theory]
    [InlineData("]C1")]
    [InlineData("]C0")]
    [InlineData("[C1")]
    [InlineData("[C0")]
    [InlineData("」C1")]
    [InlineData("「C1")]
    [InlineData("｣C1")]
    [InlineData("］Ｃ１")]
    [InlineData("]c1")]
    [InlineData("\u001D")]
    [InlineData("]C1\u001D")]
    [InlineData("\u001D]C1")]
    [InlineData("EAN")]
    [InlineData("ean ")]
    [InlineData(" ")]
    [InlineData("\r\n")]
    [InlineData("\t")]
    public void What_a_scanner_puts_before_the_digits_is_taken_away(string before) => Assert.Equal(Slip, Read.Slip(before + Slip).Digits);

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\t")]
    [InlineData(" ")]
    [InlineData("　")]
    [InlineData("\u001D")]
    public void What_a_scanner_puts_behind_the_digits_is_taken_away(string behind) => Assert.Equal(Slip, Read.Slip(Slip + behind).Digits);

    [Theory]
    [InlineData("(91)912345-0000000000000045208750 040131-0-029500-4")]
    [InlineData("(91)912345-0000000000000045208750\r\n040131-0-029500-4\r\n")]
    [InlineData("]C1(91)912345-0000000000000045208750040131-0-029500-4")]
    [InlineData("EAN(91)912345 0000000000000045208750 040131 0 029500 4")]
    [InlineData("（９１）９１２３４５－００００００００００００００４５２０８７５０　０４０１３１－０－０２９５００－４")]
    [InlineData("(91)912345ー0000000000000045208750 040131ｰ0−029500‐4")]
    [InlineData("９１９１２３４５００００００００００００００４５２０８７５００４０１３１００２９５００４")]
    [InlineData("9191 2345 0000 0000 0000 0045 2087 5004 0131 0029 5004")]
    public void What_a_person_types_from_the_paper_is_read(string typed) => Assert.Equal(Slip, Read.Slip(typed).Digits);

    [Theory]
    [InlineData("EANEAN")]
    [InlineData("]C1]C1")]
    [InlineData("(90)")]
    [InlineData("91)")]
    public void Other_words_before_the_digits_are_not_guessed_away(string before) =>
        Assert.Equal(UnreadableReason.NotDigits, Read.Why(before + Slip));
}
