using CashlessGateway.Money;
using CashlessGateway.Providers;

namespace CashlessGateway.Payments;

/// <summary>When a payment is asked for next, and what is asked. Pure.</summary>
public static class AskSchedule
{
    /// <summary>A customer who has not paid within this looks for their glasses; asking half as often is soon enough.</summary>
    private static readonly TimeSpan Eager = TimeSpan.FromMinutes(2);

    /// <summary>Somebody may be waiting at the counter: within the first hour a doubt is never left alone for longer.</summary>
    private static readonly TimeSpan LongestWithinTheHour = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan[] Watching =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1)];

    public static bool IsPastItsTime(Payment payment, ProviderAbilities abilities, Instant now) =>
        payment.ActionExpiresAt is { } expires && expires.Plus(abilities.ExpiryGrace) <= now;

    /// <summary>
    /// A payment whose time is over, or whose code nobody ever saw, is given up with the provider; that is asked, not assumed, since the
    /// customer may have been faster.
    /// </summary>
    public static Question QuestionFor(Payment payment, ProviderAbilities abilities, bool canCancel, Instant now) => payment.State switch
    {
        _ when !canCancel => Question.LookUp,
        PaymentState.Cancelling => Question.Cancel,
        PaymentState.Pending when IsPastItsTime(payment, abilities, now) => Question.Cancel,
        PaymentState.InDoubt when payment.CancelFor is not null || IsPastItsTime(payment, abilities, now) || (abilities.UnshownCannotBePaid && !payment.WasShown) => Question.Cancel,
        _ => Question.LookUp,
    };

    /// <summary>Null: nothing is left to ask.</summary>
    public static Instant? Next(Payment payment, ProviderAbilities abilities, Instant now)
    {
        var age = now - payment.CreatedAt;
        switch (payment.State)
        {
            case PaymentState.Captured when payment.WatchUntil is null:
                return null;
            case PaymentState.InDoubt when payment.ArrivedAmount is not null:
                // The provider has said what it knows; the rest is for a person.
                return null;
            case PaymentState.Created:
                return payment.CallUntil is { } end && end > now ? end : now.Plus(abilities.Pace);
            case PaymentState.Pending:
                var paced = now.Plus(age < Eager ? abilities.Pace : 2 * abilities.Pace);
                var over = payment.ActionExpiresAt?.Plus(abilities.ExpiryGrace);
                return over is { } end2 && end2 > now && end2 < paced ? end2 : paced;
            case PaymentState.Cancelling:
                return now.Plus(abilities.Pace);
            case PaymentState.InDoubt:
                return now.Plus(InDoubt(age, abilities.Pace));
            default:
                return payment.WatchUntil is { } until ? Earlier(now.Plus(Watching[Math.Min((int)(payment.Asks ?? 0), Watching.Length - 1)]), until > now ? until : now.Plus(abilities.Pace)) : null;
        }
    }

    private static TimeSpan InDoubt(TimeSpan age, TimeSpan pace)
    {
        if (age > TimeSpan.FromDays(1)) return TimeSpan.FromHours(1);
        if (age > TimeSpan.FromHours(1)) return TimeSpan.FromMinutes(5);
        var eighth = age / 8;
        return eighth < pace ? pace : eighth > LongestWithinTheHour ? LongestWithinTheHour : eighth;
    }

    private static Instant Earlier(Instant a, Instant b) => a < b ? a : b;
}
