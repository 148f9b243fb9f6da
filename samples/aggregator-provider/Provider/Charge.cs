using System.Text.Json;
using CashlessGateway.Providers;

namespace Matomete;

/// <summary>What Matomete says about a charge, in the contract's words.</summary>
internal static class Charge
{
    public const string IdPrefix = "ch_";

    /// <summary>Why an app's company may refuse. Another word is told as "declined".</summary>
    private static readonly string[] Refusals = ["code_unknown", "code_expired", "code_used", "insufficient_funds", "limit_exceeded", "refused_by_customer", "brand_unavailable"];

    public static ProviderAnswer Read(JsonElement body, string reference)
    {
        // An answer about another payment (a cache on the way) must not end this one.
        if (body.Text("orderId") != reference) return new ProviderAnswer.Unknown("Matomete answered about another order than ours");
        return body.Text("status") switch
        {
            "captured" => Captured(body),
            "waiting" when body.Id("chargeId", IdPrefix) is { } id && body.Time("waitsUntil") is { } until => new ProviderAnswer.Pending(new ProviderAction.ConfirmOnPhone(until), id),
            "declined" => new ProviderAnswer.Declined(Refusals.FirstOrDefault(word => word == body.Text("declineCode"))?.Replace('_', '-') ?? "declined", null),
            "cancelled" => new ProviderAnswer.Cancelled(CancelledBy.Merchant),
            "expired" => new ProviderAnswer.Expired(),
            _ => new ProviderAnswer.Unknown("Matomete told something that is not in its documents"),
        };
    }

    /// <summary>Unknown when a figure is missing, since a guessed one would be booked.</summary>
    private static ProviderAnswer Captured(JsonElement body) =>
        body.Id("chargeId", IdPrefix) is { } id && body.Whole("amount") is { } amount and > 0 && body.Text("currency") is { Length: 3 } currency && body.Time("capturedAt") is { } at
            ? new ProviderAnswer.Captured(amount, currency, at, id) { Brand = Brand.NameOf(body.Text("brand")), ApprovalNumber = Approval(body.Text("approvalNumber")) }
            : new ProviderAnswer.Unknown("Matomete says it is paid, but its number, amount, currency or time cannot be read");

    /// <summary>Six digits, printed on the receipt.</summary>
    private static string? Approval(string? text) => text is { Length: 6 } && text.All(char.IsAsciiDigit) ? text : null;
}
