namespace CashlessGateway.Benchmarks;

/// <summary>Where this program was built.</summary>
internal static class Repository
{
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CashlessGateway.sln")))
                return folder.FullName;
        throw new BenchmarkException("CashlessGateway.sln is not above this program.");
    }
}
