namespace CashlessGateway.Storage;

/// <summary>
/// A database belongs to the environment of its first start: practice in a database with real receipts, or real money in one full of
/// practice, could never be told apart again.
/// </summary>
public static class OwnEnvironment
{
    private const string Name = "environment";

    private static readonly Sql Find = new("""
        select value
        from installation
        where name = @name
        """);

    private static readonly Sql Insert = new("""
        insert into installation (name, value)
        values (@name, @environment)
        """);

    /// <exception cref="StartupException">It belongs to another one.</exception>
    public static async Task Claim(Database database, string environment)
    {
        var values = new { name = Name, environment };
        if (await database.One<string>(Find, values) is null)
            await database.Write(async unit => await unit.Execute(Insert, values), ReadBack.SafeToRepeat);
        // Another node may have been first.
        if (await database.One<string>(Find, values) is { } owner && owner != environment)
            throw new StartupException($"This database belongs to the environment {owner}, and this start is {environment}. Give it a database of its own (Storage:Directory or Storage:ConnectionString), or start it with --environment={owner}.");
    }
}
