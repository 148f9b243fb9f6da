using System.Buffers;
using System.Text;

namespace CashlessGateway.Codes.Drawing;

/// <summary>How the characters of a text become bits. The value is the mode indicator.</summary>
internal enum QrMode
{
    Numeric = 0b0001,
    Alphanumeric = 0b0010,
    Byte = 0b0100,
}

/// <summary>A text in the narrowest mode that holds all of it.</summary>
internal readonly ref struct QrText
{
    private const string AlphanumericSet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const int ModeBits = 4;
    private const int MostTerminatorBits = 4;
    private const byte Pad = 0b1110_1100;
    private const byte OtherPad = 0b0001_0001;

    private static readonly SearchValues<char> AlphanumericCharacters = SearchValues.Create(AlphanumericSet);

    private readonly ReadOnlySpan<char> characters;
    private readonly ReadOnlySpan<byte> bytes;

    private QrText(QrMode mode, ReadOnlySpan<char> characters, ReadOnlySpan<byte> bytes)
    {
        Mode = mode;
        this.characters = characters;
        this.bytes = bytes;
    }

    public QrMode Mode { get; }

    /// <summary>Digits, characters or bytes.</summary>
    public int Count => Mode == QrMode.Byte ? bytes.Length : characters.Length;

    /// <exception cref="ArgumentException">Half of a surrogate pair stands alone.</exception>
    public static QrText Of(string text)
    {
        if (Digit.All(text)) return new QrText(QrMode.Numeric, text, []);
        if (!text.AsSpan().ContainsAnyExcept(AlphanumericCharacters)) return new QrText(QrMode.Alphanumeric, text, []);
        try
        {
            return new QrText(QrMode.Byte, [], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(text));
        }
        catch (EncoderFallbackException alone)
        {
            throw new ArgumentException($"Half of a surrogate pair stands alone at {alone.Index}; such a text has no UTF-8.", nameof(text), alone);
        }
    }

    /// <param name="digits">0 to 9 and nothing else.</param>
    public static QrText OfDigits(ReadOnlySpan<char> digits) => new(QrMode.Numeric, digits, []);

    public bool Fits(QrShape shape) => Count <= Limit(shape);

    /// <summary>How many digits, characters or bytes a symbol of this shape holds.</summary>
    public int Limit(QrShape shape)
    {
        var bits = shape.TextBits(Mode);
        return Mode switch
        {
            QrMode.Numeric => bits / 10 * 3 + (bits % 10 >= 7 ? 2 : bits % 10 >= 4 ? 1 : 0),
            QrMode.Alphanumeric => bits / 11 * 2 + (bits % 11 >= 6 ? 1 : 0),
            QrMode.Byte => bits / 8,
        };
    }

    /// <summary>How a person says what is counted.</summary>
    public string Unit => Mode switch
    {
        QrMode.Numeric => "digits",
        QrMode.Alphanumeric => "letters and digits",
        QrMode.Byte => "bytes in UTF-8",
    };

    /// <summary>All words of data: mode, count, text, terminator, padding.</summary>
    public byte[] Words(QrShape shape)
    {
        var words = new byte[shape.DataWords];
        var bits = new BitWriter(words);
        bits.Write((int)Mode, ModeBits);
        bits.Write(Count, shape.CountBits(Mode));
        WriteCharacters(ref bits);

        // The terminator is zeros, and so is the rest of its word.
        bits.Skip(Math.Min(MostTerminatorBits, bits.Left));
        var padding = words.AsSpan(bits.BegunWords);
        for (var i = 0; i < padding.Length; i++) padding[i] = i % 2 == 0 ? Pad : OtherPad;
        return words;
    }

    private void WriteCharacters(ref BitWriter bits)
    {
        switch (Mode)
        {
            case QrMode.Numeric: WriteDigits(ref bits); break;
            case QrMode.Alphanumeric: WriteAlphanumeric(ref bits); break;
            case QrMode.Byte: WriteBytes(ref bits); break;
        }
    }

    /// <summary>Three digits take 10 bits, two take 7, one takes 4.</summary>
    private void WriteDigits(ref BitWriter bits)
    {
        for (var rest = characters; !rest.IsEmpty; rest = rest[Math.Min(3, rest.Length)..])
        {
            var group = rest[..Math.Min(3, rest.Length)];
            var value = 0;
            foreach (var digit in group) value = value * 10 + (digit - '0');
            bits.Write(value, group.Length * 3 + 1);
        }
    }

    /// <summary>Two characters take 11 bits, one takes 6.</summary>
    private void WriteAlphanumeric(ref BitWriter bits)
    {
        for (var i = 0; i + 1 < characters.Length; i += 2) bits.Write(Place(characters[i]) * AlphanumericSet.Length + Place(characters[i + 1]), 11);
        if (characters.Length % 2 == 1) bits.Write(Place(characters[^1]), 6);
    }

    private void WriteBytes(ref BitWriter bits)
    {
        foreach (var one in bytes) bits.Write(one, 8);
    }

    private static int Place(char character) => AlphanumericSet.IndexOf(character, StringComparison.Ordinal);
}
