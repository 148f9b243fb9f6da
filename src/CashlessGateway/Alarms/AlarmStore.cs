using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Alarms;

/// <summary>The rows of alarms. Each write is conditional on what was read: of two nodes, one changes it and one mails it.</summary>
public sealed class AlarmStore(Database database)
{
    /// <summary>A mail server has 20 s; who claimed longer ago is gone, and the mail is due again.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);

    private static readonly Sql Find = new("""
        select municipality, name, node, state, changed_at, told, told_at, sending_until
        from alarm
        where municipality = @municipality and name = @name and node = @node
        """);

    private static readonly Sql Insert = new("""
        insert into alarm (municipality, name, node, state, changed_at, told, told_at, sending_until)
        values (@municipality, @name, @node, 'on', @now, 'off', 0, 0)
        """);

    private static readonly Sql Change = new("""
        update alarm
        set state = @state, changed_at = @now
        where municipality = @municipality and name = @name and node = @node and state = @was
        """);

    private static readonly Sql ClaimMail = new("""
        update alarm
        set sending_until = @until
        where municipality = @municipality and name = @name and node = @node
          and state = @state and told = @told and told_at = @toldAt and sending_until = @sendingUntil
        """);

    private static readonly Sql MailSent = new("""
        update alarm
        set told = @state, told_at = @now, sending_until = 0
        where municipality = @municipality and name = @name and node = @node and sending_until = @until
        """);

    private static readonly Sql MailNotSent = new("""
        update alarm
        set sending_until = 0
        where municipality = @municipality and name = @name and node = @node and sending_until = @until
        """);

    /// <returns>The row as it is now; null for an alarm that is off and always was.</returns>
    public async Task<AlarmState?> Note(AlarmReading reading, Instant now, CancellationToken cancellation)
    {
        var key = new { municipality = reading.Scope.Municipality, name = reading.Name, node = reading.Scope.Node };
        var before = await database.One<AlarmState>(Find, key, cancellation);
        var state = AlarmState.Of(reading.IsOn);
        if (before?.State == state || (before is null && !reading.IsOn)) return before;
        // Taken or not hit: another node noted the same. Its row is read below.
        var values = new { key.municipality, key.name, key.node, state, was = before?.State, now };
        await database.Write(unit => unit.Execute(before is null ? Insert : Change, values), ReadBack.SafeToRepeat, cancellation);
        return await database.One<AlarmState>(Find, key, cancellation);
    }

    /// <returns>Until when the mail is ours to send; null when another node has it.</returns>
    public async Task<Instant?> Claim(AlarmState alarm, Instant now, CancellationToken cancellation)
    {
        var until = now.Plus(Claimed);
        var values = new
        {
            municipality = alarm.Municipality,
            name = alarm.Name,
            node = alarm.Node,
            state = alarm.State,
            told = alarm.Told,
            toldAt = alarm.ToldAt,
            sendingUntil = alarm.SendingUntil,
            until,
        };
        return await database.WriteSurely(unit => unit.Hit(ClaimMail, values), ReadBack.SafeToRepeat, cancellation) ? until : null;
    }

    public Task Sent(AlarmState alarm, Instant claimedUntil, bool isSent, Instant now) => database.WriteSurely(
        unit => unit.Execute(isSent ? MailSent : MailNotSent, new { municipality = alarm.Municipality, name = alarm.Name, node = alarm.Node, state = alarm.State, now, until = claimedUntil }),
        ReadBack.SafeToRepeat);
}
