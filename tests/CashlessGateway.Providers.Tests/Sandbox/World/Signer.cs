using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Providers.Tests.Sandbox.World;

/// <summary>OPA-Auth written a second time, from the provider's description alone.</summary>
public static class Signer
{
    public static string Authorization(string key, string secret, string method, string path, byte[] body, string contentType, long epoch, string nonce = "abcd1234")
    {
        var type = body.Length == 0 ? "empty" : contentType;
        var hash = body.Length == 0 ? "empty" : Md5(Encoding.UTF8.GetBytes(contentType).Concat(body).ToArray());
        var lines = new[] { path, method, nonce, epoch.ToString(CultureInfo.InvariantCulture), type, hash };
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        var mac = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", lines))));
        return $"hmac OPA-Auth:{key}:{mac}:{nonce}:{epoch}:{hash}";
    }

#pragma warning disable CA5351 // The protocol asks for MD5.
    private static string Md5(byte[] bytes) => Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5351
}
