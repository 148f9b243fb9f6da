using BenchmarkDotNet.Attributes;
using CashlessGateway.Codes;

namespace CashlessGateway.Benchmarks.Codes;

/// <summary>What a scan costs before anything is looked up. Public and open because BenchmarkDotNet derives from it.</summary>
public class ReadingBenchmarks
{
    /// <summary>A refusal would be quick and tell nothing.</summary>
    [GlobalSetup]
    public void RequireReadable()
    {
        CodeReading[] read = [ReadSlip(), ReadElQr(), ReadCustomerNumber(), ReadCustomerQr()];
        if (read is not [SlipCode, ElQr, CustomerCode, CustomerCode]) throw new BenchmarkException($"A sample is not read as what it is: {string.Join(", ", read.Select(each => each.ToString()))}");
    }

    [Benchmark(Description = "read a slip")]
    public CodeReading ReadSlip() => CodeReader.Read(Samples.Slip);

    [Benchmark(Description = "read an eL-QR")]
    public CodeReading ReadElQr() => CodeReader.Read(Samples.ElQr);

    [Benchmark(Description = "read a customer's number")]
    public CodeReading ReadCustomerNumber() => CodeReader.Read(Samples.CustomerNumber);

    [Benchmark(Description = "read a customer's QR code")]
    public CodeReading ReadCustomerQr() => CodeReader.Read(Samples.CustomerQr);
}
