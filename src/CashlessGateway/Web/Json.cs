using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CashlessGateway.Money;

namespace CashlessGateway.Web;

/// <summary>How answers are written: camelCase, yen as integers, instants in UTC, dates as YYYY-MM-DD.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Make();

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // Our answers are application/json with nosniff and are never put into a page as they are.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new YenConverter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new BusinessDateConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class YenConverter : JsonConverter<Yen>
    {
        public override Yen Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());
        public override void Write(Utf8JsonWriter writer, Yen value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Instant.From(reader.GetDateTimeOffset());
        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class BusinessDateConverter : JsonConverter<BusinessDate>
    {
        public override BusinessDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => BusinessDate.Parse(reader.GetString()!);
        public override void Write(Utf8JsonWriter writer, BusinessDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
