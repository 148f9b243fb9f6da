using System.Security.Cryptography;

namespace CashlessGateway.Sandbox.PayPay;

/// <summary>Numbers in the shape that the provider gives them.</summary>
internal static class Numbers
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string NewCodeId() => "04-" + RandomNumberGenerator.GetString(Letters, 16);

    /// <summary>Twenty digits, often with a zero in front: no number type holds them, and an adapter that tries one is found out.</summary>
    public static string NewPaymentId() => "0" + RandomNumberGenerator.GetString("0123456789", 19);
}
