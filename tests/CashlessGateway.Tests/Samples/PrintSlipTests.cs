using System.Diagnostics;

namespace CashlessGateway.Tests.Samples;

/// <summary>The sample program that uses nothing but the library of codes.</summary>
public sealed class PrintSlipTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cashless-slip-").FullName;

    [Fact]
    public async Task It_writes_the_slip_and_both_codes()
    {
        var (code, printed) = await Run(_folder, "--amount", "2500", "--pay-by", "2027-03-31", "--number", "42", "--dpi", "300");
        Assert.Equal(0, code);
        Assert.Contains("→ SlipCode", printed, StringComparison.Ordinal);
        Assert.Contains("→ ElQr", printed, StringComparison.Ordinal);
        Assert.Equal(["bars.png", "elqr.png", "slip.pdf", "slip.svg"], Files());
    }

    [Fact]
    public async Task Over_300000_yen_it_leaves_no_bars()
    {
        await Run(_folder);
        Assert.Equal(0, (await Run(_folder, "--amount", "300001")).Code);
        Assert.Equal(["elqr.png", "slip.pdf", "slip.svg"], Files());
    }

    [Theory]
    [InlineData("--amount", "x")]
    [InlineData("--amount", "99999999999999")]
    [InlineData("--pay-by", "2027-02-29")]
    [InlineData("--dpi", "72")]
    [InlineData("--number", "12a")]
    [InlineData("--colour", "red")]
    public async Task A_wrong_argument_is_a_sentence_and_writes_nothing(string name, string value)
    {
        var (code, printed) = await Run(_folder, name, value);
        Assert.Equal(2, code);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IEnumerable<string> Files() => Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    private static async Task<(int Code, string Printed)> Run(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words.Prepend(Path.Combine(AppContext.BaseDirectory, "print-slip.dll"))) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        return (process.ExitCode, string.Concat(printed));
    }
}
