using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace CashlessGateway.Codes.Tests;

public sealed class CodeProperties
{
    private static Gen<string> Digits(int count) =>
        Gen.Choose(0, 9).ArrayOf(count).Select(digits => string.Concat(digits.Select(digit => digit.ToString(CultureInfo.InvariantCulture))));

    private static Gen<DateOnly> Day => Gen.Choose(new DateOnly(2000, 1, 1).DayNumber, new DateOnly(2099, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);

    private static Arbitrary<ElQrParts> AnyElQr =>
        (from key in Digits(20)
         from confirmation in Digits(6)
         from item in Digits(3)
         from organisation in Digits(5)
         from office in Digits(3)
         from amount in Gen.Choose(0, int.MaxValue)
         from year in Gen.Choose(0, 9_999)
         from term in Digits(2)
         from due in Day
         from payBy in Day
         from reserve in Gen.OneOf(Gen.Constant(new string('0', 85)), Digits(85))
         select new ElQrParts
         {
             CaseKey = key,
             Confirmation = confirmation,
             Item = item,
             Organisation = organisation,
             Office = office,
             Amount = amount * 40L,
             AssessmentYear = year,
             TaxYear = year,
             Term = term,
             DueDate = due,
             PayBy = payBy,
             Reserve = reserve,
         }).ToArbitrary();

    [Fact]
    public void An_el_qr_that_is_built_is_read_back_with_the_same_parts() =>
        Prop.ForAll(AnyElQr, parts => Read.ElQr(Made.Of(ElQr.Build(parts)).Digits).Parts() == parts).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_store_code_that_is_built_is_read_back() =>
        Prop.ForAll(
            Gen.Elements("A", "市役所", "𠮷", "a b", "0", "６", "ｶﾅ", "-").ArrayOf().Where(words => words.Length is > 0 and <= 12).Select(words => string.Concat(words)).ToArbitrary(),
            name =>
            {
                var built = Made.Of(StoreCode.Build([new("01", "11"), new("59", name), new("60", "X")]));
                return Read.Store(built.Text) == built && Read.Store(built.Text).Name == name;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pay_easy_numbers_that_are_built_are_read_back_from_their_key() =>
        Prop.ForAll(
            (from institution in Digits(5).Where(five => five != ElNumber.Cooperative)
             from number in Gen.Choose(1, 20).SelectMany(Digits)
             from confirmation in Gen.Choose(1, 6).SelectMany(Digits)
             from division in Gen.Choose(1, 16).SelectMany(Digits)
             select Made.Of(PayEasy.Build(institution, number, confirmation, division))).ToArbitrary(),
            built => built.Key.Count(char.IsAsciiDigit) is 44 or 255 || Equals(CodeReader.Read(built.Key), built)).QuickCheckThrowOnFailure();
}
