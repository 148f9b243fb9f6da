using CashlessGateway.Demo;
using CashlessGateway.Storage;

namespace CashlessGateway.Tests.Demo;

public class CsvFileTests
{
    [Fact]
    public void Columns_are_found_by_name_whatever_their_order()
    {
        var row = Assert.Single(Parse("name,code\n市民課,shimin-1\n"));

        Assert.Equal(("shimin-1", "市民課"), (row.Text("code"), row.Text("name")));
    }

    [Fact]
    public void A_quoted_field_holds_commas_quotes_and_line_ends()
    {
        var rows = Parse("code,name\na,\"1, \"\"2\"\"\n3\"\nb,x\n");

        Assert.Equal("1, \"2\"\n3", rows[0].Text("name"));
        Assert.Equal((2, 4), (rows[0].Line, rows[1].Line));
    }

    [Theory]
    [InlineData("code,name\r\na,x\r\n")]
    [InlineData("code,name\na,x")]
    public void A_checkout_on_Windows_and_a_missing_last_line_end_change_nothing(string text) =>
        Assert.Equal("x", Assert.Single(Parse(text)).Text("name"));

    [Theory]
    [InlineData("", "places.csv, line 1: the header is missing.")]
    [InlineData("code,nama\n", "places.csv, line 1: the column 'nama' is unknown; the columns are code, name.")]
    [InlineData("code\n", "places.csv, line 1: the column 'name' is missing.")]
    [InlineData("code,name,name\n", "places.csv, line 1: the column 'name' is there twice.")]
    [InlineData("code,name\na,b\nc\n", "places.csv, line 3: it has 1 columns, the header has 2.")]
    [InlineData("code,name\na,b,c\n", "places.csv, line 2: it has 3 columns, the header has 2.")]
    [InlineData("code,name\na,b\n\n", "places.csv, line 3: it has 1 columns, the header has 2.")]
    [InlineData("code,name\na,\"b\nc\n", "places.csv, line 2: a quoted field does not end.")]
    [InlineData("code,name\na,\"b\"c\n", "places.csv, line 2: a comma or the end of the line was expected; a field that holds a quote, a comma or a line end stands in quotes.")]
    [InlineData("code,name\na,b\"c\n", "places.csv, line 2: a comma or the end of the line was expected; a field that holds a quote, a comma or a line end stands in quotes.")]
    public void A_table_that_is_not_in_order_is_refused_by_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StartupException>(() => Parse(text)).Message);

    [Fact]
    public void Values_are_refused_by_column_and_line()
    {
        var row = Assert.Single(Parse("code,name\n12x,2026-02-29\n"));

        Assert.Equal("places.csv, line 2: code is '12x', not a whole number from 0 to 9.", Assert.Throws<StartupException>(() => row.Whole("code", 0, 9)).Message);
        Assert.Equal("places.csv, line 2: name is '2026-02-29', not a day like 2026-04-01.", Assert.Throws<StartupException>(() => row.Date("name")).Message);
    }

    private static List<CsvRow> Parse(string text) => CsvFile.Parse("places.csv", text, "code", "name");
}
