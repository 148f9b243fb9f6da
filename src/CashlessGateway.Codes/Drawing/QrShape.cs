namespace CashlessGateway.Codes.Drawing;

/// <summary>What a version and a level decide: the side, and how the words are divided into blocks (ISO/IEC 18004, tables 1, 3 and 9).</summary>
internal readonly record struct QrShape(int Version, QrLevel Level)
{
    public const int MinVersion = 1;
    public const int MaxVersion = 40;

    private const int WordBits = 8;
    private const int ModeBits = 4;

    /// <summary>Modules a side.</summary>
    public int Size => 17 + 4 * Version;

    /// <summary>Words for data and for their correction together. A few modules may be left over at the end; they stay light before masking.</summary>
    public int Words => FreeModules / WordBits;

    public int Blocks => BlockCounts[TableIndex];

    /// <summary>How many words for correction each block has.</summary>
    public int CheckWords => CheckWordCounts[TableIndex];

    public int DataWords => Words - Blocks * CheckWords;

    /// <summary>The first blocks have this many words of data, and the last <see cref="LongBlocks"/> one more.</summary>
    public int ShortBlock => DataWords / Blocks;

    public int LongBlocks => DataWords % Blocks;

    /// <summary>Bits left for the text behind the mode and the count. The terminator may be missing when a symbol is full.</summary>
    public int TextBits(QrMode mode) => DataWords * WordBits - ModeBits - CountBits(mode);

    /// <summary>How wide the field is that says how many characters follow.</summary>
    public int CountBits(QrMode mode) => (mode, Version) switch
    {
        (QrMode.Numeric, <= 9) => 10,
        (QrMode.Numeric, <= 26) => 12,
        (QrMode.Numeric, _) => 14,
        (QrMode.Alphanumeric, <= 9) => 9,
        (QrMode.Alphanumeric, <= 26) => 11,
        (QrMode.Alphanumeric, _) => 13,
        (QrMode.Byte, <= 9) => 8,
        (QrMode.Byte, _) => 16,
    };

    /// <summary>Where the small squares are centred, in both directions; version 1 has none.</summary>
    public int[] AlignmentCentres()
    {
        if (Version == 1) return [];

        // Evenly spaced from the far side, rounded up to an even step; what is uneven lies in the first gap. Version 32 alone departs from it.
        var centres = new int[AlignmentsASide];
        var step = Version == 32 ? 26 : (Version * 4 + centres.Length * 2 + 1) / (centres.Length * 2 - 2) * 2;
        centres[0] = 6;
        for (var i = 1; i < centres.Length; i++) centres[i] = Size - 7 - (centres.Length - 1 - i) * step;
        return centres;
    }

    private int AlignmentsASide => Version / 7 + 2;

    private int TableIndex => (int)Level * MaxVersion + Version - 1;

    /// <summary>All modules without finders, separators, timing, alignment, format and version.</summary>
    private int FreeModules
    {
        get
        {
            var modules = (16 * Version + 128) * Version + 64;
            if (Version >= 2) modules -= (25 * AlignmentsASide - 10) * AlignmentsASide - 55;
            return Version >= 7 ? modules - 36 : modules;
        }
    }

    /// <summary>Forty versions a line: L, M, Q, H.</summary>
    private static ReadOnlySpan<byte> CheckWordCounts =>
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ];

    /// <summary>Forty versions a line: L, M, Q, H.</summary>
    private static ReadOnlySpan<byte> BlockCounts =>
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ];
}
