using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square.Operations;

/// <summary>GET /v2/locations/{id}.</summary>
internal static class GetLocation
{
    public static Work Prepare(SquareSandbox sandbox, Call call) => new(ApiOperation.GetLocation, null, _ => call.Id == sandbox.Seller.LocationId
        ? Reply.Ok(new { location = new { id = call.Id, name = sandbox.Seller.Name, merchant_id = sandbox.Seller.MerchantId, country = "JP", currency = "JPY", timezone = "Asia/Tokyo", status = "ACTIVE" } })
        : SquareError.NotFound("location"));
}
