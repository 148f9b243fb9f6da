using CashlessGateway.Commands;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>recovery --status: what was found. recovery --finish --reason: a person ends it, and answers for what is missing.</summary>
public static class RecoveryCommand
{
    /// <summary>The column's width on every engine.</summary>
    private const int LongestReason = 400;

    /// <summary>No provider knows of cash.</summary>
    private const string Cash = "Cash taken since the backup can be asked of nobody: count the drawers, collect the clerks' copies of the receipts and the printed day sheets, and enter what is missing again.";

    public static Task Run(CommandWorld world, CommandLine line) => (line.Has("--status"), line.Has("--finish")) switch
    {
        (true, false) => Status(world),
        (false, true) => Finish(world, line.Required("--reason")),
        _ => throw new CommandException("Say recovery --status or recovery --finish --reason \"…\"."),
    };

    private static async Task Status(CommandWorld world)
    {
        await using var database = world.Open();
        if (await database.Read(RecoveryStore.Find) is not { } row)
        {
            await world.Say("The database was never restored.");
            return;
        }

        var (known, unknown, brought) = await database.Read(async reader => (await RecoveryStore.KnownAndFound(reader, row), await RecoveryStore.UnknownAndFound(reader, row), await RecoveryStore.Answers(reader)));
        await world.Say(row.IsOn ? $"Recovering. Restored at {row.RestoredAt} to the state of {row.Since}." : $"Done at {row.FinishedAt}. Restored at {row.RestoredAt} to the state of {row.Since}.{(row.Note is null ? "" : " Ended by a person: " + row.Note)}");
        await world.Say($"Known and found paid: {known.Count} payments, {known.Amount.Value} yen.");
        await world.Say($"Unknown and found: {unknown.Count} payments and refunds, {unknown.Amount.Value} yen, listed as exceptions ('foundAfterRestore').");
        if (brought.Count > 0) await world.Say($"Read from the provider's own file: {string.Join(", ", brought)}.");
        if (row.IsOn) await world.Say("What is missing says the check 'recovery' of GET /health/ready.");
        await world.Say(Cash);
    }

    private static async Task Finish(CommandWorld world, string reason)
    {
        if (reason.Length > LongestReason) throw new CommandException($"The reason may have {LongestReason} letters.");
        using var directory = world.Hold();
        await using var database = world.Open();
        if (!await database.WriteSurely(unit => RecoveryStore.End(unit, world.Clock.Now(), reason), ReadBack.SafeToRepeat)) throw new CommandException("The database is not recovering.");
        await world.Say("The recovery is ended. What no provider was asked for has to be found by its settlement files.");
    }
}
