using System.Globalization;
using CashlessGateway.Audit;
using CashlessGateway.Web;

namespace CashlessGateway.Receipts;

/// <summary>What is open to all is asked for at a person's pace: nobody tries codes in the thousands.</summary>
internal static class OpenDoor
{
    /// <summary>A waiting room behind one address, with a few seconds' burst of twenty.</summary>
    private const int PerMinute = 120;

    public static readonly Words Words = new("このネットワークから続けて開かれています。少し待ってからもう一度開いてください。", "This was opened too often from your network. Wait a moment and open it again.");

    /// <summary>The seconds to wait, or null.</summary>
    public static string? TooOften(HttpContext http) =>
        http.RequestServices.GetRequiredService<RateLimits>().Take("open:" + RefusedAccess.Network(http.Connection.RemoteIpAddress), PerMinute) is { } wait
            ? ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)
            : null;
}
