using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Providers;
using CashlessGateway.Receivables;
using CashlessGateway.Recovery;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>An attempt that may be made, as far as could be seen before its unit.</summary>
public sealed record AttemptPlan(Payment Payment, Receivable Receivable, IReadOnlyList<ReceivableLine> Lines, ProviderInstance Instance, PaymentOrder Order);

/// <summary>
/// One attempt through a provider: the intent is committed before the call, and from then on the work no longer depends on the
/// caller's connection (money rule 5, mechanics 13).
/// </summary>
public sealed class ProviderAttempt(Database database, Clock clock, Settings settings, KnownPlaces places, KnownRouting routing, ProviderInstances instances, ApplyOutcome outcomes, FailPoints failPoints, CallsUnderWay underWay, CallLog calls, AskProvider asking)
{
    /// <summary>A POST answers within 10 s; two of them are left for the database and the way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>
    /// A process that was held up between the commit and the call (a suspended machine) must not send an order that others already
    /// count as never sent.
    /// </summary>
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(10);

    public async Task<Result<AttemptPlan>> Plan(Reader reader, Caller caller, PaymentRequest request, Receivable receivable, IReadOnlyList<ReceivableLine> lines, string id, Instant now)
    {
        var (municipality, today) = (caller.Municipality, BusinessDate.Of(now));
        if (await places.Find(reader, municipality, request.Place) is not { } known) return PaymentProblems.UnknownPlace(request.Place);
        if (!known.Place.IsInUseOn(today)) return PaymentProblems.NotInUse(known.Place, today);
        if (request.Terminal is { } terminal && await places.Terminal(reader, municipality, terminal) is null) return PaymentProblems.UnknownTerminal(terminal);
        if (await places.Operator(reader, municipality, request.Place, request.Operator, today) is { } unregistered) return unregistered;
        if ((PaymentProblems.Of(receivable, now) ?? PaymentProblems.OfMethod(request, known.Methods, lines)) is { } problem) return problem;
        if (!CodeOfCustomer.Read(request, settings.CustomerCodes, today).IsOk(out request, out problem)) return problem;
        if (!(await TerminalDevices.At(reader, municipality, request)).IsOk(out var devices, out problem)) return problem;
        var question = new RouteQuestion(request.Place, request.Method, request.Presentation, request.Brand, receivable.Amount, receivable.MoneyOwner, lines)
        {
            Terminal = request.Presentation == Presentation.Terminal ? request.Terminal : null,
            Devices = devices,
        };
        var world = new RouteWorld(known.Methods, instances, await routing.Of(reader, municipality), settings.Brands, settings.CheapestRoute, now);
        if (!RouteChoice.Choose(question, world).IsOk(out var instance, out problem)) return problem;
        var device = devices.GetValueOrDefault(instance.Name);
        failPoints.Reach(FailPoints.BeforeIntent);
        return new AttemptPlan(New(caller, request, receivable, instance, device, id, now), receivable, lines, instance, Order(request, receivable, known.Place, device, id, now));
    }

    /// <summary>Writes the intent. False when another slip of the same debt holds it.</summary>
    public static async Task<bool> Begin(Unit unit, AttemptPlan plan, string eventId, Cause cause)
    {
        await ReceivableStore.Touch(unit, plan.Receivable);
        if (!await ReceivableStore.HoldAlternatives(unit, plan.Receivable)) return false;
        await PaymentStore.InsertAttempt(unit, plan.Payment);
        var payment = plan.Payment;
        await EventLog.Write(unit, payment.Municipality, eventId, payment.CreatedAt, new Happened(EventTypes.PaymentCreated, payment.Id, 1, payment.Receivable, payment.Id, null, cause.Actor, cause.Source));
        return true;
    }

    /// <summary>Calls the provider and writes down the answer; waits for it no longer than a caller may wait.</summary>
    public async Task Call(AttemptPlan plan)
    {
        failPoints.Reach(FailPoints.AfterIntent);
        var work = underWay.Run(() => CallAndWrite(plan));
        try
        {
            await work.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            // The call goes on to the provider's own limit; the caller reads the payment again.
        }
    }

    private async Task CallAndWrite(AttemptPlan plan)
    {
        var abilities = plan.Instance.Abilities;
        var noted = await Note(plan);
        var answer = !noted || clock.Now() - plan.Payment.CreatedAt > SendWithin
            ? new ProviderAnswer.Unknown("the order was held up here and not sent")
            : await plan.Instance.Ask(abilities.StartLimit, token => plan.Instance.Provider.Start(plan.Order, token));
        failPoints.Reach(FailPoints.AfterStart);
        var after = await outcomes.Apply(plan.Payment.Municipality, plan.Payment.Id, Question.Start, answer, abilities, new Cause($"provider:{plan.Instance.Name}", Sources.Provider));
        failPoints.Reach(FailPoints.AfterStartWritten);
        if (after is { IsFinal: false, NextAskAt: { } due } && due <= clock.Now()) _ = underWay.Run(() => asking.Ask(after.Municipality, after.Id));
    }

    /// <summary>An order that a restored database could not find again is not sent.</summary>
    private async Task<bool> Note(AttemptPlan plan)
    {
        try
        {
            await calls.Append(CalledLine.Of(plan, clock.Now()));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Why stands on /health/ready.
            return false;
        }
    }

    /// <summary>Keeps what is known now as the answer of this key, for ever.</summary>
    public async Task<Reply> Keep(IdempotencyKey key, string municipality, string id)
    {
        Payment? payment = null;
        var reply = await database.WriteSurely(async unit =>
        {
            payment = await PaymentStore.Find(unit, municipality, id) ?? throw new InvalidOperationException($"Payment {id} was written and is not there.");
            return await key.Keep(unit, PublicId.Payment + id, 201, $"/v1/payments/{PublicId.Payment}{id}", PaymentView.Of(payment));
        }, ReadBack.SafeToRepeat);
        failPoints.Reach(FailPoints.AfterAnswerKept);
        return reply is Reply.Bytes bytes && payment is not null ? bytes with { RetryAfter = Pace(payment) } : reply;
    }

    /// <summary>The pace at which the payment may be read again.</summary>
    public TimeSpan? Pace(Payment payment) => payment.IsFinal ? null : instances.Find(payment.Provider)?.Abilities.Pace;

    private static Payment New(Caller caller, PaymentRequest request, Receivable receivable, ProviderInstance instance, string? device, string id, Instant now)
    {
        var end = now.Plus(SendWithin + instance.Abilities.StartLimit);
        return new Payment
        {
            Municipality = caller.Municipality,
            Id = id,
            Receivable = receivable.Id,
            Place = request.Place,
            Terminal = request.Terminal,
            Operator = request.Operator,
            Method = Names.Of(request.Method),
            Brand = request.Brand ?? (instance.Ability(Names.Of(request.Method), Names.Of(request.Presentation))?.Brands is [var only] ? only : null),
            Presentation = Names.Of(request.Presentation),
            Provider = instance.Name,
            Amount = receivable.Amount,
            Status = Names.Of(PaymentState.Created),
            Slot = receivable.Id,
            // A code on a screen is not the terminal's own work: several customers may scan at once. A reader is one customer's.
            BusyTerminal = request.Presentation == Presentation.Terminal ? request.Terminal : null,
            Device = device,
            Client = caller.Client,
            Version = 1,
            CreatedAt = now,
            NextAskAt = end,
            CallUntil = end,
        };
    }

    private static PaymentOrder Order(PaymentRequest request, Receivable receivable, Place place, string? device, string id, Instant now) =>
        new(PublicId.Payment + id, receivable.Amount.Value, Names.Of(request.Method), Names.Of(request.Presentation))
        {
            Brand = request.Brand,
            Description = receivable.Title,
            PlaceCode = place.Code,
            PlaceName = place.Name,
            Terminal = request.Terminal,
            Device = device,
            CustomerCode = request.CustomerCode,
            ReturnUrl = request.ReturnUrl is { } url ? new Uri(url) : null,
            RequestedAt = now.ToDateTimeOffset(),
        };
}

/// <summary>Provider calls that outlive their caller. A clean stop waits for them; after any other end the job asks.</summary>
public sealed class CallsUnderWay(ILogger<CallsUnderWay> log) : IHostedService
{
    /// <summary>Longer than any provider's own limit nobody waits; what is left is asked for after the next start.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Task, bool> _tasks = new();

    public Task Run(Func<Task> work)
    {
        var task = Task.Run(work);
        _tasks[task] = true;
        _ = task.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    /// <summary>Its caller may have stopped waiting: then this is the only place where a failure is seen. The payment itself is due again.</summary>
    private void Ended(Task done)
    {
        _tasks.TryRemove(done, out _);
        if (done.Exception?.InnerException is { } error) log.LogError(error, "A call to a provider, or the writing down of its answer, failed; it is asked for again.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_tasks.Keys).WaitAsync(StopPatience, cancellationToken);
        }
        catch (Exception)
        {
            // What became of each is in its own payment; a stop must not fail for it.
        }
    }
}
