using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Web;
using Microsoft.Net.Http.Headers;

namespace CashlessGateway.Receipts;

/// <summary>GET …/payments/{id}/receipt, …/receivables/{id}/receipt (free sales too), …/refunds/{id}/receipt: the receipt to look at, marked 控え. Without money received there is none.</summary>
public sealed class ReadReceipt(ReceiptDesk desk)
{
    private static readonly IReadOnlyList<string> Forms = [ReceiptPaper.PdfType, ReceiptPaper.EscPosType];

    public Operation OfPayment => new("GET", "/v1/payments/{id}/receipt", "payments", "The receipt of a captured payment, to look at", Scopes.PaymentsRead, null, null, 200, [Errors.NotFound, Errors.NoReceipt],
        call => Run(call, PublicId.Payment, ReceiptSubject.Payment))
    { Produces = "text/html", ProducesToo = Forms };

    public Operation OfReceivable => new("GET", "/v1/receivables/{id}/receipt", "receivables", "The receipt of a receivable that is paid, free or waived, to look at", Scopes.ReceivablesRead, null, null, 200, [Errors.NotFound, Errors.NoReceipt],
        call => Run(call, PublicId.Receivable, ReceiptSubject.Receivable))
    { Produces = "text/html", ProducesToo = Forms };

    public Operation OfRefund => new("GET", "/v1/refunds/{id}/receipt", "refunds", "The slip of a refund that succeeded, to look at", Scopes.PaymentsRead, null, null, 200, [Errors.NotFound, Errors.NoReceipt],
        call => Run(call, PublicId.Refund, ReceiptSubject.Refund))
    { Produces = "text/html", ProducesToo = Forms };

    private async Task<Reply> Run(ApiCall call, string prefix, Func<string, ReceiptSubject> subject)
    {
        if (!(await ReceiptCalls.Facts(desk, call, prefix, subject)).IsOk(out var found, out var problem)) return problem;
        return (await desk.Of(call.Municipality, found.Subject, call.Aborted)).IsOk(out var receipt, out problem)
            ? ReceiptPaper.Of(receipt, FormOf(call.Http.Request)).Reply()
            : problem;
    }

    /// <summary>What is asked for first among what there is; a page for whoever asks for anything.</summary>
    public static ReceiptForm FormOf(HttpRequest request)
    {
        foreach (var wanted in request.GetTypedHeaders().Accept.Where(static type => type.Quality is not 0).OrderByDescending(static type => type.Quality ?? 1))
            if (Form(wanted) is { } form) return form;
        return ReceiptForm.Html;
    }

    private static ReceiptForm? Form(MediaTypeHeaderValue wanted) => wanted.MediaType.Value switch
    {
        "text/html" or "text/*" or "*/*" => ReceiptForm.Html,
        ReceiptPaper.PdfType => ReceiptForm.Pdf,
        ReceiptPaper.EscPosType => ReceiptForm.Escpos,
        _ => null,
    };
}

/// <summary>What calls about receipts have in common.</summary>
internal static class ReceiptCalls
{
    /// <summary>Whoever may use the place where it was paid, or the one where it was charged, may have it.</summary>
    public static async Task<Result<ReceiptFacts>> Facts(ReceiptDesk desk, ApiCall call, string prefix, Func<string, ReceiptSubject> subject)
    {
        if (!call.Id(prefix).IsOk(out var id, out var problem)) return problem;
        if (!(await desk.Facts(call.Municipality, subject(id), call.Aborted)).IsOk(out var found, out problem)) return problem;
        return call.Caller.MayUse(found.Place.Code) || call.Caller.MayUse(found.Receivable.Place)
            ? found
            : Problem.Missing(new Words("この番号のものはありません。", "There is nothing with this id."));
    }
}
