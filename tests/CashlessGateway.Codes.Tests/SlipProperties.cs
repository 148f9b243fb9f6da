using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace CashlessGateway.Codes.Tests;

public sealed class SlipProperties
{
    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly int DaysOfTheCentury = new DateOnly(2099, 12, 31).DayNumber - FirstDay.DayNumber;

    private static Gen<string> Digits(int count) =>
        Gen.Choose(0, 9).ArrayOf(count).Select(digits => string.Concat(digits.Select(digit => digit.ToString(CultureInfo.InvariantCulture))));

    private static Gen<DateOnly?> PayBy =>
        Gen.Choose(-1, DaysOfTheCentury).Select(day => day < 0 ? (DateOnly?)null : FirstDay.AddDays(day));

    private static Arbitrary<SlipCode> AnySlip =>
        (from company in Digits(6)
         from free in Digits(21)
         from reissue in Gen.Choose(0, 9)
         from payBy in PayBy
         from stamp in Gen.Elements(true, false)
         from amount in Gen.Choose(0, 999_999)
         select SlipCode.Build(company, free, reissue, payBy, amount, stamp)).ToArbitrary();

    [Fact]
    public void What_is_built_is_read_back_the_same() =>
        Prop.ForAll(AnySlip, slip => Read.Slip(slip.Digits) == slip).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_read_can_be_built_again_from_its_fields() =>
        Prop.ForAll(AnySlip, slip => SlipCode.Build(slip.Company, slip.Free, slip.Reissue, slip.PayBy, slip.Amount, slip.Stamp) == slip).QuickCheckThrowOnFailure();

    [Fact]
    public void The_printed_rows_typed_in_again_are_the_same_slip() =>
        Prop.ForAll(AnySlip, slip => Read.Slip(string.Join('\n', slip.HumanReadable())) == slip).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_gets_an_answer_whose_mask_hides_its_middle() =>
        Prop.ForAll(AnyText.ToArbitrary(), text => CodeReader.Read(text) switch
        {
            CodeReading.Slip slip => slip.Code.Digits.Length == SlipCode.Length,
            CodeReading.Unreadable refused => HidesTheMiddle(refused.Masked, text),
            _ => false,
        }).QuickCheckThrowOnFailure();

    /// <summary>Any 16 bits at all, lone surrogates included; digits and scanner marks often, so that the deeper checks are reached.</summary>
    private static Gen<string> AnyText =>
        Gen.Frequency(
                (4, Gen.Choose('0', '9')),
                (2, Gen.Elements(']', '[', 'C', '1', '(', ')', '-', ' ', '\u001D', '\r', '\n', 'E', 'A', 'N', '９', '」').Select(letter => (int)letter)),
                (1, Gen.Choose(0, char.MaxValue)))
            .ArrayOf()
            .Select(letters => string.Concat(letters.Select(letter => (char)letter)));

    private static bool HidesTheMiddle(string masked, string text) =>
        masked.Length <= 9 && masked.Length <= text.Length / 2 + 1;
}
