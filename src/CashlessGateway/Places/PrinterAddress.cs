using System.Globalization;

namespace CashlessGateway.Places;

/// <summary>Where a receipt printer listens: host and port, 9100 on nearly all of them.</summary>
public readonly record struct PrinterAddress(string Host, int Port)
{
    public const int Longest = 200;

    /// <summary>A name or an IPv4 address, a colon, a port.</summary>
    public static PrinterAddress? Parse(string? text)
    {
        if (text is null || text.Length > Longest || text.Split(':') is not [{ Length: > 0 } host, { Length: > 0 } port]) return null;
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65_535) return null;
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 ? new PrinterAddress(host, number) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
