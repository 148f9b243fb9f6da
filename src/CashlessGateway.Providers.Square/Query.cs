using System.Globalization;

namespace CashlessGateway.Providers.Square;

/// <summary>Addresses with a question in them.</summary>
internal static class Query
{
    public static string To(string path, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var parts = new List<string>();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    public static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Limit => Page.Size.ToString(CultureInfo.InvariantCulture);
}
