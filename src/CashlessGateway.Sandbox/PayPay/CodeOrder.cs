using System.Text.Json;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>A code as it was asked for. It never changes.</summary>
internal sealed record CodeOrder(string MerchantId, string MerchantPaymentId, string CodeId, long Amount, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public string? OrderDescription { get; init; }

    public string? StoreId { get; init; }

    public string? StoreInfo { get; init; }

    public string? TerminalId { get; init; }

    public string? RedirectUrl { get; init; }

    public string? RedirectType { get; init; }

    public long? RequestedAt { get; init; }

    public JsonElement? OrderItems { get; init; }

    public JsonElement? Metadata { get; init; }
}
