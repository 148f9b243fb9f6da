using System.Text;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Web;

public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+81", "'+81")]
    [InlineData("-5", "-5")]
    [InlineData("-5+2", "'-5+2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("1=1", "1=1")]
    public void A_cell_that_a_spreadsheet_would_calculate_is_defused(string text, string written) => Assert.Equal(written, CsvWriter.Cell(text));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("市民課", "市民課")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    public void Quotes_stand_where_RFC_4180_wants_them(string? text, string written) => Assert.Equal(written, CsvWriter.Cell(text));

    [Fact]
    public async Task A_file_begins_with_one_byte_order_mark_and_its_lines_end_in_CRLF()
    {
        using var stream = new MemoryStream();
        var csv = new CsvWriter(stream);
        await csv.Row(["日時", "操作"]);
        await csv.Row([null, "x"]);
        Assert.Equal("\uFEFF日時,操作\r\n,x\r\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal([0xEF, 0xBB, 0xBF], stream.ToArray()[..3]);
    }
}
