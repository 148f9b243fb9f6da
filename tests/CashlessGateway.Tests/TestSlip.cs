using System.Globalization;
using CashlessGateway.Codes;

namespace CashlessGateway.Tests;

/// <summary>Slips of any amount: others print bar codes over the limit, and the gateway has to read them.</summary>
internal static class TestSlip
{
    public static SlipCode Of(string company, string free, int reissue, DateOnly? payBy, long amount)
    {
        var day = payBy?.ToString("yyMMdd", CultureInfo.InvariantCulture) ?? "999999";
        var first43 = string.Create(CultureInfo.InvariantCulture, $"91{company}{free}{reissue}{day}0{amount:D6}");
        return Assert.IsType<SlipCode>(CodeReader.Read(first43 + SlipCode.CheckDigitOf(first43).ToString(CultureInfo.InvariantCulture)));
    }
}
