using System.Text.Json;
using System.Text.Json.Serialization;

namespace MatometeServer;

/// <summary>POST /v1/charges. A member that is not named here is refused: it would be a wish that nobody fulfils.</summary>
internal sealed record ChargeOrder(string OrderId, long Amount, string Currency, string CustomerCode, DateTimeOffset RequestedAt, string Shop, string Description)
{
    public string? Terminal { get; init; }
}

/// <summary>POST /v1/refunds.</summary>
internal sealed record RefundOrder(string RefundId, string ChargeId, long Amount, string Currency);

/// <summary>An answer: its status and what is written as its body.</summary>
internal sealed record Reply(int Status, object Body)
{
    public static Reply Refuse(int status, string code) => new(status, new { error = new { code } });
}

internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static T? Read<T>(byte[] body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static object Of(ChargeRow charge) => new
    {
        charge.OrderId,
        charge.ChargeId,
        charge.Amount,
        Currency = "JPY",
        charge.Status,
        charge.Brand,
        charge.DeclineCode,
        CapturedAt = charge.CapturedAt?.UtcDateTime,
        charge.ApprovalNumber,
        WaitsUntil = charge.WaitsUntil?.UtcDateTime,
    };

    public static object Of(RefundRow refund, DateTimeOffset now) => new
    {
        refund.RefundId,
        refund.RefundNumber,
        refund.OrderId,
        refund.ChargeId,
        refund.Amount,
        Currency = "JPY",
        Status = now >= refund.DoneAt ? "done" : "accepted",
        AcceptedAt = refund.At.UtcDateTime,
        DoneAt = now >= refund.DoneAt ? refund.DoneAt.UtcDateTime : (DateTime?)null,
    };
}
