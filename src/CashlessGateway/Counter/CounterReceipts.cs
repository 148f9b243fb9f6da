using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Receipts;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Counter;

/// <summary>GET /counter/receipt-prints/{id}: the paper of one print, for the browser that prints it.</summary>
internal static class CounterReceipts
{
    public static string AddressOf(ReceiptPrint print) => $"/counter/receipt-prints/{PublicId.ReceiptPrint}{print.Id}";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/counter/receipt-prints/{id}", Answer).WithMetadata(new NeedsAttribute(Right.SeeMoney));

    private static async Task Answer(HttpContext http, string id, ReceiptDesk desk)
    {
        var who = SignedIn.Of(http)!;
        var print = PublicId.Strip(PublicId.ReceiptPrint, id) is { } known ? await desk.FindPrint(who.Municipality, known, http.RequestAborted) : null;
        if (print is null || !who.May(Right.SeeMoney, print.Place))
        {
            await ErrorPage.Write(http, Errors.NotFound);
            return;
        }

        await Api.Write(http, (await desk.Of(print, http.RequestAborted)).IsOk(out var receipt, out var problem) ? ReceiptPaper.Of(receipt, print.How).Reply() : problem);
    }
}
