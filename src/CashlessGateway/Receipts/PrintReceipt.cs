using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receipts;

/// <summary>POST …/receipt-prints: hands a receipt out. The first is the original, the others say 再発行; a terminal's own printer prints it where one is named.</summary>
public sealed class PrintReceipt(Database database, ReceiptDesk desk)
{
    private static readonly Words Crashed = new("送信の途中で止まったため、印刷されたか分かりません。紙が出ていれば書損にしてください。", "It stopped while sending, so it is not known whether paper came out. Mark what did as spoilt.");

    public Operation OfPayment => Of("/v1/payments/{id}/receipt-prints", "payments", "Hand out the receipt of a captured payment", PublicId.Payment, ReceiptSubject.Payment);

    public Operation OfReceivable => Of("/v1/receivables/{id}/receipt-prints", "receivables", "Hand out the receipt of a receivable that is paid, free or waived", PublicId.Receivable, ReceiptSubject.Receivable);

    public Operation OfRefund => Of("/v1/refunds/{id}/receipt-prints", "refunds", "Hand out the slip of a refund that succeeded", PublicId.Refund, ReceiptSubject.Refund);

    /// <summary>The paper of one print again, with its own mark: for a till that lost the answer on its way.</summary>
    public Operation Document => new("GET", "/v1/receipt-prints/{id}/document", "payments", "The paper of one print", Scopes.PaymentsRead, null, null, 200, [Errors.NotFound, Errors.NoReceipt], RunDocument)
    {
        Produces = "text/html",
        ProducesToo = [ReceiptPaper.PdfType, ReceiptPaper.EscPosType],
    };

    private Operation Of(string path, string tag, string summary, string prefix, Func<string, ReceiptSubject> subject) =>
        new("POST", path, tag, summary, Scopes.PaymentsWrite, typeof(PrintRequest), typeof(PrintView), 201, [Errors.NotFound, Errors.Invalid, Errors.NoReceipt, Errors.PrinterUnavailable],
            call => Run(call, prefix, subject), Keyed: true)
        { Resume = Resume };

    private async Task<Reply> Run(ApiCall call, string prefix, Func<string, ReceiptSubject> subject)
    {
        if (!(await ReceiptCalls.Facts(desk, call, prefix, subject)).IsOk(out var found, out var problem)) return problem;
        if (!call.Read(PrintRequest.Read).IsOk(out var request, out problem)) return problem;
        Reply? reply = null;
        var order = new PrintOrder(request.Form, call.Caller.Principal, request.Terminal);
        var begun = await desk.Begin(call.Municipality, found.Subject, order, async (unit, print) =>
        {
            if (print.Outcome == PrintState.Sending) await call.Key.Begin(unit, PublicId.ReceiptPrint + print.Id);
            else reply = await Keep(call, unit, print, null);
        });
        if (!begun.IsOk(out var issued, out problem)) return problem;
        return reply ?? await Send(call, issued);
    }

    /// <summary>What was not printed at all may be tried again under the same key; all else is an answer that stays.</summary>
    private async Task<Reply> Send(ApiCall call, IssuedReceipt begun)
    {
        Reply? reply = null;
        var ended = await desk.Send(begun, async (unit, end) =>
        {
            if (end.Print.Outcome == PrintState.Failed) await call.Key.Release(unit);
            else reply = await Keep(call, unit, end.Print, end.Why);
        });
        return reply ?? new Problem(Errors.PrinterUnavailable, ended.Why);
    }

    /// <summary>The process died between the print's row and its printer's answer.</summary>
    private async Task<Reply> Resume(ApiCall call, string about)
    {
        var id = PublicId.Strip(PublicId.ReceiptPrint, about) ?? throw new InvalidOperationException($"A print's key names {about}.");
        return await database.WriteSurely(async unit =>
        {
            var print = await ReceiptStore.Print(unit, call.Municipality, id) ?? throw new InvalidOperationException($"Print {id} is gone.");
            var unsure = await ReceiptStore.End(unit, print, PrintState.Unsure);
            return await Keep(call, unit, unsure ? print with { State = Names.Of(PrintState.Unsure) } : print, unsure ? Crashed : null);
        }, ReadBack.SafeToRepeat);
    }

    private static Task<Reply> Keep(ApiCall call, Unit unit, ReceiptPrint print, Words? why) =>
        call.Key.Keep(unit, PublicId.ReceiptPrint + print.Id, 201, PrintView.DocumentOf(print), PrintView.Of(print, why?.In(call.Language)));

    private async Task<Reply> RunDocument(ApiCall call)
    {
        if (!call.Id(PublicId.ReceiptPrint).IsOk(out var id, out var problem)) return problem;
        if (await desk.FindPrint(call.Municipality, id, call.Aborted) is not { } print || !call.Caller.MayUse(print.Place)) return PrintProblems.NotFound();
        return (await desk.Of(print, call.Aborted)).IsOk(out var receipt, out problem) ? ReceiptPaper.Of(receipt, print.How).Reply() : problem;
    }
}

public sealed record PrintRequest(ReceiptForm Form, string? Terminal)
{
    public static PrintRequest Read(BodyObject body)
    {
        var form = body.Choice<ReceiptForm>("form", required: true) ?? ReceiptForm.Html;
        if (form == ReceiptForm.Link) body.Refuse("form", "not-allowed", new Words("リンクは窓口の画面だけが渡します。", "Links are given out by the counter's screen only."));
        return new PrintRequest(form, body.Text("terminal", CodeText.Longest));
    }
}

/// <param name="Receipt">What it is the receipt of.</param>
/// <param name="Copy">0 for the original, n for 再発行 n回目.</param>
/// <param name="Mark">What stands on it; null on the original.</param>
/// <param name="Message">What went wrong at the printer.</param>
/// <param name="Document">Where its paper is read; null when a terminal's printer printed it.</param>
public sealed record PrintView(string Id, string Receipt, long Copy, string? Mark, string Form, string State, string? Message, string? Document, Instant PrintedAt, Instant? SpoiltAt, string? SpoiltWhy)
{
    public static PrintView Of(ReceiptPrint print, string? message = null) => new(
        PublicId.ReceiptPrint + print.Id, print.Subject, print.Copy, print.Mark, print.Form, print.State, message,
        print.Printer is null && print.How != ReceiptForm.Link ? DocumentOf(print) : null, print.PrintedAt, print.SpoiltAt, print.SpoiltWhy);

    public static string DocumentOf(ReceiptPrint print) => $"/v1/receipt-prints/{PublicId.ReceiptPrint}{print.Id}/document";
}

internal static class PrintProblems
{
    public static Problem NotFound() => Problem.Missing(new Words("この印刷はありません。", "There is no such print."));
}
