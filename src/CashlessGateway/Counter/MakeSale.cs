using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Counter;

/// <summary>POST /v1/sales: a receivable and its payment in one call and one commit, so that a till that dies in between leaves neither.</summary>
public sealed class MakeSale(Database database, Clock clock, Ids ids, CashPayment cash, ProviderAttempt attempts, AskProvider asking, FailPoints failPoints)
{
    public Operation Route => new("POST", "/v1/sales", "sales", "A receivable and its payment in one call", Scopes.PaymentsWrite, typeof(SaleRequest), typeof(SaleView), 201,
        [.. TakePayment.Refusals, Errors.MixedOwners, Errors.AliasInUse, Errors.ScopeMissing], Run, Keyed: true)
    { Resume = Resume };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Caller.Scopes.Contains(Scopes.ReceivablesWrite)) return new Problem(Errors.ScopeMissing, new Words($"このキーには {Scopes.ReceivablesWrite} がありません。", $"This key lacks {Scopes.ReceivablesWrite}."));
        var id = ids.Next();
        if (!call.Read(body => SaleRequest.Read(body, id)).IsOk(out var request, out var problem)) return problem;
        if (!call.Caller.MayUse(request.Receivable.Place) || (request.Payment is { } payment && !call.Caller.MayUse(payment.Place))) return new Problem(Errors.PlaceNotAllowed);
        var (made, now) = (CaptureIds.Next(ids), clock.Now());
        for (var attempt = 1; ; attempt++)
        {
            AttemptPlan? begun = null;
            var written = await database.WriteKeyed(unit => InUnit(unit, call, request, id, made, now, plan => begun = plan), ReadBack.ByRow(ReceivableStore.Exists, new { municipality = call.Municipality, id }));
            if (written is Written<Reply?>.Done { Value: { } reply }) return begun is not null && reply is Reply.Bytes ? await Call(call, begun) : reply;
            if (written is Written<Reply?>.Taken { Index: PaymentStore.TerminalIndex })
                return PaymentProblems.TerminalBusy(await database.Read(reader => PaymentStore.On(reader, call.Municipality, request.Payment!.Terminal!))).Under("/payment");
            if (written is Written<Reply?>.Taken { Index: ReceivableWriter.AliasIndex }) return await AliasProblem.InUse(database, call.Municipality, request.Receivable);
            if (attempt >= SheetRaces.MostTries) throw new InvalidOperationException($"The sale could not be listed: {written}.");
        }
    }

    private async Task<Reply> Call(ApiCall call, AttemptPlan begun)
    {
        await attempts.Call(begun);
        return await Keep(call, begun.Payment.Id);
    }

    /// <summary>An intent was found without an answer: the provider is asked, and what is then known is the answer.</summary>
    private async Task<Reply> Resume(ApiCall call, string about)
    {
        var id = PublicId.Strip(PublicId.Payment, about) ?? throw new InvalidOperationException($"A sale's key names {about}.");
        await asking.AskSoon(call.Municipality, id);
        return await Keep(call, id);
    }

    private async Task<Reply> Keep(ApiCall call, string id)
    {
        Payment? payment = null;
        var reply = await database.WriteSurely(async unit =>
        {
            payment = await PaymentStore.Find(unit, call.Municipality, id) ?? throw new InvalidOperationException($"Payment {id} was written and is not there.");
            var view = new SaleView((await ReceivableStore.View(unit, call.Municipality, payment.Receivable, clock.Now()))!, PaymentView.Of(payment));
            return await call.Key.Keep(unit, PublicId.Payment + id, 201, $"/v1/receivables/{PublicId.Receivable}{payment.Receivable}", view);
        }, ReadBack.SafeToRepeat);
        failPoints.Reach(FailPoints.AfterAnswerKept);
        return reply is Reply.Bytes bytes && payment is not null ? bytes with { RetryAfter = attempts.Pace(payment) } : reply;
    }

    private async Task<Reply?> InUnit(Unit unit, ApiCall call, SaleRequest request, string id, CaptureIds made, Instant now, Action<AttemptPlan> begun)
    {
        if (!(await ReceivableDraft.Make(unit, call.Municipality, call.Caller.Client, request.Receivable, id, now)).IsOk(out var draft, out var problem)) return unit.Abandon<Reply?>(problem.Under("/receivable"));
        await ReceivableWriter.Insert(unit, draft);
        if (draft.Receivable.Amount > Yen.Zero && request.Payment is { Method: not PaymentMethod.Cash } wanted) return await Begin(unit, call, wanted, draft, made, now, begun);
        var paid = draft.Receivable.Amount == Yen.Zero ? await List(unit, draft, request, made, now) : await Pay(unit, call.Caller, request, made, now);
        if (!paid.IsOk(out var payment, out problem)) return unit.Abandon<Reply?>(problem);
        if (payment is { Again: true }) return unit.Abandon<Reply?>(null);
        var view = new SaleView((await ReceivableStore.View(unit, call.Municipality, id, now))!, payment.Payment is { } taken ? PaymentView.Of(taken) : null);
        return await call.Key.Keep(unit, PublicId.Receivable + id, 201, $"/v1/receivables/{PublicId.Receivable}{id}", view);
    }

    /// <summary>Through a provider: the sale and the intent to pay it are one commit, the call comes after.</summary>
    private async Task<Reply?> Begin(Unit unit, ApiCall call, PaymentRequest wanted, ReceivableDraft draft, CaptureIds made, Instant now, Action<AttemptPlan> begun)
    {
        if (await ReceivableStore.FindWithItsLines(unit, call.Municipality, draft.Receivable.Id) is not var (receivable, lines)) throw new InvalidOperationException("A receivable was inserted and is not there.");
        if (!(await attempts.Plan(unit, call.Caller, wanted, receivable, lines, made.Payment, now)).IsOk(out var plan, out var problem)) return unit.Abandon<Reply?>(problem.Under(IsAboutLines(problem) ? "/receivable" : "/payment"));
        if (!await ProviderAttempt.Begin(unit, plan, made.PaymentEvent, new Cause(call.Caller.Principal, Sources.Api)))
            return unit.Abandon<Reply?>(PaymentProblems.AlternativeHeld(await PaymentStore.HolderOfAlternative(unit, call.Municipality, receivable.Id, receivable.ExclusiveHash!)));
        await call.Key.Begin(unit, PublicId.Payment + made.Payment);
        begun(plan);
        return Reply.Ok(made.Payment);
    }

    private readonly record struct Paid(Payment? Payment, bool Again);

    /// <summary>Free or waived: counted and numbered, and nothing is asked of any payer.</summary>
    /// <summary>A contract that does not take a line: the line stands in the other half of the body.</summary>
    private static bool IsAboutLines(Problem problem) => problem.Violations?.Any(static violation => violation.Pointer.StartsWith("/lines/", StringComparison.Ordinal)) == true;

    private static async Task<Result<Paid>> List(Unit unit, ReceivableDraft draft, SaleRequest request, CaptureIds made, Instant now)
    {
        if (await Appointments.Check(unit, draft.Receivable.Municipality, request.Payment?.Place ?? draft.Receivable.Place, request.Payment?.Operator, BusinessDate.Of(now), "/payment/operator") is { } unregistered) return unregistered;
        var listed = await ReceivableWriter.ListFree(unit, draft, request.Payment?.Terminal, request.Payment?.Operator, made.Session, now);
        return SheetRaces.Problem(listed) is { } refused ? refused : new Paid(null, listed is SheetAnswer.Moved);
    }

    private async Task<Result<Paid>> Pay(Unit unit, Caller caller, SaleRequest request, CaptureIds made, Instant now)
    {
        if (request.Payment is not { } wanted) return Problem.At(Errors.Invalid, "/payment", "missing", new Words("支払い方法が要ります。", "Say how it is paid."));
        if (!(await cash.Plan(unit, caller, wanted, made, now, again: true)).IsOk(out var plan, out var problem)) return problem.Under("/payment");
        return await CashPayment.Take(unit, caller, plan, made, now) switch
        {
            CashAnswer.Taken taken => new Paid(taken.Payment, Again: false),
            CashAnswer.Refused refused => refused.Problem.Under("/payment"),
            _ => new Paid(null, Again: true),
        };
    }
}

/// <summary>The two bodies of /v1/receivables and /v1/payments; the payment's receivable is this one, its place the same unless said.</summary>
public sealed record SaleRequest(ReceivableRequest Receivable, PaymentRequest? Payment)
{
    /// <summary>For the OpenAPI document: the id of the receivable that is made is no member.</summary>
    public static SaleRequest Read(BodyObject body) => Read(body, "");

    public static SaleRequest Read(BodyObject body, string receivable)
    {
        var owed = body.Object("receivable", required: true);
        var sale = owed is null ? null : ReceivableRequest.Read(owed);
        owed?.End();
        var paid = body.Object("payment");
        var payment = paid is null ? null : PaymentRequest.ReadInSale(paid, receivable, sale?.Place ?? "");
        paid?.End();
        return new SaleRequest(sale!, payment);
    }
}

public sealed record SaleView(ReceivableView Receivable, PaymentView? Payment);
