using CashlessGateway.Backups;
using CashlessGateway.Money;
using CashlessGateway.Recovery;

namespace CashlessGateway.Commands;

/// <summary>What the program does besides serving: the first word of its arguments.</summary>
public static class CommandList
{
    private sealed record Command(string Name, string[] Valued, string[] Plain, Func<CommandWorld, CommandLine, Task> Run);

    private static readonly IReadOnlyList<Command> All =
    [
        new("backup", ["--to"], [], MakeBackup.Run),
        new("restore", ["--from"], ["--replace"], RestoreBackup.Run),
        new("recover", ["--instance", "--file", "--place", "--municipality"], [], RecoverFromFile.Run),
        new("recovery", ["--reason"], ["--status", "--finish"], RecoveryCommand.Run),
    ];

    /// <summary>A first word that is no setting is a command, or a mistake that must not start a server.</summary>
    public static bool IsOne(string[] args) => args is [{ } first, ..] && !first.StartsWith('-') && !first.StartsWith('/') && !first.Contains('=', StringComparison.Ordinal);

    public static async Task<int> Run(string[] args, TextWriter output, TimeProvider time)
    {
        var command = All.FirstOrDefault(command => command.Name == args[0])
            ?? throw new CommandException($"There is no command '{args[0]}'. Known: {string.Join(", ", All.Select(known => known.Name))}; without one the gateway starts.");
        var line = CommandLine.Read(args, command.Valued, command.Plain);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = line.Settings, ContentRootPath = AppContext.BaseDirectory });
        await command.Run(new CommandWorld(Settings.From(builder.Configuration, builder.Environment), new Clock(time), time, output), line);
        return 0;
    }
}
