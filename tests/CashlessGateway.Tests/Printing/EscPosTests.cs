using System.Text;
using CashlessGateway.Printing;

namespace CashlessGateway.Tests.Printing;

public sealed class EscPosTests
{
    private static readonly Encoding Cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    private static byte[] After(Action<EscPosWriter> write)
    {
        var writer = new EscPosWriter();
        write(writer);
        return writer.ToBytes();
    }

    private static bool Has(byte[] bytes, params byte[] part) => bytes.AsSpan().IndexOf(part) >= 0;

    [Fact]
    public void It_begins_with_a_reset_Shift_JIS_and_two_byte_letters() =>
        Assert.Equal([0x1B, 0x40, 0x1C, 0x43, 1, 0x1C, 0x26], After(static _ => { }));

    [Fact]
    public void Text_is_in_the_printers_own_letters() => Assert.True(Has(After(writer => writer.Line("領収書 髙﨑")), [.. Cp932.GetBytes("領収書 髙﨑"), (byte)'\n']));

    /// <summary>The same sign under the number that CP932 knows.</summary>
    [Theory]
    [InlineData("〜", "～")]
    [InlineData("−", "－")]
    [InlineData("¥", "￥")]
    [InlineData("~", "～")]
    [InlineData("\\", "＼")]
    [InlineData("か\u3099", "が")]
    public void Signs_with_a_twin_are_sent_as_it(string sign, string twin)
    {
        Assert.True(PrinterText.TryEncode(sign, out var bytes));
        Assert.Equal(Cp932.GetBytes(twin), bytes);
    }

    /// <summary>Beyond CP932, beyond the first plane, made up by the city, an accent that code pages like to drop, an emoji.</summary>
    [Theory]
    [InlineData("𠮷田 様")]
    [InlineData("森鷗外")]
    [InlineData("\uE000 様")]
    [InlineData("Café")]
    [InlineData("🏛")]
    public void A_line_with_a_letter_that_the_printer_lacks_is_drawn_and_has_no_question_mark(string line)
    {
        Assert.False(PrinterText.TryEncode(line, out _));
        var bytes = After(writer => writer.Line(line));
        Assert.True(Has(bytes, 0x1D, (byte)'v', (byte)'0', 0, 72, 0, 24, 0));
        Assert.Equal(7 + 3 + 8 + 72 * 24 - 3, bytes.Length);
        Assert.False(Has(bytes[..15], (byte)'?'));
    }

    [Fact]
    public void What_is_drawn_looks_like_the_letter()
    {
        var line = DotLine.Of("一", 24, 24, TextAlign.Left);
        var rows = Enumerable.Range(0, 24).Select(y => Enumerable.Range(0, 24).Count(x => line.IsBlack(x, y))).ToList();
        // One stroke across, a little below the middle of the line, and nothing else.
        Assert.All(rows.Index().Where(row => row.Item > 0), row => Assert.InRange(row.Index, 8, 15));
        Assert.InRange(rows.Max(), 18, 24);
        Assert.InRange(rows.Count(black => black > 0), 1, 4);
    }

    [Fact]
    public void An_amount_ends_at_the_right_edge()
    {
        var bytes = After(writer => writer.Pair("合計", "600円"));
        Assert.True(Has(bytes, [.. Cp932.GetBytes("合計" + new string(' ', 48 - 4 - 5) + "600円"), (byte)'\n']));
    }

    [Fact]
    public void The_total_is_twice_as_large() => Assert.True(Has(After(writer => writer.Pair("合計", "600円", big: true)), [0x1D, (byte)'!', 0x11, .. Cp932.GetBytes("合計" + new string(' ', 24 - 4 - 5) + "600円\n"), 0x1D, (byte)'!', 0]));

    [Fact]
    public void A_long_line_is_broken_before_the_edge()
    {
        var text = Cp932.GetString(After(writer => writer.Line(new string('あ', 50))));
        Assert.Equal([24, 24, 2], text.Split('\n').Select(line => line.Count(letter => letter == 'あ')).Where(count => count > 0));
    }

    [Fact]
    public void The_printer_is_told_to_draw_the_symbol_and_to_cut()
    {
        var bytes = After(writer =>
        {
            writer.Qr("https://pay.example.jp/r/A");
            writer.Cut();
        });
        Assert.True(Has(bytes, [0x1D, (byte)'(', (byte)'k', 26 + 3, 0, 49, 80, 48, .. "https://pay.example.jp/r/A"u8]));
        Assert.True(Has(bytes, 0x1D, (byte)'(', (byte)'k', 3, 0, 49, 81, 48));
        Assert.Equal([0x1D, (byte)'V', 66, 0], bytes[^4..]);
    }
}
