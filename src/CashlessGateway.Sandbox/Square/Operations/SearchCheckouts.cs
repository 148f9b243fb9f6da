using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>POST /v2/terminals/checkouts/search: by device, time and status, never by reference. Without times: the last day.</summary>
internal static class SearchCheckouts
{
    private const int LongestText = 255;

    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.SearchCheckouts, null, faults => Do(sandbox, call, faults));

    private static Reply Do(SquareSandbox sandbox, Call call, FiredFaults faults)
    {
        if (Body.Parse(call.Bytes) is not { } body) return SquareError.NotJson;
        var query = body.Only("query", "cursor", "limit").Part("query")?.Only("filter", "sort");
        var filter = query?.Part("filter")?.Only("device_id", "created_at", "status");
        var window = filter?.Part("created_at")?.Only("start_at", "end_at");
        var now = sandbox.Time.GetUtcNow();
        var (device, status) = (filter?.Text("device_id", LongestText), filter?.OneOf("status", "PENDING", "IN_PROGRESS", "CANCEL_REQUESTED", "CANCELED", "COMPLETED"));
        var (from, until) = (window?.Time("start_at") ?? now.AddDays(-1), window?.Time("end_at"));
        var ascending = query?.Part("sort")?.Only("sort_order").OneOf("sort_order", "ASC", "DESC") == "ASC";
        var (limit, cursor) = (body.Whole("limit"), body.Text("cursor", LongestText));
        if (body.Problem is { } problem) return problem;

        var found = (device is null ? sandbox.Book.Checkouts : sandbox.Book.OfDevice(device))
            .Where(checkout => checkout.CreatedAt >= from && (until is null || checkout.CreatedAt <= until) && now < checkout.CreatedAt + GetCheckout.Kept)
            .Where(checkout => status is null || CheckoutRules.Word(CheckoutRules.StatusAt(checkout, now, sandbox.Terms)) == status)
            .Where(checkout => !Spoil.Hides(faults, checkout.CreatedAt, now));
        var (rows, next, wrong) = Listing.Cut<CheckoutRecord>(ascending ? [.. found] : [.. found.Reverse()], cursor, limit);
        return wrong is { } bad ? bad : Reply.Ok(new { checkouts = rows.Count > 0 ? rows.Select(row => Views.Checkout(row, sandbox, Spoil.Of(faults))) : null, cursor = next });
    }
}
