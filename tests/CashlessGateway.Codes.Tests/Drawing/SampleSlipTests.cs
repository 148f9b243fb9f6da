using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CashlessGateway.Codes.Drawing;

namespace CashlessGateway.Codes.Tests.Drawing;

public sealed partial class SampleSlipTests
{
    public static TheoryData<int> Resolutions => [300, 400, 480, 600];

    [Theory, MemberData(nameof(Resolutions))]
    public void Every_slip_says_that_it_is_a_sample_in_a_line_and_across(int dpi)
    {
        foreach (var slip in new[] { Sample(12_300), Sample(385_000), Sample(1, title: "", payee: "") })
        {
            var texts = XDocument.Parse(slip.Svg(SlipPrint.For(dpi))).Descendants().Where(element => element.Name.LocalName == "text" && element.Value.StartsWith("見本・納付には使えません", StringComparison.Ordinal)).ToList();
            Assert.Equal(2, texts.Count);
            Assert.Contains(texts, text => text.Attribute("transform") is not null);
            Assert.Equal(2, Occurrences(Latin(slip.Pdf(SlipPrint.For(dpi))), Utf16("見本・納付には使えません")));
        }
    }

    [Fact]
    public void What_scanners_read_lies_above_the_notice()
    {
        var svg = Sample(12_300).Svg(SlipPrint.For(600));
        Assert.True(svg.IndexOf("rotate", StringComparison.Ordinal) < svg.IndexOf("fill='#000000'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bill_over_300000_yen_says_in_place_of_the_bars_that_there_are_none()
    {
        var over = Sample(300_001);
        Assert.Null(over.Slip);
        Assert.Contains("30万円を超えるためバーコードはありません", over.Svg(SlipPrint.For(600)), StringComparison.Ordinal);
        Assert.DoesNotContain("30万円を超える", Sample(300_000).Svg(SlipPrint.For(600)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_for_people_are_those_of_the_codes()
    {
        var slip = Sample(12_300);
        var svg = slip.Svg(SlipPrint.For(600));
        Assert.All(slip.Slip!.HumanReadable().Concat(slip.ElQr.OcrRows()).Concat([slip.ElQr.Number.Institution, slip.ElQr.Number.Confirmation, slip.ElQr.Number.Item, "0000 0000 0000 0000 0001", "12,300円", "2027年3月31日"]),
            text => Assert.Contains($">{text}<", svg, StringComparison.Ordinal));
    }

    [Fact]
    public void A_slip_without_a_last_day_says_so() => Assert.Contains(">期限なし<", (Sample(1) with { PayBy = null }).Svg(SlipPrint.For(600)), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Resolutions))]
    public void The_bars_are_those_of_the_symbol_and_as_wide_as_the_printer_can(int dpi)
    {
        var print = SlipPrint.For(dpi);
        var slip = Sample(12_300);
        var symbol = Assert.IsType<Built<SlipSymbol>.Made>(SlipSymbol.Of(slip.Slip!)).Value;

        var bars = Rectangles(slip.Pdf(print)).Where(area => area.Height == print.HeightDots).ToList();

        // The white ground first, then the bars from left to right.
        var left = bars[0].X + print.QuietDots;
        Assert.Equal(SlipSymbol.ModuleCount * print.ModuleDots + 2 * print.QuietDots, bars[0].Width);
        var black = new bool[SlipSymbol.ModuleCount];
        foreach (var bar in bars.Skip(1))
        {
            Assert.Equal((0, 0), ((bar.X - left) % print.ModuleDots, bar.Width % print.ModuleDots));
            black.AsSpan((bar.X - left) / print.ModuleDots, bar.Width / print.ModuleDots).Fill(true);
        }

        Assert.Equal(Enumerable.Range(0, SlipSymbol.ModuleCount).Select(symbol.IsBar), black);
    }

    [Theory, MemberData(nameof(Resolutions))]
    public void Every_edge_lies_on_a_whole_dot(int dpi)
    {
        var print = SlipPrint.For(dpi);
        var pdf = Latin(Sample(12_300).Pdf(print));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\n{72m / dpi:0.####} 0 0 {72m / dpi:0.####} 0 0 cm\n"), pdf, StringComparison.Ordinal);
        Assert.All(AnyRectangle().Matches(pdf), rectangle => Assert.Matches(@"^-?\d+ -?\d+ \d+ \d+ re$", rectangle.Value));
        Assert.All(AnyPath().Matches(Sample(12_300).Svg(print)), path => Assert.Matches("^d='[Mhvz0-9 -]+'$", path.Value));
    }

    [Fact]
    public void Each_entry_of_the_PDFs_table_points_at_its_object()
    {
        var pdf = Latin(Sample(12_300).Pdf(SlipPrint.For(600)));
        Assert.StartsWith("%PDF-1.4\n", pdf, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", pdf, StringComparison.Ordinal);

        var table = int.Parse(TableOffset().Match(pdf).Groups["at"].Value, CultureInfo.InvariantCulture);
        var lines = pdf[table..].Split('\n');
        Assert.Equal("xref", lines[0]);
        var count = int.Parse(lines[1].Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.Contains($"/Size {count} ", pdf[table..], StringComparison.Ordinal);
        for (var number = 1; number < count; number++)
        {
            // 19 characters and the line end are the 20 bytes that the standard asks for.
            var entry = lines[2 + number];
            Assert.Matches(@"^\d{10} 00000 n $", entry);
            Assert.StartsWith($"{number} 0 obj\n", pdf[int.Parse(entry[..10], CultureInfo.InvariantCulture)..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_PDFs_content_is_as_long_as_it_says()
    {
        var stream = ContentStream().Match(Latin(Sample(12_300).Pdf(SlipPrint.For(600))));
        Assert.Equal(int.Parse(stream.Groups["length"].Value, CultureInfo.InvariantCulture), stream.Groups["content"].Length);
    }

    [Theory]
    [InlineData("<script>&\"'</script>")]
    [InlineData(@"(\)( 税")]
    [InlineData("\u0000\u001B\uD800税")]
    [InlineData("とても長い名前の市町村が受け取る、とても長い名前の使用料および手数料（令和8年度 第1期から第4期まで）")]
    public void Any_text_can_be_a_title(string title)
    {
        var slip = Sample(1, title, title);
        Assert.Equal("svg", XDocument.Parse(slip.Svg(SlipPrint.For(300))).Root!.Name.LocalName);
        var bare = Escape().Replace(Latin(slip.Pdf(SlipPrint.For(300))), "");
        Assert.Equal(bare.Count(letter => letter == '('), bare.Count(letter => letter == ')'));
    }

    internal static SampleSlip Sample(long amount, string title = "固定資産税", string payee = "見本市")
    {
        var payBy = new DateOnly(2027, 3, 31);
        var built = ElQr.Build(new ElQrParts
        {
            CaseKey = "1".PadLeft(20, '0'),
            Confirmation = "123456",
            Item = "999",
            Organisation = "99999",
            Amount = amount,
            AssessmentYear = 2026,
            TaxYear = 2026,
            Term = "01",
            DueDate = payBy,
            PayBy = payBy,
        });
        return new SampleSlip
        {
            Slip = SlipCode.Build("912345", "1".PadLeft(21, '0'), 0, payBy, amount) is Built<SlipCode>.Made made ? made.Value : null,
            ElQr = Assert.IsType<Built<ElQr>.Made>(built).Value,
            Title = title,
            Payee = payee,
            Amount = amount,
            PayBy = payBy,
        };
    }

    private sealed record Area(int X, int Y, int Width, int Height);

    private static IEnumerable<Area> Rectangles(byte[] pdf) => AnyRectangle().Matches(Latin(pdf))
        .Select(match => match.Value.Split(' ').Take(4).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray())
        .Select(numbers => new Area(numbers[0], numbers[1], numbers[2], numbers[3]));

    /// <summary>One character for each byte, so that offsets are the same.</summary>
    private static string Latin(byte[] pdf) => Encoding.Latin1.GetString(pdf);

    private static string Utf16(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

    /// <summary>In the content only: the document's title says it too.</summary>
    private static int Occurrences(string pdf, string hex) => ContentStream().Match(pdf).Groups["content"].Value.Split(hex).Length - 1;

    [GeneratedRegex(@"^.* re$", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex AnyRectangle();

    [GeneratedRegex("d='[^']+'", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnyPath();

    [GeneratedRegex(@"\\[\\()]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"startxref\n(?<at>\d+)\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableOffset();

    [GeneratedRegex(@"<< /Length (?<length>\d+) >>\nstream\n(?<content>.*?)\nendstream", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex ContentStream();
}
