using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>GET /v2/payments: by time and location, never by reference.</summary>
internal static class ListPayments
{
    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.ListPayments, null, faults => Do(sandbox, call, faults));

    private static Reply Do(SquareSandbox sandbox, Call call, FiredFaults faults)
    {
        if (call.Unknown(
            "begin_time", "end_time", "sort_order", "cursor", "location_id", "total", "last_4", "card_brand", "limit", "is_offline_payment", "offline_begin_time", "offline_end_time",
            "updated_at_begin_time", "updated_at_end_time", "sort_field") is { } unknown)
        {
            return unknown;
        }

        var (window, problem) = Window.Read(call, sandbox);
        if (problem is not null) return problem;
        var now = sandbox.Time.GetUtcNow();
        var (rows, next, wrong) = Listing.Cut(window!.Order(sandbox.Book.Payments.Where(payment => !Spoil.Hides(faults, payment.At, now)), static payment => payment.At), call.Asked("cursor"), call.Number("limit"));
        return wrong is { } bad ? bad : Reply.Ok(new { payments = rows.Count > 0 ? rows.Select(row => Views.Payment(row, sandbox, Spoil.Of(faults), call.Version)) : null, cursor = next });
    }
}

/// <summary>The time, the order and the location that Square's lists share.</summary>
internal sealed record Window(DateTimeOffset From, DateTimeOffset? Until, bool Ascending)
{
    public static (Window? Window, SquareError? Problem) Read(Call call, SquareSandbox sandbox)
    {
        if (call.Asked("location_id") is { } location && location != sandbox.Seller.LocationId)
            return (null, new SquareError(403, "AUTHENTICATION_ERROR", "FORBIDDEN", "Not a location of this seller.") { Field = "location_id" });

        foreach (var name in new[] { "begin_time", "end_time" })
        {
            if (call.Asked(name) is { } text && Body.TimeOf(text) is null) return (null, SquareError.Wrong("INVALID_TIME", name, "Not an RFC 3339 time."));
        }

        return call.Asked("sort_order") is null or "ASC" or "DESC"
            ? (new Window(Time(call, "begin_time") ?? sandbox.Time.GetUtcNow().AddYears(-1), Time(call, "end_time"), call.Asked("sort_order") == "ASC"), null)
            : (null, SquareError.Wrong("INVALID_SORT_ORDER", "sort_order", "ASC or DESC."));
    }

    public IReadOnlyList<T> Order<T>(IEnumerable<T> rows, Func<T, DateTimeOffset> at)
    {
        var within = rows.Where(row => at(row) >= From && (Until is null || at(row) <= Until));
        return Ascending ? [.. within.OrderBy(at)] : [.. within.OrderByDescending(at)];
    }

    private static DateTimeOffset? Time(Call call, string name) => call.Asked(name) is { } text ? Body.TimeOf(text) : null;
}
