using System.Globalization;

namespace CashlessGateway.Benchmarks.Processes;

/// <summary>What a process has used, from /proc.</summary>
internal sealed class ProcessUsage(int pid)
{
    /// <summary>USER_HZ: 100 on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system time of all its threads.</summary>
    public double CpuSeconds() => CpuSeconds(File.ReadAllText($"/proc/{pid}/stat"));

    /// <summary>Resident memory now.</summary>
    public double Megabytes()
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line["VmRSS:".Length..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>All that the machine's cores have worked since it started.</summary>
    public static double CpuSecondsOfMachine()
    {
        // cpu user nice system idle iowait irq softirq steal …
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Skip(1).Take(7).Where((_, field) => field is not (3 or 4)).Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Of the processes that this one has started and that still run: a database server's back ends.</summary>
    public double CpuSecondsOfChildren()
    {
        var sum = 0.0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)) continue;
            try
            {
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                if (Fields(stat)[1] == pid.ToString(CultureInfo.InvariantCulture)) sum += CpuSeconds(stat);
            }
            catch (IOException)
            {
                // It ended between the listing and the reading.
            }
        }

        return sum;
    }

    private static double CpuSeconds(string stat)
    {
        var fields = Fields(stat);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>From the state on: the name before it may hold spaces.</summary>
    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
}
