using System.Text.Json;
using CashlessGateway.Benchmarks.Processes;

namespace CashlessGateway.Benchmarks.Codes;

/// <summary>How long bwip-js, run by node, takes for one drawing.</summary>
internal sealed record BwipDrawing(string What, double Microseconds)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static string Folder => Path.Combine(Repository.Root(), "tests", "CashlessGateway.Benchmarks", "Codes");

    public static void RequireInstalled()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) throw new BenchmarkException("bwip-js is missing: npm ci --prefix tests/CashlessGateway.Benchmarks/Codes");
    }

    public static async Task<IReadOnlyList<BwipDrawing>> Measure(string slip, string elQr)
    {
        var printed = await Tool.Run("node", Path.Combine(Folder, "draw.mjs"), slip, elQr);
        return JsonSerializer.Deserialize<List<BwipDrawing>>(printed, Json) ?? throw new BenchmarkException("draw.mjs printed nothing.");
    }
}
