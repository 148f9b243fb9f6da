using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Staff;

/// <summary>
/// Personal PINs of one session: colleagues at one counter PC, each of whom has signed in to it in full, take turns with them. A PIN
/// opens nothing elsewhere and nothing after this session, and five wrong ones end it.
/// </summary>
public sealed class SessionPins(Database database, Clock clock, PasswordWork work)
{
    public const int Shortest = 6;
    public const int Longest = 12;
    public const int MostWrong = 5;

    /// <summary>Colleagues at one counter PC on one day.</summary>
    private const int MostPeople = 30;

    private static readonly Sql List = new($"""
        select q.person, p.name, p.login, q.failed_count, q.created_at, p.password_changed_at, p.disabled_at
        from staff_session_pin q
        join person p on p.municipality = q.municipality and p.id = q.person
        where q.municipality = @municipality and q.session = @session
        order by q.created_at, q.person
        {"{{limit @most}}"}
        """);

    private static readonly Sql FindHash = new("""
        select pin_hash
        from staff_session_pin
        where municipality = @municipality and session = @session and person = @person
        """);

    private static readonly Sql Insert = new("""
        insert into staff_session_pin (municipality, session, person, pin_hash, failed_count, created_at)
        values (@municipality, @session, @person, @pinHash, 0, @now)
        """);

    /// <summary>Counted before it is looked at: guesses sent at the same moment share the five.</summary>
    private static readonly Sql CountTry = new("""
        update staff_session_pin
        set failed_count = failed_count + 1
        where municipality = @municipality and session = @session and person = @person and failed_count < @most
        """);

    private static readonly Sql Right = new("""
        update staff_session_pin
        set failed_count = 0
        where municipality = @municipality and session = @session and person = @person
        """);

    private static readonly Sql Drop = new("delete from staff_session_pin where municipality = @municipality and session = @session and person = @person");

    /// <summary>In whichever session; a person's password or rights change a few times a year.</summary>
    internal static readonly Sql DropOf = new("delete from staff_session_pin where municipality = @municipality and person = @person");

    private const string Index = "staff_session_pin_pk";

    /// <summary>Those who can take over with their PIN: not who was disabled, changed the password since, or has used up the tries.</summary>
    public async Task<List<PinHolder>> Holders(StaffSession session, CancellationToken cancellation) =>
        (await All(session, cancellation)).FindAll(static holder => holder.Usable);

    /// <summary>Whether this person has, or had, a PIN here. One who guessed it away sets no other without signing in.</summary>
    public async Task<bool> HasHad(StaffSession session, string person, CancellationToken cancellation) =>
        (await All(session, cancellation)).Exists(holder => holder.Person == person);

    /// <summary>Null when it is set, else why not.</summary>
    public async Task<Words?> Set(StaffSession session, Person person, string pin, CancellationToken cancellation)
    {
        if (Check(pin, person.Login) is { } wrong) return wrong;
        if (await work.Hash(person, pin, cancellation) is not { } pinHash) return SignInSteps.TooBusy;
        var values = new { municipality = session.Municipality, session = session.Id, person = person.Id, pinHash, now = clock.Now() };
        return await database.Write(unit => unit.Execute(Insert, values), ReadBack.ByRow(FindHash, new { values.municipality, values.session, values.person }), cancellation) is Written<int>.Taken { Index: Index }
            ? new Words("この開いた端末ではPINが決まっています。変えるには、もう一度サインインしてください。", "You have a PIN here already. Sign in again to change it.")
            : null;
    }

    public async Task<PinAnswer> Try(StaffSession session, Person person, string pin, CancellationToken cancellation)
    {
        var key = new { municipality = session.Municipality, session = session.Id, person = person.Id };
        if (!(await Holders(session, cancellation)).Exists(holder => holder.Person == person.Id)) return new PinAnswer.Gone();
        if (!await database.WriteSurely(unit => unit.Hit(CountTry, new { key.municipality, key.session, key.person, most = (long)MostWrong }), ReadBack.SafeToRepeat, cancellation)) return new PinAnswer.Gone();
        if (await database.One<string>(FindHash, key, cancellation) is not { } hash) return new PinAnswer.Gone();
        switch (await work.Matches(person, hash, pin, cancellation))
        {
            case null:
                return new PinAnswer.Busy();
            case true:
                await database.WriteSurely(unit => unit.Execute(Right, key), ReadBack.SafeToRepeat, cancellation);
                return new PinAnswer.Right();
            default:
                var left = (await All(session, cancellation)).Find(holder => holder.Person == person.Id) is { } holder ? MostWrong - (int)holder.FailedCount : 0;
                return left > 0 ? new PinAnswer.Wrong(left) : new PinAnswer.Gone();
        }
    }

    /// <summary>After a full sign-in the person starts afresh.</summary>
    public Task Forget(StaffSession session, string person, CancellationToken cancellation) =>
        database.WriteSurely(unit => unit.Execute(Drop, new { municipality = session.Municipality, session = session.Id, person }), ReadBack.SafeToRepeat, cancellation);

    public static Words? Check(string pin, string login) => pin switch
    {
        _ when pin.Length is < Shortest or > Longest || !pin.All(char.IsAsciiDigit) => new($"PINは数字{Shortest}桁から{Longest}桁です。", $"A PIN has {Shortest} to {Longest} digits."),
        _ when pin.Distinct().Count() <= 2 || IsRun(pin) => new("推測しやすいPINです。ほかの数字にしてください。", "This PIN is quickly guessed. Choose other digits."),
        _ when LoginKey.Plain(login).Contains(pin, StringComparison.Ordinal) => new("ログイン名と同じ数字は使えません。", "It must not be in your login name."),
        _ => null,
    };

    private static bool IsRun(string pin)
    {
        var step = pin[1] - pin[0];
        for (var i = 1; i < pin.Length; i++)
            if ((pin[i] - pin[i - 1] - step + 20) % 10 != 0) return false;
        return true;
    }

    private Task<List<PinHolder>> All(StaffSession session, CancellationToken cancellation) =>
        database.All<PinHolder>(List, new { municipality = session.Municipality, session = session.Id, most = (long)MostPeople }, cancellation);
}

/// <summary>Somebody who has signed in to this session in full and has a PIN for it.</summary>
public sealed record PinHolder
{
    public string Person { get; init; } = "";
    public string Name { get; init; } = "";
    public string Login { get; init; } = "";
    public long FailedCount { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant? PasswordChangedAt { get; init; }
    public Instant? DisabledAt { get; init; }

    public bool Usable => DisabledAt is null && FailedCount < SessionPins.MostWrong && (PasswordChangedAt is not { } changed || changed <= CreatedAt);
}

public abstract record PinAnswer
{
    private PinAnswer() { }

    public sealed record Right : PinAnswer;

    public sealed record Wrong(int Left) : PinAnswer;

    /// <summary>No PIN, or no longer: sign in in full.</summary>
    public sealed record Gone : PinAnswer;

    public sealed record Busy : PinAnswer;
}
