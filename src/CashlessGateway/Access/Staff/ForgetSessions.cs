using CashlessGateway.Jobs;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Access.Staff;

/// <summary>The job that deletes sessions some time after their last possible moment. Who signed in when stays in the audit trail.</summary>
public sealed class ForgetSessions(Database database, Clock clock, Settings settings) : IMunicipalityWork
{
    private const int AtOnce = 500;

    private static readonly Sql Old = new("""
        select id
        from staff_session
        where municipality = @municipality and expires_at < @before
        order by expires_at
        {{limit @most}}
        """);

    private static readonly Sql DropPins = new("delete from staff_session_pin where municipality = @municipality and session = @id");

    private static readonly Sql Drop = new("delete from staff_session where municipality = @municipality and id = @id");

    public string Name => "session-retention";

    public async Task<int> Run(string municipality, int limit, CancellationToken cancellation)
    {
        var (before, deleted) = (clock.Now().Plus(-settings.KeepSessions), 0);
        while (deleted < limit && await database.All<string>(Old, new { municipality, before, most = (long)Math.Min(AtOnce, limit - deleted) }, cancellation) is { Count: > 0 } page)
        {
            await database.WriteSurely(async unit =>
            {
                foreach (var id in page)
                {
                    await unit.Execute(DropPins, new { municipality, id });
                    await unit.Execute(Drop, new { municipality, id });
                }

                return page.Count;
            }, ReadBack.SafeToRepeat, cancellation);
            deleted += page.Count;
        }

        return deleted;
    }
}
