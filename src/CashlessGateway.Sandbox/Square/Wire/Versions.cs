using System.Globalization;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>Square's API goes by dates.</summary>
internal static class Versions
{
    /// <summary>The one whose published description the stand-in follows.</summary>
    public static readonly DateOnly Known = new(2025, 8, 20);

    public static DateOnly? Of(string? header) =>
        DateOnly.TryParseExact(header, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var version) ? version : null;
}
