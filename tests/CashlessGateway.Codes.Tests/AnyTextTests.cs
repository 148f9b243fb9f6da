using System.Globalization;
using System.Text;

namespace CashlessGateway.Codes.Tests;

/// <summary>
/// Whatever is held before the scanner gets an answer. Valid codes of every kind are cut, doubled, mixed and sprinkled with what scanners,
/// keyboards and attackers add; a slice in each run, ten million with CASHLESS_TEST_LONG=1 (seed and result in docs/performance.md).
/// </summary>
public sealed class AnyTextTests
{
    private const int Seed = 20_261_121;
    private const int Slice = 100_000;
    private const int Long = 10_000_000;

    private static readonly string[] Valid =
    [
        Slips.PublishedWithDate, Slips.OneYen, Slips.WithStamp, ElQrs.WaterBill, ElQrs.Largest, "1380000000000012345678901234560999", "26000-100250881102000000-0000-334",
        "0002016003xxx01021129300012D156000000000510A93FO3230Q31280012D1560000000103081234567826680019jp.or.paymentsjapan01130000000000001020400010306000001040600000153033925903xxx64180002JA0108メルペイ カフェ520441115802JP610710661436304DEE9",
        "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=", "hQVKUFFSMWElTwgxMjM0NTY3OFcIODc2NTQzMjGZD3sia2V5IjoidmFsdWUifQ==", "900081818812345678904321", "4111111111111111",
    ];

    private static readonly string[] Noise =
    [
        "]C1", "]C0", "]Q1", "]E0", "[C1", "」C1", "\u001D", "\r\n", "\t", " ", "　", "(91)", "-", "ー", "EAN", "\0", "\uD83D", "\uDE00", "\u202E", "é", "0", "9", "99", "63", "=", "/", "𠮷", "6304", "hQV", "000201", "13800", "\uFEFF",
    ];

    [Fact]
    public void Ten_million_texts_in_the_long_run_and_a_slice_always_each_get_an_answer()
    {
        var count = Environment.GetEnvironmentVariable("CASHLESS_TEST_LONG") == "1" ? Long : Slice;
        var random = new Random(Seed);
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var text = Text(random);
            var reading = Answer(text, i);
            Check(text, reading, i);
            kinds[reading.GetType().Name] = kinds.GetValueOrDefault(reading.GetType().Name) + 1;
        }

        // Every kind was reached: otherwise the texts would be too far from real ones to test anything.
        Assert.Equal(7, kinds.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, {count} texts: {string.Join(", ", kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Value}"))}"));
    }

    private static CodeReading Answer(string text, int number)
    {
        try
        {
            return CodeReader.Read(text);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Text {number} of seed {Seed} was not answered: {Convert.ToHexString(Encoding.Unicode.GetBytes(text))}", error);
        }
    }

    private static void Check(string text, CodeReading reading, int number)
    {
        var isSafe = reading.Masked.Length <= 9 && reading.Masked.All(letter => letter is '…' or (> ' ' and <= '~')) && reading.ToString() == $"{reading.GetType().Name} {reading.Masked}";
        var isWhole = reading switch
        {
            SlipCode slip => slip.Digits.Length == SlipCode.Length && slip.CheckDigit == SlipCode.CheckDigitOf(slip.Digits.AsSpan(0, 43)) && CodeReader.Read(slip.Digits) == slip,
            ElQr code => code.Digits.Length == ElQr.Length && ElQr.Build(code.Parts()) is Built<ElQr>.Made made && made.Value == code,
            ElNumber number1 => number1.Digits.Length == ElNumber.Length && CodeReader.Read(number1.HumanReadable()) == number1,
            PayEasy payEasy => CodeReader.Read(payEasy.Key) == payEasy,
            StoreCode store => StoreCode.Build(store.Elements.Skip(1)) is Built<StoreCode>.Made again && again.Value == store,
            CustomerCode customer => CodeReader.Read(customer.Code) == customer,
            Unreadable => true,
            _ => false,
        };
        if (!isSafe || !isWhole) Assert.Fail($"Text {number} of seed {Seed}: {reading.GetType().Name}, safe {isSafe}, whole {isWhole}: {Convert.ToHexString(Encoding.Unicode.GetBytes(text))}");
    }

    private static string Text(Random random)
    {
        if (random.Next(20) == 0) return Anything(random);
        var text = Valid[random.Next(Valid.Length)];
        for (var changes = random.Next(4); changes > 0; changes--) text = Changed(random, text);
        return text;
    }

    private static string Changed(Random random, string text)
    {
        var at = random.Next(text.Length + 1);
        var to = random.Next(at, text.Length + 1);
        return random.Next(10) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text.Remove(at, to - at),
            3 => text.Insert(at, Noise[random.Next(Noise.Length)]),
            4 => Noise[random.Next(Noise.Length)] + text,
            5 => text + Noise[random.Next(Noise.Length)],
            6 => text[..at] + Valid[random.Next(Valid.Length)] + text[at..],
            7 when text.Length > 1 && at < text.Length - 1 => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            8 => string.Concat(text.Select(letter => letter is > ' ' and <= '~' ? (char)(letter + 0xFEE0) : letter)),
            _ when at < text.Length => text[..at] + (char)('0' + random.Next(10)) + text[(at + 1)..],
            _ => text,
        };
    }

    /// <summary>Any 16 bits at all, lone surrogates included; sometimes far beyond the longest text that is looked at.</summary>
    private static string Anything(Random random)
    {
        var length = random.Next(100) == 0 ? random.Next(CodeReader.MaxLength + 100) : random.Next(300);
        return string.Create(length, random, static (letters, random) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = random.Next(3) == 0 ? (char)random.Next(char.MaxValue + 1) : (char)('0' + random.Next(10));
        });
    }
}
