using System.Diagnostics;

namespace CashlessGateway.Tests.Samples;

/// <summary>The sample till as a process of its own, with a journal that outlives it.</summary>
internal sealed class Pos(City city, string terminal = "pos-03")
{
    /// <summary>What a run printed, and its exit code (137: killed).</summary>
    internal sealed record Run(int ExitCode, string Printed);

    public string Journal { get; } = Path.Combine(city.Directory, $"{terminal}.jsonl");

    public Task<Run> Does(params string[] words) => Start(null, city.Till.BaseAddress!, words);

    /// <summary>Killed as by kill -9 once it has got that far: key, post or answer.</summary>
    public Task<Run> DiesAfter(string point, params string[] words) => Start(point, city.Till.BaseAddress!, words);

    private async Task<Run> Start(string? dieAfter, Uri url, string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all = [Path.Combine(AppContext.BaseDirectory, "pos-terminal.dll"), "--url", url.ToString(), "--journal", Journal, "--terminal", terminal, .. words];
        foreach (var word in all) start.ArgumentList.Add(word);
        start.Environment["CASHLESS_KEY"] = city.Gateway.DemoKeys!.Till;
        start.Environment["NO_PROXY"] = "127.0.0.1";
        if (dieAfter is not null) start.Environment["POS_DIE_AFTER"] = dieAfter;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromSeconds(90));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        return new Run(process.ExitCode, string.Concat(printed));
    }
}
