using CashlessGateway.Commands;
using CashlessGateway.Demo;
using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Providers;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>
/// recover --instance NAME --file FILE: the second way to what a contract took since the backup, when the call log is lost: the file that
/// the provider lets its merchant download.
/// </summary>
public static class RecoverFromFile
{
    private const string Way = "file";

    public static async Task Run(CommandWorld world, CommandLine line)
    {
        var (name, file) = (line.Required("--instance"), Path.GetFullPath(line.Required("--file")));
        var payments = Read(Reader(world, name), name, file);
        using var directory = world.Hold();
        await using var database = world.Open();
        if (await database.Read(RecoveryStore.Find) is not { IsOn: true } row) throw new CommandException("The database is not recovering: there is nothing to find.");
        world.Clock.NotBefore(row.RestoredAt);
        var called = File.Exists(world.Settings.CallLog) ? CallLogFile.Read(world.Settings.CallLog, row.Since).Lines : [];
        var listed = new BookListed(database, new BookFound(database, world.Clock, new Ids(world.Clock)));
        var found = await listed.Book(name, payments, row.Since, new ListedAt(line.Optional("--municipality"), line.Optional("--place")), RecoverPayments.ByPayment(called), new Cause($"provider:{name}", Sources.File));
        await database.WriteSurely(unit => RecoveryStore.Answered(unit, name, Way, world.Clock.Now()), ReadBack.SafeToRepeat);
        await world.Say($"{name}: {payments.Count} rows read; {found.Count} that the database did not know, {found.Amount.Value} yen, are booked as arrived and listed as exceptions ('foundAfterRestore').");
        await world.Say("Start the gateway: it asks for the rest and then takes payments again.");
    }

    private static IReadsTransactionFiles Reader(CommandWorld world, string name)
    {
        var settings = world.Settings;
        // The sandboxes are not started for reading a file; an address is only needed to open the contract.
        var contracts = settings.SandboxPort == 0 ? settings.Providers : DemoProviders.Contracts(Gateway.DemoFolder, settings, [.. Sandbox.StandIns.Types.Select(static type => new DemoSandbox(type, new Uri("http://127.0.0.1:5081/"), null))]);
        var wanted = contracts.Where(contract => contract.Name == name).ToList();
        if (wanted.Count == 0) throw new CommandException($"There is no instance '{name}'. Known: {string.Join(", ", contracts.Select(contract => contract.Name))}.");
        return ProviderPlugins.Open(wanted, settings.PluginsDirectory, world.Time, settings.TestProviders)[0].Provider as IReadsTransactionFiles
            ?? throw new CommandException($"The plug-in of '{name}' cannot read a file of transactions.");
    }

    private static IReadOnlyList<ListedPayment> Read(IReadsTransactionFiles reader, string name, string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return reader.ReadTransactions(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CommandException($"{file} cannot be read as a file of {name}: {error.Message}");
        }
    }
}
