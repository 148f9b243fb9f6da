using CashlessGateway.Access.Roles;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Receipts;

/// <summary>GET /receipt/{code}, /receipt/{code}/pdf: the whole receipt, for whoever was given the link at the counter.</summary>
internal static class LinkedReceipt
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").WithMetadata(new OpenToAllAttribute("its address is the secret: 120 bits, given to one customer, for some days"));
        open.MapGet("/receipt/{code}", http => Answer(http, ReceiptForm.Html));
        open.MapGet("/receipt/{code}/pdf", http => Answer(http, ReceiptForm.Pdf));
    }

    private static async Task Answer(HttpContext http, ReceiptForm form)
    {
        if (OpenDoor.TooOften(http) is { } wait)
        {
            http.Response.Headers.RetryAfter = wait;
            await ErrorPage.Write(http, Errors.TooManyRequests, OpenDoor.Words);
            return;
        }

        // Neither search engines nor the next page learn the address.
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var code = http.Request.RouteValues["code"] as string;
        if (await http.RequestServices.GetRequiredService<ReceiptDesk>().OfLink(code, http.RequestAborted) is not { } answer || !answer.IsOk(out var receipt, out _))
        {
            await ErrorPage.Write(http, Errors.NotFound, new Words("この電子レシートはありません。表示できる期間を過ぎたか、アドレスが違います。必要なときは窓口で再発行を頼んでください。", "There is no such electronic receipt: its time is over, or the address is wrong. If you need it, ask at the counter."));
            return;
        }

        if (form == ReceiptForm.Pdf) http.Response.Headers.ContentDisposition = $"inline; filename=\"{receipt.Number}.pdf\"";
        await Api.Write(http, form == ReceiptForm.Pdf ? ReceiptPaper.Of(receipt, form).Reply() : Reply.Html(ReceiptHtml.Render(receipt, $"/receipt/{ReceiptCode.Parse(code)}/pdf"), ReceiptHtml.Style));
    }
}
