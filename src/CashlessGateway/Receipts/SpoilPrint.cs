using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receipts;

/// <summary>POST /v1/receipt-prints/{id}/spoil: 書損. GET /v1/places/{code}/days/{date}/spoilt-receipts: those of a day, for its sheet.</summary>
public sealed class SpoilPrint(ReceiptDesk desk, AuditTrail trail)
{
    public Operation Route => new("POST", "/v1/receipt-prints/{id}/spoil", "payments", "Declare a printed receipt spoilt; its number stays", Scopes.PaymentsWrite, typeof(SpoilRequest), typeof(PrintView), 200, [Errors.NotFound, Errors.Invalid], Run);

    public Operation OfDay => new("GET", "/v1/places/{code}/days/{date}/spoilt-receipts", "sessions", "Receipts that were declared spoilt at a place on a day, all on one page", Scopes.PaymentsRead, null, typeof(PageOf<PrintView>), 200,
        [Errors.NotFound, Errors.PlaceNotAllowed], RunOfDay);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.ReceiptPrint).IsOk(out var id, out var problem)) return problem;
        if (await desk.FindPrint(call.Municipality, id) is not { } print || !call.Caller.MayUse(print.Place)) return PrintProblems.NotFound();
        if (!call.Read(SpoilRequest.Read).IsOk(out var request, out problem)) return problem;
        // The same call again finds it done, and says so.
        if (print.SpoiltAt is not null) return Reply.Ok(PrintView.Of(print));
        var said = trail.Prepare(call.Said(AuditActions.ReceiptSpoilt, PublicId.ReceiptPrint + id, print.Place) with { Facts = Pairs.Of(("receipt", print.Subject), ("why", Names.Of(request.Why))) });
        return (await desk.Spoil(print, request.Why, call.Caller.Principal, said)).IsOk(out var after, out problem) ? Reply.Ok(PrintView.Of(after)) : problem;
    }

    private async Task<Reply> RunOfDay(ApiCall call)
    {
        var code = call.Route("code");
        if (!BusinessDate.TryParse(call.Route("date"), out var date)) return Problem.Missing(new Words("この日付はありません。", "There is no such date."));
        if (!call.Caller.MayUse(code)) return new Problem(Errors.PlaceNotAllowed);
        var spoilt = await desk.Spoilt(call.Municipality, code, date, call.Aborted);
        return Reply.Ok(new PageOf<PrintView>(spoilt.ConvertAll(static print => PrintView.Of(print)), null));
    }
}

public sealed record SpoilRequest(SpoiltWhy Why)
{
    public static SpoilRequest Read(BodyObject body) => new(body.Choice<SpoiltWhy>("why", required: true) ?? SpoiltWhy.Other);
}
