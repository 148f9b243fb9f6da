using System.Collections.Concurrent;
using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Providers;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>
/// Asks for every order of the call log that the restored database does not know: what was taken is booked, what is still open is
/// cancelled, since nobody here would see it being paid.
/// </summary>
public sealed class AskForCalled(Database database, Clock clock, BookFound book)
{
    /// <summary>As long as a cancelled payment is watched: for providers whose "not found" means nothing by time alone.</summary>
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromHours(24);

    private static readonly Sql RefundExists = new("select 1 from refund where municipality = @municipality and id = @id");

    private readonly ConcurrentDictionary<string, bool> _settled = new(StringComparer.Ordinal);

    /// <param name="refunds">Refunds too; not where the provider's own file has told them already, under other names.</param>
    /// <returns>How many have no answer yet.</returns>
    public async Task<int> Ask(ProviderInstance instance, IEnumerable<CalledLine> lines, bool refunds, CancellationToken cancellation)
    {
        var waiting = lines.Where(line => (refunds || line.Refund is null) && !_settled.ContainsKey(IdOf(line))).ToList();
        var silent = 0;
        await Parallel.ForEachAsync(waiting, RecoveryPace.Options(cancellation), async (line, token) =>
        {
            var settled = await IsKnown(line, token) || (Volatile.Read(ref silent) < RecoveryPace.MostSilent && await Settle(instance, line));
            if (settled) _settled[IdOf(line)] = true;
            else Interlocked.Increment(ref silent);
        });
        return silent;
    }

    private static string IdOf(CalledLine line) => line.Refund?.Id ?? line.Payment;

    private Task<bool> IsKnown(CalledLine line, CancellationToken cancellation) => database.Read(reader => line.Refund is { } refund
        ? reader.Exists(RefundExists, new { municipality = line.Municipality, id = refund.Id })
        : reader.Exists(PaymentStore.Exists, new { municipality = line.Municipality, id = line.Payment }), cancellation);

    private Task<bool> Settle(ProviderInstance instance, CalledLine line) => line.Refund is { } refund ? SettleRefund(instance, line, refund) : SettlePayment(instance, line);

    private async Task<bool> SettlePayment(ProviderInstance instance, CalledLine line)
    {
        var answer = await LookUp(instance, line);
        if (answer is ProviderAnswer.Pending && instance.Provider is ICanCancel canceller)
            answer = await instance.Ask(instance.Abilities.CallLimit, token => canceller.Cancel(Case(line), token), background: true);
        switch (answer)
        {
            case ProviderAnswer.Captured captured:
                await book.Book(FoundMoney.Taken(line, captured, clock.Now()), By(instance));
                return true;
            case ProviderAnswer.Declined or ProviderAnswer.Cancelled or ProviderAnswer.Expired:
                return true;
            case ProviderAnswer.Absent:
                return IsFinallyAbsent(instance, line);
            default:
                return false;
        }
    }

    /// <summary>"Not found" soon after an order means "not yet".</summary>
    private bool IsFinallyAbsent(ProviderInstance instance, CalledLine line) =>
        line.At.Plus(instance.Abilities.StartLimit + (instance.Abilities.AbsentIsFinalAfter ?? LongestAbsence)) <= clock.Now();

    private async Task<bool> SettleRefund(ProviderInstance instance, CalledLine line, CalledRefund refund)
    {
        var answer = refund.Way == Names.Of(RefundWay.Void) ? await LookUpVoid(instance, line) : await LookUpRefund(instance, line, refund);
        switch (answer)
        {
            case RefundAnswer.Succeeded succeeded:
                await book.Book(FoundMoney.SentBack(line, refund, succeeded.At, clock.Now()), By(instance));
                return true;
            case RefundAnswer.Failed:
                return true;
            case RefundAnswer.Absent:
                return IsFinallyAbsent(instance, line);
            default:
                return false;
        }
    }

    private static Task<RefundAnswer> LookUpRefund(ProviderInstance instance, CalledLine line, CalledRefund refund) => instance.Provider is ICanRefund refunder
        ? instance.AskRefund(instance.Abilities.CallLimit, token => refunder.LookUpRefund(new RefundOrder(PublicId.Refund + refund.Id, PublicId.Payment + line.Payment, refund.ProviderReference, line.Amount.Value, refund.PaymentAmount.Value, refund.Way)
        {
            CapturedAt = refund.CapturedAt.ToDateTimeOffset(),
            RequestedAt = line.At.ToDateTimeOffset(),
        }, token), background: true)
        : Task.FromResult<RefundAnswer>(new RefundAnswer.Unknown("the contract cannot refund any more"));

    /// <summary>A voided payment is as if it had not been. Only where we have booked it is there something to take back.</summary>
    private async Task<RefundAnswer> LookUpVoid(ProviderInstance instance, CalledLine line)
    {
        if (!await database.Read(reader => reader.Exists(PaymentStore.Exists, new { municipality = line.Municipality, id = line.Payment }))) return new RefundAnswer.Failed("not-booked", null);
        return await LookUp(instance, line) switch
        {
            ProviderAnswer.Captured => new RefundAnswer.Failed("not-voided", null),
            ProviderAnswer.Cancelled or ProviderAnswer.Declined => new RefundAnswer.Succeeded(line.At.ToDateTimeOffset(), null),
            _ => new RefundAnswer.Unknown("no answer"),
        };
    }

    private static Task<ProviderAnswer> LookUp(ProviderInstance instance, CalledLine line) =>
        instance.Ask(instance.Abilities.CallLimit, token => instance.Provider.LookUp(Case(line), token), background: true);

    private static PaymentCase Case(CalledLine line) => new(PublicId.Payment + line.Payment, line.Refund?.PaymentAmount.Value ?? line.Amount.Value, line.Method, line.Presentation)
    {
        ProviderReference = line.Refund?.ProviderReference,
        Terminal = line.Terminal,
        RequestedAt = line.At.ToDateTimeOffset(),
    };

    private static Cause By(ProviderInstance instance) => new($"provider:{instance.Name}", Sources.Job);
}
