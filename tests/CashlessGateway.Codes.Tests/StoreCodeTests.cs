namespace CashlessGateway.Codes.Tests;

public sealed class StoreCodeTests
{
    private const string Emv = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A";
    private const string Jpqr = "0002016003xxx01021129300012D156000000000510A93FO3230Q31280012D1560000000103081234567826680019jp.or.paymentsjapan01130000000000001020400010306000001040600000153033925903xxx64180002JA0108メルペイ カフェ520441115802JP610710661436304DEE9";

    /// <summary>Its checksum is right: only its structure is broken, tag 64 saying that 99 characters follow.</summary>
    private const string BrokenStructure = "00020101021126680019jp.or.paymentsjapan0113aaaaaaaaaaaaa0204bbbb0306cccccc0406dddddd5204000053033925802JP5925123456789012345678901234560151234567890123456110123456786499あいうえおかきくけこ\bあいうえおかきくけこあいうえおかきくけこあいうえおかきくけこあいうえおかきくけこあいうえおかきくけこ\bあいうえおかきくけこあいうえおかきくけこあいうえおかきくけこあいうえおかきくけ6304E0C6";

    public static TheoryData<string> Known =>
    [
        Emv,
        Emv.Replace("5802CN", "5802JP", StringComparison.Ordinal)[..^4] + "20EE",
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115303156540523.725502015802CN5914BEST TRANSPORT6007BEIJING6233030412340603***0708A60086670902ME64200002ZH0104最佳运输0202北京6304CDE7",
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304FF8B",
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115303156540523.725502015802CN5914BEST TRANSPORT6007BEIJING6233030412340603***0708A60086670902ME6304EBA6",
        Jpqr,
    ];

    [Theory]
    [MemberData(nameof(Known))]
    public void A_published_code_is_read_and_built_again_letter_for_letter(string text)
    {
        var code = Read.Store(text);
        Assert.Equal(text, code.Text);
        Assert.Equal(text, Made.Of(StoreCode.Build(code.Elements.Skip(1))).Text);
    }

    [Fact]
    public void The_worked_example_says_what_its_publisher_says()
    {
        var code = Read.Store(Emv);
        Assert.Equal(("4111", "156", "23.72", "CN"), (code.Category, code.Currency, code.Amount, code.Country));
        Assert.Equal(("BEST TRANSPORT", "BEIJING", true), (code.Name, code.City, code.IsDynamic));
        Assert.Equal(new LocalStoreName("ZH", "最佳运输", "北京"), code.Local);
        Assert.Equal(["29", "31"], code.Accounts.Select(account => account.Tag));
        Assert.Contains(new EmvElement("03", "1234"), code.AdditionalData!);
        Assert.Null(code.Jpqr);
    }

    [Fact]
    public void A_jpqr_shows_its_unified_store_code_and_keeps_all_rules()
    {
        var code = Read.Store(Jpqr);
        Assert.Equal(new JpqrStore("0000000000001", "0001", "000001", "000001"), code.Jpqr);
        Assert.Equal(new LocalStoreName("JA", "メルペイ カフェ", null), code.Local);
        Assert.False(code.IsDynamic);
        Assert.Empty(JpqrRules.Check(code));
    }

    [Fact]
    public void What_jpqr_would_not_accept_is_named() =>
        Assert.Equal(
            [JpqrViolation.StoreCode, JpqrViolation.Currency, JpqrViolation.Country, JpqrViolation.PostalCode, JpqrViolation.LocalName, JpqrViolation.Amount],
            JpqrRules.Check(Read.Store(Emv)));

    [Fact]
    public void A_jpqr_can_be_built()
    {
        var code = Made.Of(StoreCode.Build(
        [
            new("01", "12"), new JpqrStore("1234567890123", "0001", "000002", "000003").Element(), new("52", "9399"), new("53", "392"), new("54", "498"),
            new("58", "JP"), new("59", "MIHON CITY HALL"), new("60", "MIHON"), new("61", "1000001"), new("64", "0002JA0103見本市"),
        ]));
        Assert.Empty(JpqrRules.Check(code));
        Assert.Equal(code, CodeReader.Read(code.Text));
        Assert.Equal($"{ElQrs.Crc(code.Text[..^4]):X4}", code.Text[^4..]);
    }

    [Fact]
    public void A_broken_structure_is_told_from_a_broken_checksum()
    {
        Assert.Equal("E0C6", $"{ElQrs.Crc(BrokenStructure[..^4]):X4}");
        Assert.Equal(UnreadableReason.WrongStructure, Read.Why(BrokenStructure));
        Assert.Equal(UnreadableReason.WrongCrc, Read.Why(Emv[..^4] + "0000"));
        Assert.Equal(UnreadableReason.WrongCrc, Read.Why(Emv[..^4] + "a13a"));
    }

    [Theory]
    [InlineData("000201")]
    [InlineData("0002016304")]
    [InlineData("00020163040000x")]
    [InlineData("00020259036304")]
    [InlineData("0002015999X6304A13A")]
    [InlineData("00020159016304A13A")]
    [InlineData("0002015900")]
    [InlineData("0002015X03abc6304A13A")]
    public void A_torn_structure_is_told_so(string text)
    {
        var refused = Read.Refused(text + (text.All(char.IsAsciiDigit) ? "Z" : ""));
        Assert.Equal((UnreadableReason.WrongStructure, CodeKind.StoreCode), (refused.Why, refused.Resembles));
    }

    [Fact]
    public void A_tag_that_is_there_twice_breaks_the_structure() =>
        Assert.Equal(UnreadableReason.WrongStructure, Read.Why(WithCrc("0002015901A5901B6304")));

    [Fact]
    public void A_template_that_is_not_made_of_elements_breaks_the_structure() =>
        Assert.Equal(UnreadableReason.WrongStructure, Read.Why(WithCrc("0002012605000595901A6304")));

    [Fact]
    public void Half_a_surrogate_pair_breaks_the_structure() =>
        Assert.Equal(UnreadableReason.WrongStructure, Read.Why("0002015901\uD83D6304A13A"));

    [Fact]
    public void A_letter_of_two_units_counts_as_one_character()
    {
        var code = Made.Of(StoreCode.Build([new("59", "𠮷野家")]));
        Assert.Contains("5903𠮷野家", code.Text, StringComparison.Ordinal);
        Assert.Equal("𠮷野家", Read.Store(code.Text).Name);
    }

    [Fact]
    public void More_than_512_characters_are_refused()
    {
        var long1 = new EmvElement("02", new string('x', 99));
        EmvElement[] elements = [long1, long1 with { Tag = "03" }, long1 with { Tag = "04" }, long1 with { Tag = "05" }, long1 with { Tag = "06" }];
        Assert.Equal("", Assert.IsType<Built<StoreCode>.Refused>(StoreCode.Build(elements)).Field);
        Assert.Equal(UnreadableReason.WrongLength, Read.Why(WithCrc("000201" + string.Concat(elements.Select(element => $"{element.Tag}99{element.Value}")) + "6304")));
    }

    [Theory]
    [InlineData("5", "x")]
    [InlineData("59", "")]
    [InlineData("5x", "x")]
    public void An_element_that_cannot_be_written_is_named(string tag, string value) =>
        Assert.Equal(tag, Assert.IsType<Built<StoreCode>.Refused>(StoreCode.Build([new(tag, value)])).Field);

    [Fact]
    public void Half_a_surrogate_pair_cannot_be_written() =>
        Assert.Equal("59", Assert.IsType<Built<StoreCode>.Refused>(StoreCode.Build([new("59", "\uD83D")])).Field);

    [Fact]
    public void A_checksum_given_by_the_caller_is_refused() =>
        Assert.IsType<Built<StoreCode>.Refused>(StoreCode.Build([new("63", "0000")]));

    [Theory]
    [MemberData(nameof(Known))]
    public void Each_error_in_one_letter_is_refused(string text)
    {
        for (var position = 0; position < text.Length; position++)
            foreach (var other in "0123456789AZaz最")
                if (text[position] != other)
                    Assert.IsType<Unreadable>(CodeReader.Read(text.Remove(position, 1).Insert(position, $"{other}")));
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Each_piece_of_a_code_is_refused(string text)
    {
        for (var length = 0; length < text.Length; length++)
            Assert.IsType<Unreadable>(CodeReader.Read(text[..length]));
    }

    [Fact]
    public void A_keyboard_that_types_wide_letters_does_no_harm() =>
        Assert.Equal("ABC", Read.Store(string.Concat(Made.Of(StoreCode.Build([new("59", "ABC")])).Text.Select(letter => (char)(letter + 0xFEE0)))).Name);

    [Fact]
    public void A_wide_name_stays_wide() =>
        Assert.Equal("ＡＢＣ", Read.Store(Made.Of(StoreCode.Build([new("59", "ＡＢＣ")])).Text).Name);

    private static string WithCrc(string covered) => covered + $"{ElQrs.Crc(covered):X4}";
}
