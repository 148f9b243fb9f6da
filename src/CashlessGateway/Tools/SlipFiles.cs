using System.Text;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Tools;

/// <summary>GET /tools/slip.svg, /tools/slip.pdf, /tools/slip-barcode.png: the sample slip as files, with the query of the form.</summary>
internal static class SlipFiles
{
    private const string Svg = "image/svg+xml";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").WithMetadata(new OpenToAllAttribute("draws only numbers that belong to nobody"));
        open.MapGet("/tools/slip.svg", http => Answer(http, Svg, "sample-slip.svg", static order => Encoding.UTF8.GetBytes(order.Slip.Svg(order.Print))));
        open.MapGet("/tools/slip.pdf", http => Answer(http, "application/pdf", "sample-slip.pdf", static order => order.Slip.Pdf(order.Print)));
        open.MapGet("/tools/slip-barcode.png", http => Answer(http, "image/png", "sample-slip-barcode.png", static order => order.BarsPng));
    }

    private static Task Answer(HttpContext http, string mediaType, string name, Func<SlipOrder, byte[]?> draw)
    {
        var today = http.RequestServices.GetRequiredService<Clock>().Today();
        if (!SlipForm.From(http.Request.Query).Check(today).IsOk(out var order, out var problem)) return Api.Write(http, problem);
        if (draw(order) is not { } bytes) return Api.Write(http, Problem.Missing(new Words("30万円を超える納付書にバーコードはありません。", "A slip over 300,000 yen has no bar code.")));
        if (mediaType == Svg) ScreenHeaders.ForPicture(http.Response);
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{name}\"";
        return Api.Write(http, new Reply.Bytes(200, mediaType, bytes));
    }
}
