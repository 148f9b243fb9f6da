using CashlessGateway.Codes;
using CashlessGateway.Codes.Drawing;
using PrintSlip;

const string Usage = """
    print-slip フォルダー [--amount 12300] [--pay-by 2027-03-31|none] [--number 1] [--dpi 300|400|480|600]
      slip.svg   納付書の見本（1/3 A4）
      slip.pdf   同じものをA4に（「実際のサイズ」で印刷する）
      bars.png   バーコードだけ（30万円を超えるときは作らない）
      elqr.png   eL-QRだけ
    終了コード: 0 済み　2 使い方
    """;

// Half a millimetre a module on a 600 dpi printer.
const int QrDots = 12;

try
{
    var options = Options.Read(args);
    if (options.Help)
    {
        Console.WriteLine(Usage);
        return 0;
    }

    // A code is made, or the answer says which part does not fit; neither is an exception.
    var slip = SlipCode.Build(Bill.Company, options.Number, reissue: 0, options.PayBy, options.Amount) switch
    {
        Built<SlipCode>.Made made => made.Value,
        Built<SlipCode>.Refused { Problem: BuildProblem.OverLimit } => null,
        Built<SlipCode>.Refused refused => throw new UsageException($"{refused.Field}: {refused.Why}"),
        _ => throw new InvalidOperationException("Built is a closed set."),
    };
    var elQr = ElQr.Build(Bill.Parts(options)) switch
    {
        Built<ElQr>.Made made => made.Value,
        Built<ElQr>.Refused refused => throw new UsageException($"{refused.Field}: {refused.Why}"),
        _ => throw new InvalidOperationException("Built is a closed set."),
    };

    var print = SlipPrint.For(options.Dpi);
    var sample = new SampleSlip { Slip = slip, ElQr = elQr, Title = "固定資産税（見本）", Payee = "見本市", Amount = options.Amount, PayBy = options.PayBy };
    Directory.CreateDirectory(options.Folder);
    File.WriteAllText(Path.Combine(options.Folder, "slip.svg"), sample.Svg(print));
    File.WriteAllBytes(Path.Combine(options.Folder, "slip.pdf"), sample.Pdf(print));
    File.WriteAllBytes(Path.Combine(options.Folder, "elqr.png"), QrSymbol.OfDigits(elQr.Digits, version: 6, QrLevel.M).Png(QrDots));
    var bars = Path.Combine(options.Folder, "bars.png");
    if (slip is not null && SlipSymbol.Of(slip) is Built<SlipSymbol>.Made symbol) File.WriteAllBytes(bars, symbol.Value.Png(print));
    else File.Delete(bars);

    // Read what was drawn: the reader must say the same as the builder.
    foreach (var digits in new[] { slip?.Digits, elQr.Digits }.OfType<string>())
        Console.WriteLine($"{digits.Length}桁 {digits} → {CodeReader.Read(digits).GetType().Name}");
    if (slip is null) Console.WriteLine("30万円を超えるためバーコードはありません。");
    return 0;
}
catch (Exception error) when (error is UsageException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}
