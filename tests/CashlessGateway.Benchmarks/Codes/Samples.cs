using CashlessGateway.Codes;

namespace CashlessGateway.Benchmarks.Codes;

/// <summary>The texts that are read and drawn: made up, or published by others.</summary>
internal static class Samples
{
    public const string Slip = "91912345000000000000004520875004013100295004";

    /// <summary>12,300 yen of organisation 99999, item 999; neither exists.</summary>
    public const string ElQr =
        "000201010212279600051380001839200000000000000000123002138000999000006200000000001234567890123456099999000000000054110000001230062262026202601202611302026122580850000000000000000000000000000000000000000000000000000000000000000000000000000000000000630541893";

    /// <summary>24 digits as PayPay's begin.</summary>
    public const string CustomerNumber = "900081818812345678901234";

    /// <summary>The published test code of an EMV customer code: base64 of nested fields.</summary>
    public const string CustomerQr = "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=";

    /// <summary>The example of the EMV specification for a store's code.</summary>
    public const string StoreCode =
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A";

    public static SlipCode ReadSlip() => CodeReader.Read(Slip) as SlipCode ?? throw new BenchmarkException("The sample slip is not read as one.");
}
