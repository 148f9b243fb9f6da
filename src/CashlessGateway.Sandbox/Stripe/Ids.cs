using System.Security.Cryptography;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>Ids in the shape that Stripe gives them.</summary>
internal static class Ids
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Letters, 24);

    public static string Session() => "cs_test_a1" + RandomNumberGenerator.GetString(Letters, 56);

    /// <summary>Six digits or letters, as banks give them.</summary>
    public static string Authorization() => RandomNumberGenerator.GetString("0123456789", 6);
}
