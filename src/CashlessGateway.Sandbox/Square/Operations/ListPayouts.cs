using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>GET /v2/payouts, /v2/payouts/{id} and /v2/payouts/{id}/payout-entries.</summary>
internal static class ListPayouts
{
    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.ListPayouts, null, _ => All(sandbox, call));

    public static Work PrepareOne(SquareSandbox sandbox, Call call) => new(ApiOperation.ListPayouts, null, _ =>
        Find(sandbox, call.Id) is { } payout ? Reply.Ok(new { payout = Views.Payout(payout, sandbox) }) : SquareError.NotFound("payout"));

    public static Work PrepareEntries(SquareSandbox sandbox, Call call) => new(ApiOperation.ListPayouts, null, _ => Entries(sandbox, call));

    private static Reply All(SquareSandbox sandbox, Call call)
    {
        if (call.Unknown("location_id", "status", "begin_time", "end_time", "sort_order", "cursor", "limit") is { } unknown) return unknown;
        var (window, problem) = Window.Read(call, sandbox);
        if (problem is not null) return problem;
        var (rows, next, wrong) = Listing.Cut(window!.Order(SquarePayouts.Of(sandbox.Book, sandbox.Time.GetUtcNow()), static payout => payout.CreatedAt), call.Asked("cursor"), call.Number("limit"));
        return wrong is { } bad ? bad : Reply.Ok(new { payouts = rows.Count > 0 ? rows.Select(row => Views.Payout(row, sandbox)) : null, cursor = next });
    }

    private static Reply Entries(SquareSandbox sandbox, Call call)
    {
        if (call.Unknown("sort_order", "cursor", "limit") is { } unknown) return unknown;
        if (Find(sandbox, call.Id) is not { } payout) return SquareError.NotFound("payout");
        var (rows, next, wrong) = Listing.Cut(payout.Entries, call.Asked("cursor"), call.Number("limit"));
        return wrong is { } bad ? bad : Reply.Ok(new { payout_entries = rows.Count > 0 ? rows.Select(row => Views.Entry(row, payout.Id)) : null, cursor = next });
    }

    private static TruthPayout? Find(SquareSandbox sandbox, string id) => SquarePayouts.Of(sandbox.Book, sandbox.Time.GetUtcNow()).FirstOrDefault(payout => payout.Id == id);
}
