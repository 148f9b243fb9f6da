using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Money;

namespace CashlessGateway.Ledger;

/// <summary>
/// The hash of a block: SHA-256 over
/// <code>
/// previous hash (32 bytes) · block number · number of items · sealed_at in milliseconds
/// then for each item in its order: length of its id in bytes · id in UTF-8 · SHA-256 of its canonical form (32 bytes)
/// </code>
/// Numbers and lengths are 8 bytes, big-endian. Pure; docs can be checked against it with any SHA-256.
/// </summary>
public static class SealHash
{
    public const int Bytes = 32;

    /// <summary>What stands before the first block, so that two cities' chains (or two chains of one city) never share a hash.</summary>
    public static byte[] Genesis(string municipality, string chain) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"CashlessGateway sealed chain 1\n{chain}\n{municipality}\n"));

    public static byte[] OfItem(byte[] canonical) => SHA256.HashData(canonical);

    public static byte[] OfBlock(byte[] previous, long block, Instant sealedAt, IReadOnlyList<(string Id, byte[] Hash)> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(hash, block);
        Append(hash, items.Count);
        Append(hash, sealedAt.Milliseconds);
        foreach (var (id, itemHash) in items)
        {
            var bytes = Encoding.UTF8.GetBytes(id);
            Append(hash, bytes.Length);
            hash.AppendData(bytes);
            hash.AppendData(itemHash);
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
