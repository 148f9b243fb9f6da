using System.Text;
using CashlessGateway.Providers.PayPay;

namespace CashlessGateway.Providers.Tests.PayPay;

public sealed class TransactionFileTests
{
    private const string Header =
        "取引番号,加盟店ID,屋号,店舗ID,店舗名,端末番号/PosID,取引ステータス,取引日時,取引金額,レシート番号,支払い方法,支払い詳細項目,取引確定期限,加盟店決済ID";

    private const string Paid =
        "04567890123456789012,123,見本市,S001,本庁舎,T01,取引完了,2023/10/01 19:00:00,500,,PayPay(残高),\"[{\"\"paymentMethod\"\":\"\"PayPay(残高)\"\",\"\"amount\"\":500}]\",2023/12/10 09:10:10,pay_1";

    private const string SentBack =
        "04567890123456789013,123,見本市,S001,本庁舎,T01,返金完了,2023/10/02 09:05:00,-500,,PayPay(残高),,,pay_1";

    private const string NotPaid =
        "04567890123456789014,123,見本市,S001,本庁舎,T01,取引失敗,2023/10/02 09:06:00,700,,PayPay(残高),,,pay_2";

    private static readonly ListedPayment ThePaid =
        new("pay_1", "04567890123456789012", 500, "JPY", new DateTimeOffset(2023, 10, 1, 19, 0, 0, TimeSpan.FromHours(9)));

    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(File(Header, Paid)) },
        { "UTF-8 with its mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(File(Header, Paid))] },
        { "Shift_JIS", ShiftJis.GetBytes(File(Header, Paid)) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Either_encoding_is_read(string encoding, byte[] bytes)
    {
        var read = Assert.Single(Read(bytes));
        Assert.True(ThePaid == read, encoding);
    }

    [Fact]
    public void A_refund_is_listed_below_zero() => Assert.Equal([500, -500], Read(Header, Paid, SentBack).Select(payment => payment.Amount));

    [Fact]
    public void A_failed_payment_is_left_out() => Assert.Equal([ThePaid], Read(Header, NotPaid, Paid));

    [Fact]
    public void A_status_that_is_not_known_is_listed_since_a_payment_too_many_is_only_looked_up() =>
        Assert.Single(Read(Header, Paid.Replace("取引完了", "取引受付完了", StringComparison.Ordinal)));

    [Fact]
    public void Times_are_Tokyos() => Assert.Equal(new DateTimeOffset(2023, 10, 1, 10, 0, 0, TimeSpan.Zero), Read(Header, Paid)[0].At);

    [Fact]
    public void A_payment_that_did_not_begin_here_has_no_reference() =>
        Assert.Null(Assert.Single(Read(Header, Paid.Replace("pay_1", "", StringComparison.Ordinal))).Reference);

    [Fact]
    public void Quoted_fields_hold_commas_quotes_and_line_breaks()
    {
        var awkward = Paid.Replace("見本市", "\"見本市, \"\"本町\"\"\r\n二丁目\"", StringComparison.Ordinal);
        Assert.Equal([ThePaid, ThePaid], Read(Header, awkward, Paid));
    }

    [Fact]
    public void Everything_may_be_quoted() => Assert.Equal(
        [ThePaid],
        Read(Quoted(Header), Quoted(Paid.Replace("\"[{\"\"paymentMethod\"\":\"\"PayPay(残高)\"\",\"\"amount\"\":500}]\"", "-", StringComparison.Ordinal))));

    [Theory]
    [InlineData("取引番号(決済番号)")]
    [InlineData("取引番号（決済番号）")]
    [InlineData("決済番号")]
    public void All_of_PayPays_own_spellings_of_the_number_are_known(string name) =>
        Assert.Equal([ThePaid], Read(Header.Replace("取引番号", name, StringComparison.Ordinal), Paid));

    [Fact]
    public void A_new_column_does_no_harm() => Assert.Equal([ThePaid], Read("新項目," + Header, "x," + Paid));

    [Fact]
    public void Either_line_end_and_empty_lines_at_the_end_are_read()
    {
        Assert.Equal([ThePaid], Read(Encoding.UTF8.GetBytes($"{Header}\n{Paid}\n\n")));
        Assert.Equal([ThePaid], Read(Encoding.UTF8.GetBytes($"{Header}\r\n{Paid}")));
    }

    [Fact]
    public void A_file_without_payments_is_empty() => Assert.Empty(Read(Header));

    [Theory]
    [InlineData("500,,PayPay", "500円,,PayPay", "取引金額")]
    [InlineData("500,,PayPay", "500.0,,PayPay", "取引金額")]
    [InlineData("500,,PayPay", "\"5,00\",,PayPay", "取引金額")]
    [InlineData("500,,PayPay", ",,PayPay", "取引金額")]
    [InlineData("500,,PayPay", "99999999999999999999,,PayPay", "取引金額")]
    [InlineData("2023/10/01 19:00:00", "2023-10-01T19:00:00Z", "取引日時")]
    [InlineData("2023/10/01 19:00:00", "2023/13/01 19:00:00", "取引日時")]
    [InlineData("04567890123456789012", "4.56789E+18", "spreadsheet")]
    [InlineData("04567890123456789012", "", "取引番号")]
    [InlineData(",pay_1", "", "13 columns")]
    [InlineData(",pay_1", ",pay_1,x", "15 columns")]
    [InlineData("見本市", "\"見本市", "text after the closing quote")]
    [InlineData("見本市", "見\"本市", "quote inside")]
    public void A_line_that_cannot_be_read_refuses_the_file_and_is_named(string right, string wrong, string complaint)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read(Header, SentBack, Paid.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.StartsWith("Line 3: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_breaks_inside_fields_count_as_lines()
    {
        var refused = Assert.Throws<InvalidDataException>(() =>
            Read(Header, Paid.Replace("見本市", "\"見\n本\n市\"", StringComparison.Ordinal), Paid.Replace(",500,", ",x,", StringComparison.Ordinal)));
        Assert.StartsWith("Line 5: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_named_where_it_opens()
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read(Header, Paid, SentBack.Replace(",,pay_1", ",\",pay_1", StringComparison.Ordinal)));
        Assert.StartsWith("Line 3: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_may_be_marked() =>
        Assert.Equal(12_345, Assert.Single(Read(Header, Paid.Replace(",500,", ",\"12,345\",", StringComparison.Ordinal))).Amount);

    [Fact]
    public void Another_file_is_refused_by_its_first_line()
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read("日付,金額", "2023/10/01,500"));
        Assert.StartsWith("Line 1: there is no column 取引番号", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_neither_encoding_are_refused() =>
        Assert.Equal("The file is neither UTF-8 nor Shift_JIS.", Assert.Throws<InvalidDataException>(() => Read([0x82, 0xFF, 0xFF, 0xFD])).Message);

    [Fact]
    public void A_year_of_a_busy_city_is_read()
    {
        var rows = string.Join("\r\n", Enumerable.Repeat(Paid, 100_000));
        Assert.Equal(100_000, Read(ShiftJis.GetBytes($"{Header}\r\n{rows}\r\n")).Count);
    }

    private static string File(params string[] lines) => string.Join("\r\n", lines) + "\r\n";

    private static string Quoted(string line) => string.Join(',', line.Split(',').Select(field => $"\"{field}\""));

    private static IReadOnlyList<ListedPayment> Read(params string[] lines) => Read(Encoding.UTF8.GetBytes(File(lines)));

    private static IReadOnlyList<ListedPayment> Read(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        return TransactionFile.Read(file);
    }
}
