using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>GET /v2/refunds.</summary>
internal static class ListRefunds
{
    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.ListRefunds, null, faults => Do(sandbox, call, faults));

    private static Reply Do(SquareSandbox sandbox, Call call, FiredFaults faults)
    {
        if (call.Unknown(
            "begin_time", "end_time", "sort_order", "cursor", "location_id", "status", "source_type", "limit", "updated_at_begin_time", "updated_at_end_time", "sort_field") is { } unknown)
        {
            return unknown;
        }

        var (window, problem) = Window.Read(call, sandbox);
        if (problem is not null) return problem;
        var now = sandbox.Time.GetUtcNow();
        var (rows, next, wrong) = Listing.Cut(window!.Order(sandbox.Book.Refunds.Where(refund => !Spoil.Hides(faults, refund.At, now)), static refund => refund.At), call.Asked("cursor"), call.Number("limit"));
        return wrong is { } bad ? bad : Reply.Ok(new { refunds = rows.Count > 0 ? rows.Select(row => Views.Refund(row, sandbox, Spoil.Of(faults), now)) : null, cursor = next });
    }
}
