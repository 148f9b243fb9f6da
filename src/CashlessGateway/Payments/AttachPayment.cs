using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Payments;

/// <summary>
/// POST /v1/receivables/{id}/attach: the terminal took the money and we did not book it. Charging again would take it twice, so the
/// terminal's own approval is booked; if the receivable is paid already, it is a surplus to be given back.
/// </summary>
public sealed class AttachPayment(Database database, Clock clock, Ids ids)
{
    public Operation Route => new("POST", "/v1/receivables/{id}/attach", "receivables", "Book a payment that a terminal finished and we did not", Scopes.PaymentsWrite, typeof(AttachRequest), typeof(PaymentView), 201,
        [Errors.NotFound, Errors.Invalid, Errors.PlaceNotAllowed, Errors.OperatorNotRegistered, Errors.AlreadyCaptured, Errors.NothingToPay, Errors.SessionUnclear, Errors.DayNotOpen], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Receivable).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(AttachRequest.Read).IsOk(out var request, out problem)) return problem;
        var (made, now) = (CaptureIds.Next(ids), clock.Now());
        for (var attempt = 1; ; attempt++)
        {
            var surplus = attempt > 1 && await database.Read(reader => PaymentStore.Holder(reader, call.Municipality, id)) is not null;
            var written = await database.WriteKeyed(unit => InUnit(unit, call, id, request, made, surplus, now), ReadBack.ByRow(PaymentStore.Exists, new { municipality = call.Municipality, id = made.Payment }));
            if (written is Written<Reply?>.Done { Value: { } reply }) return reply;
            if (written is Written<Reply?>.Taken { Index: PaymentStore.ReferenceIndex }) return await Already(call.Municipality, request);
            if (attempt >= SheetRaces.MostTries) throw new InvalidOperationException($"The terminal's payment could not be booked: {written}.");
        }
    }

    private static async Task<Reply?> InUnit(Unit unit, ApiCall call, string id, AttachRequest request, CaptureIds made, bool surplus, Instant now)
    {
        if (await ReceivableStore.FindWithItsLines(unit, call.Municipality, id) is not var (receivable, lines))
            return unit.Abandon<Reply?>(Problem.Missing(new Words("この請求はありません。", "There is no such receivable.")));
        if (receivable.Amount == Yen.Zero) return unit.Abandon<Reply?>(new Problem(Errors.NothingToPay));
        if (await PlaceStore.Terminal(unit, call.Municipality, request.Terminal) is not { } terminal) return unit.Abandon<Reply?>(PaymentProblems.UnknownTerminal(request.Terminal));
        if (!call.Caller.MayUse(terminal.Place)) return unit.Abandon<Reply?>(new Problem(Errors.PlaceNotAllowed));
        var place = await PlaceStore.Find(unit, call.Municipality, terminal.Place) ?? throw new InvalidOperationException($"Terminal {terminal.Code} has no place.");
        var receiptDate = request.TakenOn ?? BusinessDate.Of(now);
        if (PaymentProblems.OfTakenOn(receiptDate, BusinessDate.Of(receivable.CreatedAt), BusinessDate.Of(now)) is { } wrongDay) return unit.Abandon<Reply?>(wrongDay);
        if (await Appointments.Check(unit, call.Municipality, terminal.Place, request.Operator, receiptDate) is { } unregistered) return unit.Abandon<Reply?>(unregistered);

        var payment = New(call.Caller, request, receivable, terminal, receiptDate, made, now);
        var cause = new Cause(call.Caller.Principal, Sources.Person);
        var owed = !surplus && receivable.CancelledAt is null && receivable.ExpiredAt is null && receivable.RefundedAt is null;
        var answer = owed ? await Capture.Accept(unit, payment, place, receivable, lines, made, cause, receiptDate, now) : await Capture.AcceptSurplus(unit, payment, place, receivable, lines, made, cause, receiptDate, now);
        if (answer is CaptureAnswer.HeldByAlternative) answer = await Capture.AcceptSurplus(unit, payment, place, receivable, lines, made, cause, receiptDate, now);
        return answer switch
        {
            CaptureAnswer.Booked booked => await call.Key.Keep(unit, PublicId.Payment + booked.Payment.Id, 201, $"/v1/payments/{PublicId.Payment}{booked.Payment.Id}", PaymentView.Of(booked.Payment)),
            CaptureAnswer.NotListed { Why: var why } when SheetRaces.Problem(why) is { } refused => unit.Abandon<Reply?>(refused),
            _ => unit.Abandon<Reply?>(null),
        };
    }

    private static Payment New(Caller caller, AttachRequest request, Receivable receivable, Terminal terminal, BusinessDate receiptDate, CaptureIds made, Instant now) => new()
    {
        Municipality = caller.Municipality,
        Id = made.Payment,
        Receivable = receivable.Id,
        Place = terminal.Place,
        Terminal = terminal.Code,
        Operator = request.Operator,
        Method = Names.Of(request.Method),
        Brand = request.Brand,
        Presentation = Names.Of(Presentation.Terminal),
        // A terminal that settles by itself: its contract is a provider instance that only reads settlements.
        Provider = "terminal-" + terminal.Code,
        Amount = receivable.Amount,
        Status = Names.Of(PaymentState.Created),
        ProviderReference = request.Reference(receiptDate),
        ReferenceHash = request.ReferenceHash(receiptDate),
        ApprovalNumber = request.ApprovalNumber,
        Client = caller.Client,
        Version = 1,
        CreatedAt = now,
    };

    private async Task<Reply> Already(string municipality, AttachRequest request)
    {
        var booked = await database.Read(reader => PaymentStore.WithReference(reader, municipality, request.ReferenceHash(request.TakenOn ?? clock.Today())));
        return new Problem(Errors.AlreadyCaptured, new Words("この承認番号はすでに計上されています。", "This approval is already booked."),
            More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["payment"] = booked is null ? null : PublicId.Payment + booked.Id });
    }
}

public sealed record AttachRequest(string Terminal, string ApprovalNumber, string? Operator, PaymentMethod Method, string? Brand, BusinessDate? TakenOn)
{
    public static AttachRequest Read(BodyObject body)
    {
        var request = new AttachRequest(body.Text("terminal", 40, required: true) ?? "", body.Text("approvalNumber", 40, required: true) ?? "", body.Text("operator", 40),
            body.Choice<PaymentMethod>("method") ?? PaymentMethod.Card, body.Text("brand", 40), body.Date("takenOn"));
        if (request.Method is PaymentMethod.Cash or PaymentMethod.Collector) body.Refuse("method", "not-allowed", new Words("端末の決済は qr、emoney、card です。", "A terminal takes qr, emoney or card."));
        return request;
    }

    /// <summary>A terminal's approval numbers are its own within a day.</summary>
    public string Reference(BusinessDate day) => $"{Terminal}:{day}:{ApprovalNumber}";

    public byte[] ReferenceHash(BusinessDate day) => SHA256.HashData(Encoding.UTF8.GetBytes("terminal\n" + Reference(day)));
}
