namespace CashlessGateway.Codes.Tests;

public sealed class CustomerCodeTests
{
    private const string Emv = "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=";
    private const string Merpay = "hQVDUFYwMWEfTwigAAAAZQOSAlcTMViZAHkkKUPUkSEhAAAFEgAADw==";
    private const string Jpqr = "hQVKUFFSMWElTwgxMjM0NTY3OFcIODc2NTQzMjGZD3sia2V5IjoidmFsdWUifQ==";

    private static readonly DateOnly Day = new(2026, 11, 21);

    [Theory]
    [InlineData("900081818812345678904321", "paypay")]
    [InlineData("9000011234567890", "rakutenpay")]
    [InlineData("9000000212345678901234", "dbarai")]
    [InlineData("3158990012345678901", "merpay")]
    [InlineData("3158992112345678901", "aupay")]
    [InlineData("3158993512345678901", "ginkopay")]
    [InlineData("281234567890123456", "alipay")]
    [InlineData("134567890123456789", "wechatpay")]
    public void The_longest_prefix_of_the_right_length_names_the_brand(string code, string brand)
    {
        var read = Read.Customer(code);
        Assert.Equal((code, CustomerCodeForm.Barcode, brand), (read.Code, read.Form, read.Brand));
    }

    [Theory]
    [InlineData("9000818181234567890123")]
    [InlineData("9000990000000000000")]
    [InlineData("7777777777777777777")]
    [InlineData("31589900123456789012")]
    public void A_number_that_the_table_does_not_know_has_no_brand(string code) => Assert.Null(Read.Customer(code).Brand);

    [Fact]
    public void A_service_that_ended_names_no_brand_after_its_last_day()
    {
        const string code = "9000000000345678901";
        Assert.Equal("linepay", (CodeReader.Read(code, on: new DateOnly(2025, 4, 30)) as CustomerCode)?.Brand);
        Assert.Null((CodeReader.Read(code, on: new DateOnly(2025, 5, 1)) as CustomerCode)?.Brand);
        Assert.Null(Read.Customer(code).Brand);
    }

    [Theory]
    [InlineData("9000 8181 8812 3456 7890 4321")]
    [InlineData("]C0900081818812345678904321\r\n")]
    [InlineData("９０００８１８１８８１２３４５６７８９０４３２１")]
    public void What_a_scanner_adds_is_taken_away(string scanned) => Assert.Equal("900081818812345678904321", Read.Customer(scanned).Code);

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("5555 5555 5555 4444")]
    [InlineData("2223-0031-2200-3222")]
    [InlineData("3566002020360505")]
    [InlineData("6011111111111117")]
    public void A_payment_cards_number_is_never_taken(string card) => Assert.Equal(UnreadableReason.CardNumber, Read.Why(card));

    [Fact]
    public void A_code_of_a_known_brand_is_no_card_number_though_its_digits_would_do() =>
        Assert.Equal("alipay", (CodeReader.Read("2600000000000000", on: Day) as CustomerCode)?.Brand);

    [Theory]
    [InlineData(Emv, CustomerCodeForm.EmvQr, "A0000000555555")]
    [InlineData(Merpay, CustomerCodeForm.EmvQr, "A000000065039202")]
    [InlineData(Jpqr, CustomerCodeForm.JpqrQr, "12345678")]
    public void A_published_qr_code_shows_its_kind_and_its_application(string code, CustomerCodeForm form, string application)
    {
        var read = Read.Customer("]Q1" + code + "\r");
        Assert.Equal((code, form, (string?)null), (read.Code, read.Form, read.Brand));
        Assert.Equal([application], read.Applications);
    }

    [Fact]
    public void A_table_may_know_the_application_of_a_qr_code()
    {
        var table = CustomerCodeTable.Parse(new StringReader("kind,prefix,shortest,longest,brand,from,to\napplication,A00000006503,16,16,merpay,,\n"));
        Assert.Equal("merpay", (CodeReader.Read(Merpay, table) as CustomerCode)?.Brand);
        Assert.Null((CodeReader.Read(Emv, table) as CustomerCode)?.Brand);
    }

    [Fact]
    public void Several_applications_are_all_told()
    {
        var read = Read.Customer(Tlv("CPV01", Template(0x61, 0x4F, "A"u8.ToArray()), Template(0x61, 0x4F, "B"u8.ToArray()), [0x62, 0x06, 0x64, 0x04, 0x9F, 0x26, 0x01, 0x07]));
        Assert.Equal(["A", "B"], read.Applications);
    }

    [Theory]
    [MemberData(nameof(TornCodes))]
    public void A_torn_qr_code_is_told_so(string code)
    {
        var refused = Read.Refused(code);
        Assert.Equal((UnreadableReason.WrongStructure, CodeKind.CustomerCode), (refused.Why, refused.Resembles));
    }

    public static TheoryData<string> TornCodes =>
    [
        "hQV", "hQVDUFY", "hQVDUFYwMQ==", Emv[..^4], Emv[..20], "hQVDUFYwMW!", Emv + "=", Emv + Emv,
        Tlv("CPV02", Template(0x61, 0x4F, [1])),
        Tlv("CPV01", Template(0x61, 0x50, [1])),
        Tlv("CPV01", [0x61, 0x7F, 0x4F, 0x01, 0x01]),
        Tlv("CPV01", [0x61, 0x03, 0x4F, 0x05, 0x01]),
        Tlv("CPV01", Template(0x61, 0x4F, [1]), [0x62, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]),
        Tlv("CPV01", Template(0x61, 0x4F, [1]), [0x5F]),
        Tlv("CPV01", Template(0x61, 0x4F, [1]), [0x62, 0x08, 0x63, 0x06, 0x63, 0x04, 0x63, 0x02, 0x63, 0x00]),
        "hQVDUFYwMW" + new string('A', 600),
    ];

    [Fact]
    public void A_piece_of_a_qr_code_is_never_a_code_of_ours()
    {
        for (var length = 0; length < Emv.Length; length++)
            Assert.IsType<Unreadable>(CodeReader.Read(Emv[..length]));
    }

    private static string Tlv(string format, params byte[][] templates) =>
        Convert.ToBase64String([0x85, 0x05, .. System.Text.Encoding.ASCII.GetBytes(format), .. templates.SelectMany(bytes => bytes)]);

    private static byte[] Template(byte tag, byte inner, byte[] value) => [tag, (byte)(value.Length + 2), inner, (byte)value.Length, .. value];
}

public sealed class CustomerCodeTableTests
{
    private const string Header = "kind,prefix,shortest,longest,brand,from,to\n";

    [Fact]
    public void A_longer_prefix_wins_over_a_shorter_one_wherever_it_stands()
    {
        var table = CustomerCodeTable.Parse(new StringReader(Header + "number,90,16,24,short,,\nnumber,9012,16,24,long,,\n"));
        Assert.Equal("long", table.BrandOf("9012000000000000"));
        Assert.Equal("short", table.BrandOf("9013000000000000"));
    }

    [Fact]
    public void A_row_counts_from_its_first_to_its_last_day()
    {
        var table = CustomerCodeTable.Parse(new StringReader("# remark\n\n" + Header + "number,90,16,24,x,2026-04-01,2026-09-30\n"));
        Assert.Equal([false, true, true, false], new[] { "2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01" }.Select(day => table.BrandOf("9012000000000000", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)) == "x"));
    }

    [Theory]
    [InlineData("", "line 1: the header")]
    [InlineData("prefix\n", "line 1: the header must be")]
    [InlineData(Header + "number,90,16,24,x,\n", "line 2: it has 6 cells")]
    [InlineData(Header + "letter,90,16,24,x,,\n", "line 2: kind must be")]
    [InlineData(Header + "number,9x,16,24,x,,\n", "line 2: prefix must be digits")]
    [InlineData(Header + "number,90,1,24,x,,\n", "line 2: shortest must be")]
    [InlineData(Header + "number,90,16,15,x,,\n", "line 2: longest must be")]
    [InlineData(Header + "number,90,16,24,,,\n", "line 2: brand is missing")]
    [InlineData(Header + "number,90,16,24,x,2026-02-29,\n", "line 2: from must be a day")]
    [InlineData(Header + "number,90,16,24,x,2026-04-02,2026-04-01\n", "line 2: to lies before from")]
    [InlineData(Header + "number,90,16,24,x,,\nnumber,90,16,24,y,,\n", "line 3: '90' with these lengths and days is there twice")]
    public void A_wrong_line_is_named(string csv, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => CustomerCodeTable.Parse(new StringReader(csv))).Message, StringComparison.Ordinal);
}
