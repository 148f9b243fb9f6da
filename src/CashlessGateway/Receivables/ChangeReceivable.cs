using System.Globalization;
using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Events;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>Conditional changes of one receivable; each says no row was hit when somebody was faster.</summary>
internal static class ReceivableChanges
{
    /// <summary>A held slot also bumps the version, so a payment that began since the read is seen here.</summary>
    public static readonly Sql Cancel = new("""
        update receivable
        set cancelled_at = @now, version = version + 1
        where municipality = @municipality and id = @id and version = @version and cancelled_at is null
          and not exists (select 1 from payment p where p.municipality = @municipality and p.slot = @id)
        """);

    public static readonly Sql DropAliases = new("""
        update receivable_alias
        set live = null
        where municipality = @municipality and receivable = @id
        """);

    public static readonly Sql Amend = new("""
        update receivable
        set amount = @amount, tax_included = @tax, due_date = @dueDate, pay_by = @payBy, expired_at = null, version = version + 1
        where municipality = @municipality and id = @id and version = @version and cancelled_at is null
          and not exists (select 1 from payment p where p.municipality = @municipality and p.slot = @id)
        """);

    public static readonly Sql HandOver = new("""
        update receivable
        set handed_over_at = @now, handed_over_by = @by, version = version + 1
        where municipality = @municipality and id = @id and version = @version and handed_over_at is null
        """);

    public static readonly Sql Expire = new("""
        update receivable
        set expired_at = @now, version = version + 1
        where municipality = @municipality and id = @id and version = @version and expired_at is null
          and not exists (select 1 from payment p where p.municipality = @municipality and p.slot = @id)
        """);

    /// <summary>Why the receivable cannot be changed in this status, if so.</summary>
    public static Problem? Refusal(ReceivableView view) => Names.Parse<ReceivableStatus>(view.Status) switch
    {
        ReceivableStatus.InProgress => new Problem(Errors.PaymentInProgress, More: Payments(view)),
        ReceivableStatus.Paid or ReceivableStatus.Overpaid => new Problem(Errors.AlreadyPaid, More: Payments(view)),
        ReceivableStatus.Cancelled or ReceivableStatus.Refunded => new Problem(Errors.ReceivableClosed),
        ReceivableStatus.Free or ReceivableStatus.Waived or ReceivableStatus.Expired or ReceivableStatus.Open => null,
    };

    public static Problem Unknown() => Problem.Missing(new Words("この請求はありません。", "There is no such receivable."));

    private static Dictionary<string, object?> Payments(ReceivableView view) => new(StringComparer.Ordinal) { ["payment"] = view.Payments.Count > 0 ? view.Payments[^1] : null };
}

/// <summary>POST /v1/receivables/{id}/cancel: no live payment may exist.</summary>
public sealed class CancelReceivable(Database database, Clock clock, Ids ids, AuditTrail trail)
{
    public Operation Route => new("POST", "/v1/receivables/{id}/cancel", "receivables", "Take back what nobody has paid", Scopes.ReceivablesWrite, typeof(CancelRequest), typeof(ReceivableView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.PaymentInProgress, Errors.AlreadyPaid, Errors.ReceivableClosed, Errors.VersionChanged], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Receivable).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(CancelRequest.Read).IsOk(out var request, out problem)) return problem;
        var (made, words, stamp, now) = (ids.Next(), new Reason(ids.Next(), Notes.NewSalt(), request.Reason), trail.Stamp(), clock.Now());
        var written = await database.WriteKeyed(unit => InUnit(unit, call, id, made, words, stamp, now), ReadBack.SafeToRepeat);
        return written is Written<Reply>.Done done ? done.Value : new Problem(Errors.VersionChanged);
    }

    private static async Task<Reply> InUnit(Unit unit, ApiCall call, string id, string made, Reason words, AuditStamp stamp, Instant now)
    {
        if (await ReceivableStore.View(unit, call.Municipality, id, now) is not { } view || !call.Caller.MayUse(view.Place)) return unit.Abandon<Reply>(ReceivableChanges.Unknown());
        if (Names.Parse<ReceivableStatus>(view.Status) != ReceivableStatus.Cancelled)
        {
            if (ReceivableChanges.Refusal(view) is { } refused) return unit.Abandon<Reply>(refused);
            if (!await unit.Hit(ReceivableChanges.Cancel, new { municipality = call.Municipality, id, version = view.Version, now })) return unit.Abandon<Reply>(new Problem(Errors.VersionChanged));
            await unit.Execute(ReceivableChanges.DropAliases, new { municipality = call.Municipality, id });
            if (words.Text is { } text) await Notes.Write(unit, call.Municipality, words.Note, words.Salt, text, now);
            await EventLog.Write(unit, call.Municipality, made, now, new Happened(EventTypes.ReceivableCancelled, id, view.Version + 1, id, null, null, call.Caller.Principal, Sources.Api) { Note = words.Text is null ? null : words.Note });
            await AuditTrail.Write(unit, stamp, call.Said(AuditActions.ReceivableCancelled, PublicId.Receivable + id, view.Place) with { Before = Pairs.Of(("status", view.Status), ("amount", view.Amount.Value.ToString(CultureInfo.InvariantCulture))) });
        }

        return await call.Key.Keep(unit, PublicId.Receivable + id, 200, null, (await ReceivableStore.View(unit, call.Municipality, id, now))!);
    }
}

/// <summary>Why, in somebody's words: kept as a note that the event names.</summary>
internal sealed record Reason(string Note, byte[] Salt, string? Text);

public sealed record CancelRequest(string? Reason)
{
    public static CancelRequest Read(BodyObject body) => new(body.Text("reason", 300));
}

/// <summary>POST /v1/receivables/{id}/amend: an unpaid receivable is changed as a whole (mechanics 21).</summary>
public sealed class AmendReceivable(Database database, Clock clock)
{
    public Operation Route => new("POST", "/v1/receivables/{id}/amend", "receivables", "Change what nobody has paid", Scopes.ReceivablesWrite, typeof(AmendRequest), typeof(ReceivableView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.MixedOwners, Errors.PaymentInProgress, Errors.AlreadyPaid, Errors.ReceivableClosed, Errors.VersionChanged], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Receivable).IsOk(out var id, out var problem)) return problem;
        var now = clock.Now();
        if (await database.Read(reader => ReceivableStore.Find(reader, call.Municipality, id)) is not { } receivable || !call.Caller.MayUse(receivable.Place)) return ReceivableChanges.Unknown();
        if (!call.Read(body => AmendRequest.Read(body, Names.Parse<ReceivableKind>(receivable.Kind))).IsOk(out var request, out problem)) return problem;
        var written = await database.WriteKeyed(unit => InUnit(unit, call, id, request, now), ReadBack.SafeToRepeat);
        return written is Written<Reply>.Done done ? done.Value : new Problem(Errors.VersionChanged);
    }

    private static async Task<Reply> InUnit(Unit unit, ApiCall call, string id, AmendRequest request, Instant now)
    {
        var view = (await ReceivableStore.View(unit, call.Municipality, id, now))!;
        if (ReceivableChanges.Refusal(view) is { } refused) return unit.Abandon<Reply>(refused);
        if (view.Amount == Yen.Zero) return unit.Abandon<Reply>(new Problem(Errors.ReceivableClosed, new Words("0円の請求は受領済みの扱いです。取り消して新しく登録してください。", "A receivable of 0 yen is settled: cancel it and make a new one.")));
        if (view.Version != request.ExpectedVersion)
            return unit.Abandon<Reply>(new Problem(Errors.VersionChanged, new Words($"今の版は {view.Version} です。", $"Its version is {view.Version} now."), More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["version"] = view.Version }));
        var receivable = (await ReceivableStore.Find(unit, call.Municipality, id))!;
        var place = await PlaceStore.Find(unit, call.Municipality, receivable.Place) ?? throw new InvalidOperationException($"Receivable {id} has no place.");
        var wanted = request.As(receivable);
        if (!(await PricedLines.Make(unit, call.Municipality, id, wanted, place, BusinessDate.Of(now))).IsOk(out var priced, out var problem)) return unit.Abandon<Reply>(problem);
        if (priced.Owner != receivable.MoneyOwner) return unit.Abandon<Reply>(new Problem(Errors.MixedOwners));
        if (priced.Total == Yen.Zero) return unit.Abandon<Reply>(Problem.At(Errors.Invalid, "/lines", "zero", new Words("0円にするなら、取り消して新しく登録してください。", "To charge nothing, cancel it and make a new one.")));
        var values = new
        {
            municipality = call.Municipality,
            id,
            version = view.Version,
            amount = priced.Total,
            tax = TaxIncluded.In(priced.Lines.Select(line => (line.Amount, line.Tax))),
            dueDate = request.DueDate ?? receivable.DueDate,
            payBy = request.PayBy ?? receivable.PayBy,
        };
        if (request.PayBy is { } end && end <= now) return unit.Abandon<Reply>(Problem.At(Errors.Invalid, "/payBy", "in-the-past", new Words("支払いの期限が過ぎています。", "The time to pay is already over.")));
        if (!await unit.Hit(ReceivableChanges.Amend, values)) return unit.Abandon<Reply>(new Problem(Errors.VersionChanged));
        await ReceivableWriter.ReplaceLines(unit, receivable, priced.Lines, priced.Reductions);
        return await call.Key.Keep(unit, PublicId.Receivable + id, 200, null, (await ReceivableStore.View(unit, call.Municipality, id, now))!);
    }
}

public sealed record AmendRequest(long ExpectedVersion, IReadOnlyList<LineRequest> Lines, IReadOnlyList<ReductionRequest> Reductions, BusinessDate? DueDate, Instant? PayBy)
{
    /// <summary>For the OpenAPI document: the members are the same for every kind.</summary>
    public static AmendRequest Read(BodyObject body) => Read(body, ReceivableKind.CounterSale);

    public static AmendRequest Read(BodyObject body, ReceivableKind kind)
    {
        var request = new AmendRequest(body.Integer("expectedVersion", 1, long.MaxValue, required: true) ?? 0, LineRequest.ReadAll(body, kind), ReductionRequest.ReadAll(body), body.Date("dueDate"), body.Time("payBy"));
        if (request.Reductions.Any(reduction => reduction.Line >= request.Lines.Count))
            body.Refuse("reductions", "out-of-range", new Words("減免の明細がありません。", "A reduction names a line that is not there."));
        return request;
    }

    public ReceivableRequest As(Receivable receivable) => new()
    {
        Kind = Names.Parse<ReceivableKind>(receivable.Kind),
        Place = receivable.Place,
        Lines = Lines,
        Reductions = Reductions,
        Aliases = [],
    };
}

/// <summary>POST /v1/receivables/{id}/handover: paid is not handed over (お渡し窓口); both are recorded.</summary>
public sealed class HandOver(Database database, Clock clock)
{
    public Operation Route => new("POST", "/v1/receivables/{id}/handover", "receivables", "The certificate was handed over", Scopes.ReceivablesWrite, typeof(HandOverRequest), typeof(ReceivableView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.OperatorNotRegistered, Errors.NotHandOver, Errors.VersionChanged], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.Receivable).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(HandOverRequest.Read).IsOk(out var request, out problem)) return problem;
        var now = clock.Now();
        var written = await database.WriteKeyed(unit => InUnit(unit, call, id, request, now), ReadBack.SafeToRepeat);
        return written is Written<Reply>.Done done ? done.Value : new Problem(Errors.VersionChanged);
    }

    private static async Task<Reply> InUnit(Unit unit, ApiCall call, string id, HandOverRequest request, Instant now)
    {
        if (await ReceivableStore.View(unit, call.Municipality, id, now) is not { } view || !call.Caller.MayUse(view.Place)) return unit.Abandon<Reply>(ReceivableChanges.Unknown());
        if (Names.Parse<ReceivableStatus>(view.Status) is not (ReceivableStatus.Paid or ReceivableStatus.Overpaid or ReceivableStatus.Free or ReceivableStatus.Waived))
            return unit.Abandon<Reply>(new Problem(Errors.NotHandOver, new Words("まだ支払われていません。", "It is not paid.")));
        if (view.HandedOverAt is not null) return unit.Abandon<Reply>(new Problem(Errors.NotHandOver, new Words($"すでにお渡し済みです（{view.HandedOverAt}）。", $"It was handed over at {view.HandedOverAt}.")));
        // A program must say who did it; of a page it is known.
        if (request.Operator is null && call.Caller.Person is null) return unit.Abandon<Reply>(Problem.At(Errors.Invalid, "/operator", "missing", new Words("渡した担当者を書いてください。", "Say who handed it over.")));
        if (await Appointments.Check(unit, call.Municipality, view.Place, request.Operator, BusinessDate.Of(now)) is { } unregistered) return unit.Abandon<Reply>(unregistered);
        if (!await unit.Hit(ReceivableChanges.HandOver, new { municipality = call.Municipality, id, version = view.Version, now, by = request.Operator ?? call.Caller.Principal })) return unit.Abandon<Reply>(new Problem(Errors.VersionChanged));
        return await call.Key.Keep(unit, PublicId.Receivable + id, 200, null, (await ReceivableStore.View(unit, call.Municipality, id, now))!);
    }
}

public sealed record HandOverRequest(string? Operator)
{
    public static HandOverRequest Read(BodyObject body) => new(body.Text("operator", 40));
}
