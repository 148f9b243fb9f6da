namespace CashlessGateway.Codes.Tests.Drawing;

/// <summary>The remainder as it is done on paper: the whole dividend is written down, and multiples of the divisor are taken away from the left. Multiplication is by adding shifted copies; there are no tables.</summary>
internal static class LongDivision
{
    public static byte[] Remainder(byte[] block, int checkWords)
    {
        var divisor = Divisor(checkWords);
        var dividend = new int[block.Length + checkWords];
        for (var i = 0; i < block.Length; i++) dividend[i] = block[i];
        for (var place = 0; place < block.Length; place++)
        {
            var quotient = dividend[place];
            for (var i = 0; i < divisor.Length; i++) dividend[place + i] ^= Times(quotient, divisor[i]);
        }
        return [.. dividend[block.Length..].Select(word => (byte)word)];
    }

    /// <summary>The product of (x - 2^i), the highest power first.</summary>
    private static int[] Divisor(int degree)
    {
        int[] product = [1];
        for (int i = 0, root = 1; i < degree; i++, root = Times(root, 2))
        {
            var next = new int[product.Length + 1];
            for (var place = 0; place < product.Length; place++)
            {
                next[place] ^= product[place];
                next[place + 1] ^= Times(product[place], root);
            }
            product = next;
        }
        return product;
    }

    private static int Times(int a, int b)
    {
        var product = 0;
        for (; b != 0; b >>= 1)
        {
            if ((b & 1) != 0) product ^= a;
            a = (a & 0x80) != 0 ? a << 1 ^ 0x11D : a << 1;
        }
        return product;
    }
}
