using CashlessGateway.Commands;

namespace CashlessGateway.Tests.Recovery;

/// <summary>The program's commands on a city's data, as an operator types them.</summary>
internal static class Commanded
{
    /// <summary>What it printed.</summary>
    public static async Task<string> On(City city, params string[] words) => await On(city.Directory, city.Time, words);

    public static async Task<string> On(string directory, FakeTime time, params string[] words)
    {
        await using var output = new StringWriter();
        Assert.Equal(0, await CommandList.Run([.. words, "--environment=Development", $"--Storage:Directory={directory}"], output, time));
        return output.ToString();
    }

    /// <summary>Why it refused, in one sentence.</summary>
    public static async Task<string> Refused(string directory, FakeTime time, params string[] words) =>
        (await Assert.ThrowsAsync<CommandException>(() => On(directory, time, words))).Message;

    /// <summary>A backup taken now; the folder it lies in.</summary>
    public static async Task<string> Backup(City city)
    {
        var parent = Path.Combine(city.Directory, "backups");
        await On(city, "backup", "--to", parent);
        return Directory.GetDirectories(parent).Order(StringComparer.Ordinal).Last();
    }
}
