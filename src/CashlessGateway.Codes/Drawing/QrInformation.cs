namespace CashlessGateway.Codes.Drawing;

/// <summary>What a reader must know before it can read: level and mask, and from version 7 on the version. Both are protected by BCH codes.</summary>
internal static class QrInformation
{
    public const int FormatBits = 15;
    public const int VersionBits = 18;

    private const int FormatDivisor = 0b101_0011_0111;
    private const int VersionDivisor = 0b1_1111_0010_0101;

    /// <summary>So that no format is all light.</summary>
    private const int FormatMask = 0b101_0100_0001_0010;

    public static int OfFormat(QrLevel level, int mask) => WithRemainder(LevelBits(level) << 3 | mask, FormatDivisor, 10) ^ FormatMask;

    public static int OfVersion(int version) => WithRemainder(version, VersionDivisor, 12);

    private static int LevelBits(QrLevel level) => level switch
    {
        QrLevel.L => 0b01,
        QrLevel.M => 0b00,
        QrLevel.Q => 0b11,
        QrLevel.H => 0b10,
    };

    private static int WithRemainder(int value, int divisor, int degree)
    {
        var rest = value << degree;
        for (var bit = FormatBits + degree; bit >= degree; bit--)
            if ((rest >> bit & 1) != 0)
                rest ^= divisor << bit - degree;
        return value << degree | rest;
    }
}
