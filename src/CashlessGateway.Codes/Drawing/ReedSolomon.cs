using System.Collections.Immutable;

namespace CashlessGateway.Codes.Drawing;

/// <summary>The words that let a reader repair a block: the remainder of the block's polynomial over GF(256), modulus 0x11D.</summary>
internal static class ReedSolomon
{
    private const int Modulus = 0x11D;

    /// <summary>Every element but zero is a power of two in this field, and the 255th is the first again.</summary>
    private const int Order = 255;

    private static readonly ImmutableArray<byte> Powers = AllPowers();
    private static readonly ImmutableArray<byte> Logarithms = AllLogarithms();

    /// <summary>The coefficients of (x-1)(x-2)(x-4)... with so many factors, from the highest power down; the first, which is 1, is left out.</summary>
    public static byte[] Divisor(int degree)
    {
        var divisor = new byte[degree];
        divisor[^1] = 1;
        for (var factor = 0; factor < degree; factor++)
            for (var i = 0; i < degree; i++)
            {
                var shifted = i + 1 < degree ? divisor[i + 1] : (byte)0;
                divisor[i] = (byte)(Times(divisor[i], Powers[factor]) ^ shifted);
            }
        return divisor;
    }

    /// <summary>
    /// Divides with a register as wide as the remainder: each word shifts it once, a zero as well as any other. A division that
    /// leaves out leading zeros loses count of them in a block that begins with many, and such blocks are what a bill is made of.
    /// </summary>
    public static void Remainder(ReadOnlySpan<byte> block, ReadOnlySpan<byte> divisor, Span<byte> remainder)
    {
        remainder.Clear();
        foreach (var word in block)
        {
            var lead = (byte)(word ^ remainder[0]);
            remainder[1..].CopyTo(remainder);
            remainder[^1] = 0;
            for (var i = 0; i < divisor.Length; i++) remainder[i] ^= Times(divisor[i], lead);
        }
    }

    private static byte Times(byte a, byte b) => a == 0 || b == 0 ? (byte)0 : Powers[Logarithms[a] + Logarithms[b]];

    /// <summary>Twice around, so that the sum of two logarithms needs no division.</summary>
    private static ImmutableArray<byte> AllPowers()
    {
        var powers = ImmutableArray.CreateBuilder<byte>(2 * Order);
        for (var power = 1; powers.Count < 2 * Order; power = power < 0x80 ? power << 1 : power << 1 ^ Modulus) powers.Add((byte)power);
        return powers.MoveToImmutable();
    }

    private static ImmutableArray<byte> AllLogarithms()
    {
        var logarithms = new byte[Order + 1];
        for (var exponent = 0; exponent < Order; exponent++) logarithms[Powers[exponent]] = (byte)exponent;
        return [.. logarithms];
    }
}
