using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Access;

/// <summary>
/// cgk_&lt;environment&gt;_&lt;id&gt;_&lt;secret&gt;. The secret ends in a checksum over all before it, so that a truncated or mistyped
/// key is told apart from a wrong one without asking the database.
/// </summary>
public sealed record ApiKey(string Environment, string Id, string Secret)
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 10;

    /// <summary>36^32 is about 165 bits.</summary>
    private const int SecretLength = 32;

    private const int ChecksumLength = 6;

    public string Text => $"cgk_{Environment}_{Id}_{Secret}{Checksum(Environment, Id, Secret)}";

    /// <summary>The secret is long and random, so one fast hash is enough to keep it from whoever reads the database.</summary>
    public byte[] SecretHash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    public static ApiKey New(string environment) => new(environment, Random(IdLength), Random(SecretLength));

    public static ApiKey? Parse(string text)
    {
        var parts = text.Split('_');
        if (parts is not ["cgk", var environment, var id, var tail] || id.Length != IdLength || tail.Length != SecretLength + ChecksumLength) return null;
        var secret = tail[..SecretLength];
        return string.Equals(tail[SecretLength..], Checksum(environment, id, secret), StringComparison.Ordinal) ? new ApiKey(environment, id, secret) : null;
    }

    private static string Checksum(string environment, string id, string secret)
    {
        var hash = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{environment}_{id}_{secret}")));
        return string.Create(ChecksumLength, hash, static (text, value) =>
        {
            for (var i = 0; i < text.Length; i++, value /= 36) text[i] = Letters[(int)(value % 36)];
        });
    }

    private static string Random(int length) => RandomNumberGenerator.GetString(Letters, length);

    /// <summary>Never the secret: a key may stand in a log by its id.</summary>
    public override string ToString() => $"cgk_{Environment}_{Id}_…";
}
