using System.Security.Cryptography;

namespace CashlessGateway.Sandbox.Square;

/// <summary>Ids in the shapes that Square gives them.</summary>
internal static class SquareIds
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Checkout() => RandomNumberGenerator.GetString(Letters, 10) + "qO";

    public static string Payment() => RandomNumberGenerator.GetString(Letters, 26) + "ZY";

    /// <summary>It begins with the payment's.</summary>
    public static string Refund(string payment) => $"{payment}_{RandomNumberGenerator.GetString(Letters, 40)}";

    public static string DeviceCode() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 13);

    /// <summary>What a person types.</summary>
    public static string Typed() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 6);

    public static string Device() => $"90{RandomNumberGenerator.GetString("0123456789", 1)}CS{RandomNumberGenerator.GetString("0123456789", 3)}A{RandomNumberGenerator.GetString("0123456789", 7)}";

    public static string Event() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
}
