using System.Globalization;

namespace PrintSlip;

/// <summary>Why the program cannot go on, in a sentence for whoever started it.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>What stood on the command line.</summary>
public sealed record Options(string Folder, long Amount, DateOnly? PayBy, string Number, int Dpi, int Year, bool Help)
{
    /// <summary>自由使用欄.</summary>
    private const int FreeDigits = 21;

    private const int DaysToPay = 30;

    public static Options Read(string[] args)
    {
        // A slip's days are those of Japan, wherever it is printed.
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).DateTime);
        var options = new Options("", 12_300, today.AddDays(DaysToPay), "1".PadLeft(FreeDigits, '0'), 600, FiscalYear(today), Help: args.Length == 0);
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new UsageException($"{args[i - 1]} の値がありません。");
            options = args[i] switch
            {
                "--help" => options with { Help = true },
                "--amount" => options with { Amount = Yen(Value()) },
                "--pay-by" => options with { PayBy = Day(Value()) },
                "--number" => options with { Number = Digits(Value()) },
                "--dpi" => options with { Dpi = Resolution(Value()) },
                ['-', ..] => throw new UsageException($"{args[i]} という指定はありません。--help で使い方を表示します。"),
                _ => options with { Folder = args[i] },
            };
        }

        return options.Help || options.Folder.Length > 0 ? options : throw new UsageException("書き込むフォルダーがありません。--help で使い方を表示します。");
    }

    private static int FiscalYear(DateOnly day) => day.Month >= 4 ? day.Year : day.Year - 1;

    private static long Yen(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var yen) ? yen : throw new UsageException($"--amount は整数の円にしてください: {text}");

    private static DateOnly? Day(string text)
    {
        if (text == "none") return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new UsageException($"--pay-by は 2027-03-31 のような日か none にしてください: {text}");
    }

    private static string Digits(string text) => text.Length <= FreeDigits && text.All(char.IsAsciiDigit) ? text.PadLeft(FreeDigits, '0') : throw new UsageException($"--number は{FreeDigits}桁までの数字にしてください: {text}");

    private static int Resolution(string text) => text is "300" or "400" or "480" or "600" ? int.Parse(text, CultureInfo.InvariantCulture) : throw new UsageException($"--dpi は 300、400、480、600 のどれかにしてください: {text}");
}
