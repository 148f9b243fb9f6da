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
         from amount in Gen.Choose(0, (int)SlipCode.PublicLimit)
         select Made.Of(SlipCode.Build(company, free, reissue, payBy, amount, stamp))).ToArbitrary();

    [Fact]
    public void What_is_built_is_read_back_the_same() =>
        Prop.ForAll(AnySlip, slip => Read.Slip(slip.Digits) == slip).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_read_can_be_built_again_from_its_fields() =>
        Prop.ForAll(AnySlip, slip => Made.Of(SlipCode.Build(slip.Company, slip.Free, slip.Reissue, slip.PayBy, slip.Amount, slip.Stamp)) == slip).QuickCheckThrowOnFailure();

    [Fact]
    public void The_printed_rows_typed_in_again_are_the_same_slip() =>
        Prop.ForAll(AnySlip, slip => Read.Slip(string.Join('\n', slip.HumanReadable())) == slip).QuickCheckThrowOnFailure();
}
