using System.Globalization;

namespace CashlessGateway.Codes;

/// <summary>Where each part of an eL-QR lies. The tags are in a fixed order and every length is fixed, so the whole is a form with 255 places.</summary>
internal static class ElQrLayout
{
    public const int Row1 = 29;
    public const int Row1Length = 39;
    public const int Account = Row1 + 2;
    public const int Row1Amount = Row1 + 13;
    public const int AmountLength = 11;
    public const int FeeBearer = Row1 + 24;
    public const int Institution = Row1 + 25;
    public const int Stamp = Row1 + 30;
    public const int Item = Row1 + 31;
    public const int Row1Reserve = Row1 + 34;
    public const int Row2 = Row1 + Row1Length;
    public const int Row2Length = 44;
    public const int CaseKey = Row2 + 2;
    public const int Confirmation = Row2 + 22;
    public const int Area = Row2 + 28;
    public const int Organisation = Row2 + 29;
    public const int Office = Row2 + 34;
    public const int Row2Reserve = Row2 + 37;
    public const int Amount = Row2 + Row2Length + 4;
    public const int AssessmentYear = Amount + AmountLength + 4;
    public const int TaxYear = AssessmentYear + 4;
    public const int Term = TaxYear + 4;
    public const int DueDate = Term + 2;
    public const int PayBy = DueDate + 8;
    public const int Reserve = PayBy + 8 + 4;
    public const int ReserveLength = 85;
    public const int Crc = Reserve + ReserveLength + 4;

    /// <summary>Tag 00 and 01: what every dynamic code begins with.</summary>
    public const string Begin = "000201010212";

    /// <summary>Tag 27 with the identifier of 地方税共同機構: from here on it is an eL-QR and nothing else.</summary>
    public const string Identifier = Begin + "2796" + "0005" + ElNumber.Cooperative;

    private const string BeforeRows = "0183";
    private const string BeforeAmount = "5411";
    private const string BeforeDates = "6226";
    private const string BeforeReserve = "8085";
    private const string BeforeCrc = "6305";

    /// <summary>Every tag, length and fixed number is where it belongs.</summary>
    public static bool IsInPlace(ReadOnlySpan<char> digits) =>
        digits.StartsWith(Identifier)
        && EndsAt(digits, Row1, BeforeRows)
        && digits.Slice(Institution, 5).SequenceEqual(ElNumber.Cooperative)
        && EndsAt(digits, Amount, BeforeAmount)
        && EndsAt(digits, AssessmentYear, BeforeDates)
        && EndsAt(digits, Reserve, BeforeReserve)
        && EndsAt(digits, Crc, BeforeCrc);

    /// <summary>The digits of parts that fit their places.</summary>
    public static string Write(ElQrParts parts)
    {
        var amount = parts.Amount.ToString("D11", CultureInfo.InvariantCulture);
        var row1 = Row(string.Create(CultureInfo.InvariantCulture, $"{parts.Account}{amount}{parts.FeeBearer}{ElNumber.Cooperative}{parts.Stamp}{parts.Item}{parts.Row1Reserve}"));
        var row2 = Row(string.Create(CultureInfo.InvariantCulture, $"{parts.CaseKey}{parts.Confirmation}{parts.Area}{parts.Organisation}{parts.Office}{parts.Row2Reserve}"));
        var dates = string.Create(CultureInfo.InvariantCulture, $"{parts.AssessmentYear:D4}{parts.TaxYear:D4}{parts.Term}{parts.DueDate:yyyyMMdd}{parts.PayBy:yyyyMMdd}");
        var covered = string.Concat([Identifier, BeforeRows, row1, row2, BeforeAmount, amount, BeforeDates, dates, BeforeReserve, parts.Reserve, BeforeCrc]);
        return covered + Crc16.OfAscii(covered).ToString("D5", CultureInfo.InvariantCulture);
    }

    private static string Row(string body) => OcrRow.CheckDigitsOf(body) + body;

    private static bool EndsAt(ReadOnlySpan<char> digits, int end, string expected) => digits[(end - expected.Length)..end].SequenceEqual(expected);
}
