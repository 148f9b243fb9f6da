namespace CashlessGateway.Codes.Drawing;

/// <summary>
/// A square of modules as bits, once by rows and once by columns: whatever is asked of runs in one direction is then asked of
/// 64 of them at a time, by stepping from line to line.
/// </summary>
internal sealed class ModuleGrid
{
    private const int WordBits = 64;

    public ModuleGrid(int size)
    {
        Size = size;
        Stride = (size + WordBits - 1) / WordBits;
        Rows = new ulong[size * Stride];
        Columns = new ulong[size * Stride];
    }

    public int Size { get; }

    /// <summary>How many words a line takes.</summary>
    public int Stride { get; }

    public ulong[] Rows { get; }

    public ulong[] Columns { get; }

    public bool this[int column, int row]
    {
        get => (Rows[row * Stride + column / WordBits] >> column % WordBits & 1) != 0;
        set
        {
            Set(ref Rows[row * Stride + column / WordBits], column % WordBits, value);
            Set(ref Columns[column * Stride + row / WordBits], row % WordBits, value);
        }
    }

    /// <summary>Ones for the modules of the first so many that lie in this word of a line.</summary>
    public static ulong Within(int modules, int word)
    {
        var here = modules - word * WordBits;
        return here >= WordBits ? ulong.MaxValue : here <= 0 ? 0 : (1UL << here) - 1;
    }

    public void SetAll()
    {
        for (var i = 0; i < Rows.Length; i++) Rows[i] = Columns[i] = Within(Size, i % Stride);
    }

    private static void Set(ref ulong word, int bit, bool value) => word = value ? word | 1UL << bit : word & ~(1UL << bit);
}
