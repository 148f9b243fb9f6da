using CashlessGateway.Fees;

namespace CashlessGateway.Tests.Fees;

public sealed class FeeSearchTests
{
    private static readonly IReadOnlyList<FeeItem> Items =
    [
        new() { Code = "juminhyo", Name = "住民票の写し", Kana = "ジュウミンヒョウノウツシ" },
        new() { Code = "juminhyo-kisai", Name = "住民票記載事項証明書", Kana = "ジュウミンヒョウキサイジコウショウメイショ" },
        new() { Code = "inkan", Name = "印鑑登録証明書", Kana = "インカントウロクショウメイショ" },
        new() { Code = "A4-copy", Name = "Ａ４コピー（白黒）", Kana = "エーヨンコピーシロクロ" },
    ];

    [Theory]
    [InlineData("じゅうみん", "juminhyo juminhyo-kisai")]
    [InlineData("ジュウミン", "juminhyo juminhyo-kisai")]
    [InlineData("ｼﾞｭｳﾐﾝ", "juminhyo juminhyo-kisai")]
    [InlineData("住民票", "juminhyo juminhyo-kisai")]
    [InlineData("住民票　きさい", "juminhyo-kisai")]
    [InlineData("証明 いんかん", "inkan")]
    [InlineData("JUM", "juminhyo juminhyo-kisai")]
    [InlineData("ｊｕｍｉｎｈｙｏ－", "juminhyo-kisai")]
    [InlineData("a4コピー", "A4-copy")]
    [InlineData("ａ４ｺﾋﾟｰ", "A4-copy")]
    [InlineData("hyo", "")]
    [InlineData("住民票 いんかん", "")]
    [InlineData("  　", "juminhyo juminhyo-kisai inkan A4-copy")]
    public void An_item_is_found_however_it_is_typed(string text, string found) => Assert.Equal(found, string.Join(' ', FeeSearch.Find(Items, text).Select(static item => item.Code)));

    [Fact]
    public void Nothing_typed_finds_everything_in_its_order() => Assert.Equal(Items, FeeSearch.Find(Items, null));

    [Fact]
    public void Whatever_has_an_item_is_searched_by_it() => Assert.Equal([3], FeeSearch.Find([0, 1, 2, 3], static index => Items[index], "コピー"));
}
