using System.Text.Encodings.Web;
using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>JSON as Square takes it.</summary>
internal static class RequestBody
{
    /// <summary>Japanese stays readable in Square's own logs of requests; the body is never part of a page.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    public static void WriteYen(Utf8JsonWriter json, long yen)
    {
        json.WriteStartObject("amount_money");
        json.WriteNumber("amount", yen);
        json.WriteString("currency", "JPY");
        json.WriteEndObject();
    }
}
