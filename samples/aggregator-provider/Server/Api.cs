using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MatometeServer;

/// <summary>The merchant's side: /v1.</summary>
internal static partial class Api
{
    private const long MostAmount = 500_000;
    private const int PageSize = 100;

    /// <summary>An order that lay about somewhere for longer is not carried out: the till has long gone on.</summary>
    private static readonly TimeSpan OrderLives = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder routes, Calls calls, Book book)
    {
        routes.MapPost("/v1/charges", http => calls.Serve(http, "charge", body => Order(http, body, book)));
        routes.MapGet("/v1/charges", http => calls.Serve(http, "list", _ => Page(http, book.All().Charges, charge => charge.At, Wire.Of)));
        routes.MapGet("/v1/charges/{orderId}", http => calls.Serve(http, "lookUp", _ => book.Charge(Value(http, "orderId")) is { } charge ? new Reply(200, Wire.Of(charge)) : Reply.Refuse(404, "charge_not_found")));
        routes.MapPost("/v1/charges/{orderId}/cancel", http => calls.Serve(http, "cancel", _ => Reference().IsMatch(Value(http, "orderId")) ? new Reply(200, Wire.Of(book.Cancel(Value(http, "orderId")))) : Invalid));
        routes.MapPost("/v1/refunds", http => calls.Serve(http, "refund", body => GiveBack(http, body, book)));
        routes.MapGet("/v1/refunds", http => calls.Serve(http, "list", _ => Page(http, book.All().Refunds, refund => refund.At, refund => Wire.Of(refund, book.Now))));
        routes.MapGet("/v1/refunds/{refundId}", http => calls.Serve(http, "lookUpRefund", _ => book.Refund(Value(http, "refundId")) is { } refund ? new Reply(200, Wire.Of(refund, book.Now)) : Reply.Refuse(404, "refund_not_found")));
    }

    private static Reply Invalid => Reply.Refuse(400, "invalid_request");

    private static Reply Order(HttpContext http, byte[] body, Book book)
    {
        if (Wire.Read<ChargeOrder>(body) is not { } order || !Reference().IsMatch(order.OrderId) || Key(http) != order.OrderId) return Invalid;
        if (order.Amount is < 1 or > MostAmount || order.Currency != "JPY" || !Code().IsMatch(order.CustomerCode) || order.Shop.Length > 100 || order.Description.Length > 100) return Invalid;
        // A repeat of what is known is answered at any time; only a new order can be too old.
        var isKnown = book.Charge(order.OrderId) is not null;
        if (!isKnown && (book.Now - order.RequestedAt > OrderLives || order.RequestedAt - book.Now > ClockDifference)) return Reply.Refuse(422, "order_too_old");
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var (charge, isNew) = book.Order(order, hash);
        if (charge.BodyHash is null) return Reply.Refuse(409, "order_closed");
        return charge.BodyHash == hash ? new Reply(isNew ? 201 : 200, Wire.Of(charge)) : Reply.Refuse(409, "idempotency_mismatch");
    }

    private static Reply GiveBack(HttpContext http, byte[] body, Book book)
    {
        if (Wire.Read<RefundOrder>(body) is not { } order || !Reference().IsMatch(order.RefundId) || Key(http) != order.RefundId || order.Currency != "JPY") return Invalid;
        return book.GiveBack(order, Convert.ToHexStringLower(SHA256.HashData(body))) switch
        {
            ({ } refund, _) => new Reply(201, Wire.Of(refund, book.Now)),
            (_, "idempotency_mismatch") => Reply.Refuse(409, "idempotency_mismatch"),
            (_, "charge_not_found") => Reply.Refuse(404, "charge_not_found"),
            (_, var why) => Reply.Refuse(422, why!),
        };
    }

    /// <summary>From a time on, oldest first; "after" is where the last page ended.</summary>
    private static Reply Page<T>(HttpContext http, IReadOnlyList<T> all, Func<T, DateTimeOffset> at, Func<T, object> view)
    {
        if (!DateTimeOffset.TryParse(http.Request.Query["since"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)) return Invalid;
        _ = int.TryParse(http.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        var rows = all.Where(row => at(row) >= since).Skip(after).Take(PageSize + 1).ToList();
        var next = rows.Count > PageSize ? (after + PageSize).ToString(CultureInfo.InvariantCulture) : null;
        return new Reply(200, new { items = rows.Take(PageSize).Select(view).ToList(), next });
    }

    private static string Value(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    private static string Key(HttpContext http) => http.Request.Headers["Idempotency-Key"].ToString();

    [GeneratedRegex("^[A-Za-z0-9_]{1,40}$")]
    private static partial Regex Reference();

    /// <summary>A bar code's digits, or a QR code's base64.</summary>
    [GeneratedRegex("^([0-9]{16,24}|hQV[A-Za-z0-9+/=]{10,509})$")]
    private static partial Regex Code();
}
