namespace CashlessGateway.Codes.Tests;

/// <summary>Slips that others published, and slips that we made up.</summary>
internal static class Slips
{
    public const string PublishedWithDate = "91912345000000000000004520875004013100295004";
    public const string PublishedWithLeftPadding = "91912345123456789012345678901125013100123404";
    public const string PublishedByCollector = "91929023252070000010123499900199999900106050";

    public const string OneYen = "91912345000000000000000000001026122500000014";
    public const string AtTheLimitWithoutDate = "91912345000000000000000000001099999903000004";
    public const string WithStamp = "91912345123450000000000000001927033110550004";

    public static TheoryData<string> All =>
        [PublishedWithDate, PublishedWithLeftPadding, PublishedByCollector, OneYen, AtTheLimitWithoutDate, WithStamp];

    /// <summary>Puts the right check digit behind 43 digits, so that only the fault under test is in the code.</summary>
    public static string Checked(string first43) => first43 + (char)('0' + SlipCode.CheckDigitOf(first43));

    /// <summary>The slip of one yen with another text from a position on, and a check digit that fits.</summary>
    public static string With(int position, string text) =>
        Checked(OneYen.Remove(position, text.Length).Insert(position, text)[..43]);
}
