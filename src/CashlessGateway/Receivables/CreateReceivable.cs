using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>POST /v1/receivables: what is owed.</summary>
public sealed class CreateReceivable(Database database, Clock clock, Ids ids)
{
    public Operation Route => new("POST", "/v1/receivables", "receivables", "What one payer owes at once", Scopes.ReceivablesWrite,
        typeof(ReceivableRequest), typeof(ReceivableView), 201,
        [Errors.Invalid, Errors.UnknownPlace, Errors.PlaceNotAllowed, Errors.PlaceNotOpenYet, Errors.MixedOwners, Errors.AliasInUse, Errors.DayNotOpen, Errors.SessionUnclear], Run, Keyed: true);

    private async Task<Reply> Run(ApiCall call) =>
        call.Read(ReceivableRequest.Read).IsOk(out var request, out var problem) ? await Create(call.Caller, call.Key, request) : problem;

    private async Task<Reply> Create(Caller caller, IdempotencyKey key, ReceivableRequest request)
    {
        if (!caller.MayUse(request.Place)) return new Problem(Errors.PlaceNotAllowed);
        var (id, session, now) = (ids.Next(), ids.Next(), clock.Now());
        for (var attempt = 1; ; attempt++)
        {
            var written = await database.WriteKeyed(unit => InUnit(unit, caller, key, request, id, session, now),
                ReadBack.ByRow(ReceivableStore.Exists, new { municipality = caller.Municipality, id }));
            switch (written)
            {
                case Written<Reply?>.Done { Value: { } reply }: return reply;
                case Written<Reply?>.Taken { Index: ReceivableWriter.AliasIndex }: return await AliasProblem.InUse(database, caller.Municipality, request);
            }

            if (attempt >= SheetRaces.MostTries) throw new InvalidOperationException($"The receivable could not be listed: {written}.");
        }
    }

    /// <summary>For those inside who make sure themselves that it is made once (a file's lines).</summary>
    public Task Load(string municipality, string client, ReceivableRequest request, CancellationToken cancellation)
    {
        var (id, now) = (ids.Next(), clock.Now());
        return database.WriteSurely(async unit =>
        {
            if (!(await ReceivableDraft.Make(unit, municipality, client, request, id, now)).IsOk(out var draft, out var problem))
                throw new StartupException($"Receivable {request.Reference}: {(problem.Violations is [var first, ..] ? first.Detail.En : problem.Error.Title.En)}");
            await ReceivableWriter.Insert(unit, draft);
            return true;
        }, ReadBack.ByRow(ReceivableStore.Exists, new { municipality, id }), cancellation);
    }

    /// <summary>Null: someone opened or closed the sheet at the same moment, run it again.</summary>
    private static async Task<Reply?> InUnit(Unit unit, Caller caller, IdempotencyKey key, ReceivableRequest request, string id, string session, Instant now)
    {
        if (!(await ReceivableDraft.Make(unit, caller.Municipality, caller.Client, request, id, now)).IsOk(out var draft, out var problem)) return unit.Abandon<Reply?>(problem);
        await ReceivableWriter.Insert(unit, draft);
        if (draft.Receivable.Amount == Yen.Zero)
        {
            var listed = await ReceivableWriter.ListFree(unit, draft, terminal: null, op: null, session, now);
            if (listed is SheetAnswer.Moved) return unit.Abandon<Reply?>(null);
            if (SheetRaces.Problem(listed) is { } refused) return unit.Abandon<Reply?>(refused);
        }

        var view = await ReceivableStore.View(unit, caller.Municipality, id, now);
        return await key.Keep(unit, PublicId.Receivable + id, 201, $"/v1/receivables/{PublicId.Receivable}{id}", view);
    }
}
