using System.Globalization;
using System.Text;
using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Tools;

/// <summary>What a scanner or a till has to cope with.</summary>
public enum SlipCase
{
    /// <summary>A slip that a shop takes.</summary>
    Ordinary,

    /// <summary>999999 in place of a last day.</summary>
    NoLimit,

    /// <summary>Its last day is over.</summary>
    Expired,

    /// <summary>Over 300,000 yen: printed without a bar code.</summary>
    OverLimit,
}

/// <summary>What was typed into the form of the sample slip, just as it came.</summary>
public sealed record SlipForm(string Case, string Amount, string PayBy, string Number, string Dpi)
{
    private const long OrdinaryAmount = 12_300;
    private const long OverLimitAmount = 385_000;

    /// <summary>Nine digits fit the slip's line.</summary>
    private const long MostYen = 999_999_999;

    private const int FreeDigits = 21;
    private static readonly TimeSpan TimeToPay = TimeSpan.FromDays(30);

    public static readonly IReadOnlyList<string> Resolutions = ["300", "400", "480", "600"];

    public static SlipForm From(IQueryCollection query) => new(
        Text(query, "case") is { Length: > 0 } chosen ? chosen : Name(SlipCase.Ordinary), Text(query, "amount"), Text(query, "payBy"), Text(query, "number"),
        Text(query, "dpi") is { Length: > 0 } dpi ? dpi : Resolutions[^1]);

    public static string Name(SlipCase which) => which switch
    {
        SlipCase.Ordinary => "ordinary",
        SlipCase.NoLimit => "noLimit",
        SlipCase.Expired => "expired",
        SlipCase.OverLimit => "overLimit",
    };

    /// <summary>The same form as an address, without what was left empty.</summary>
    public QueryString Query() => QueryString.Create(new KeyValuePair<string, string?>[] { new("case", Case), new("amount", Amount), new("payBy", PayBy), new("number", Number), new("dpi", Dpi) }.Where(static pair => pair.Value is { Length: > 0 }));

    /// <summary>The slip to draw, or everything that is wrong, each at its field.</summary>
    public Result<SlipOrder> Check(BusinessDate today)
    {
        var wrong = new List<Violation>();
        var which = ReadCase(wrong);
        var order = new SlipOrder(ReadAmount(which, wrong), ReadDay(which, today, wrong), ReadNumber(wrong), ReadResolution(wrong), today);
        return wrong.Count == 0 ? order : new Problem(Errors.InvalidParameter, wrong[0].Detail, wrong);
    }

    private SlipCase? ReadCase(List<Violation> wrong)
    {
        foreach (var which in Enum.GetValues<SlipCase>())
            if (Name(which) == Case) return which;
        wrong.Add(new Violation("?case", "not-allowed", new Words("見本の種類を選んでください。", "Choose one of the kinds of sample.")));
        return null;
    }

    private long ReadAmount(SlipCase? which, List<Violation> wrong)
    {
        if (Amount.Length == 0) return which == SlipCase.OverLimit ? OverLimitAmount : OrdinaryAmount;
        var (least, most) = which switch
        {
            SlipCase.OverLimit => (SlipCode.PublicLimit + 1, MostYen),
            SlipCase.Ordinary or SlipCase.NoLimit or SlipCase.Expired => (1, SlipCode.PublicLimit),
            null => (1L, MostYen),
        };
        var digits = Plain(Amount).Replace(",", "", StringComparison.Ordinal).TrimEnd('円');
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var yen) && yen >= least && yen <= most) return yen;
        wrong.Add(new Violation("?amount", "out-of-range", new Words(
            $"金額は{new Yen(least)}から{new Yen(most)}までの整数で入れてください。" + (which is not SlipCase.OverLimit && yen > most ? "それより大きい金額は「30万円を超える」の見本で試せます。" : ""),
            string.Create(CultureInfo.InvariantCulture, $"The amount must be a whole number from {least:N0} to {most:N0} yen.") + (which is not SlipCase.OverLimit && yen > most ? " Choose the sample over 300,000 yen for more." : ""))));
        return 0;
    }

    private DateOnly? ReadDay(SlipCase? which, BusinessDate today, List<Violation> wrong)
    {
        if (which == SlipCase.NoLimit) return null;
        if (PayBy.Length == 0) return (which == SlipCase.Expired ? today.AddDays(-1) : today.AddDays(TimeToPay.Days)).Day;
        if (!BusinessDate.TryParse(Plain(PayBy), out var day) || day.Day.Year is < 2000 or > 2099)
            wrong.Add(new Violation("?payBy", "not-a-date", new Words("支払期限日は、2000年から2099年までの暦にある日を 2027-03-31 のように入れてください。", "The last day must be a day of the calendar from 2000 to 2099, written as 2027-03-31.")));
        else if (which == SlipCase.Expired && day >= today)
            wrong.Add(new Violation("?payBy", "out-of-range", new Words("「期限が過ぎている」見本の支払期限日は、きょうより前の日にしてください。", "The last day of an expired sample must lie before today.")));
        else if (which is SlipCase.Ordinary or SlipCase.OverLimit && day < today)
            wrong.Add(new Violation("?payBy", "out-of-range", new Words("支払期限日は、きょう以後の日にしてください。過ぎた日は「期限が過ぎている」見本で試せます。", "The last day must be today or later. Choose the expired sample for earlier days.")));
        return day.Day;
    }

    private string ReadNumber(List<Violation> wrong)
    {
        var digits = Plain(Number).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (Number.Length == 0) digits = "1";
        if (digits.Length is >= 1 and <= FreeDigits && digits.All(char.IsAsciiDigit)) return digits.PadLeft(FreeDigits, '0');
        wrong.Add(new Violation("?number", "not-digits", new Words($"番号は{FreeDigits}桁までの数字で入れてください。", $"The number must have up to {FreeDigits} digits and nothing else.")));
        return "";
    }

    private int ReadResolution(List<Violation> wrong)
    {
        if (Resolutions.Contains(Dpi)) return int.Parse(Dpi, NumberStyles.None, CultureInfo.InvariantCulture);
        wrong.Add(new Violation("?dpi", "not-allowed", new Words("プリンターの解像度は300・400・480・600から選んでください。", "The printer's resolution must be 300, 400, 480 or 600.")));
        return 0;
    }

    /// <summary>Half-width, whatever the keyboard was set to.</summary>
    private static string Plain(string text) => text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC);

    private static string Text(IQueryCollection query, string name)
    {
        var text = query[name].ToString().Trim();
        // Half of a surrogate pair is no text, and cannot be made half-width.
        return text.Any(char.IsSurrogate) ? "?" : text;
    }
}
