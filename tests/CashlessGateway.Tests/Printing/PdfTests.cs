using System.Text;
using CashlessGateway.Printing;

namespace CashlessGateway.Tests.Printing;

public sealed class PdfTests
{
    private const string Words = "見本市 市民課 領収書 ¥12,340 ￥〜～−－ ｶﾅ ABC xyz 髙﨑 辻";

    private static byte[] Document(params string[] lines)
    {
        var document = new PdfDocument("見本");
        var page = document.AddPage(80, 100);
        foreach (var (i, line) in lines.Index()) page.Text(5, 10 + 5 * i, 9, line);
        return document.ToBytes();
    }

    [Fact]
    public void Text_comes_out_letter_by_letter_as_it_was_written()
    {
        string[] lines = ["見本市 市民課 領収書", "¥12,340 ￥12,340 〜～ −－", "ｶﾅ ABC xyz (\\)", "𠮟る 髙﨑 福神"];
        Assert.Equal(lines, PdfReader.Lines(Document(lines)));
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_and_other_content_others()
    {
        Assert.Equal(Document(Words), Document(Words));
        Assert.NotEqual(Document("一"), Document("二"));
    }

    [Fact]
    public void Every_object_lies_where_the_table_says() => PdfReader.CheckTable(Document(Words));

    [Fact]
    public void A_letter_that_the_font_lacks_is_a_geta_and_is_named()
    {
        // A letter of a script that no Japanese font has.
        const string line = "名前 \u13A0 様";
        Assert.Equal([new Rune('\u13A0')], PrintFont.Gothic.MissingIn(line));
        Assert.Equal(["名前 〓 様"], PdfReader.Lines(Document(line)));
    }

    [Fact]
    public void Letters_in_two_parts_are_written_as_one() => Assert.Equal(["がぎ"], PdfReader.Lines(Document("か\u3099き\u3099")));

    /// <summary>The letters of names have forms that normalization would change, and selectors of forms that this font has not.</summary>
    [Fact]
    public void Letters_of_names_are_not_turned_into_others() => Assert.Equal(["福神辻"], PdfReader.Lines(Document("福神辻\U000E0100")));

    [Fact]
    public void The_embedded_font_has_the_letters_and_little_else()
    {
        var font = new TrueTypeFontView(PdfReader.Font(Document("領収書")));
        Assert.InRange(font.Glyphs, 4, 12);
        Assert.InRange(font.Length, 1_000, 20_000);
    }

    [Fact]
    public void Every_letter_of_the_font_can_be_embedded()
    {
        var font = PrintFont.Gothic;
        // The letters of JIS and what Windows added, and the ideographs beyond the first 65,536.
        var letters = Enumerable.Range(0x20, 0xFFFF - 0x20).Where(static code => code is < 0xD800 or > 0xDFFF).Concat(Enumerable.Range(0x20000, 0x2FFF)).Select(static code => new Rune(code)).Where(font.Has).ToList();
        Assert.InRange(letters.Count, 9_000, 12_300);
        var text = string.Concat(letters.Where(static letter => Rune.GetUnicodeCategory(letter) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Control)));
        Assert.Equal(text, string.Concat(PdfReader.Lines(Document(text))));
    }

    [Fact]
    public void Amounts_end_at_their_place()
    {
        var font = PrintFont.Gothic;
        Assert.Equal(font.Width("1,234円", 9), 4 * font.Width("1", 9) + font.Width(",", 9) + font.Width("円", 9), 6);
        Assert.Equal(9 / 72.0 * 25.4, font.Width("円", 9), 2);
    }

    [Fact]
    public void A_line_breaks_between_letters_but_not_before_a_full_stop_nor_inside_a_number()
    {
        var font = PrintFont.Gothic;
        var wide = font.Width("あいうえお", 9) + 0.01;
        Assert.Equal(["あいうえお", "かきく"], font.Wrap("あいうえおかきく", 9, wide));
        Assert.Equal(["あいうえ", "お。かき"], font.Wrap("あいうえお。かき", 9, wide));
        Assert.Equal(["あいう", "12,340円"], font.Wrap("あいう12,340円", 9, wide));
        Assert.Equal([""], font.Wrap("", 9, wide));
    }

    [Fact]
    public void A_table_goes_on_over_pages_with_its_headings_on_each()
    {
        var document = new PdfDocument("日計表");
        var table = new PdfTable([new("科目", 60), new("金額", 40, TextAlign.Right)], left: 20, size: 9, bottom: 280, () => (document.AddA4Page(), 30));
        for (var i = 1; i <= 120; i++) table.Row($"科目{i}", $"{i}円");
        table.BoldRow("合計", "7,260円");
        var lines = PdfReader.Lines(document.ToBytes());
        Assert.InRange(document.Pages.Count, 2, 4);
        Assert.Equal(document.Pages.Count, lines.Count(line => line == "科目"));
        Assert.Equal(120, lines.Count(line => line.EndsWith('円')) - 1);
        Assert.All(PdfReader.Pages(document.ToBytes()), page => Assert.Equal((595.276, 841.89), page));
    }

    /// <summary>What the numbers at the front of the file say.</summary>
    private sealed class TrueTypeFontView(byte[] file)
    {
        private readonly int _maxp = Enumerable.Range(0, file[5]).Select(i => 12 + 16 * i).Where(at => Encoding.ASCII.GetString(file, at, 4) == "maxp").Select(at => (file[at + 10] << 8) | file[at + 11]).Single();

        public int Length => file.Length;

        public int Glyphs => (file[_maxp + 4] << 8) | file[_maxp + 5];
    }
}
