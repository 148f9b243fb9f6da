using System.Security.Cryptography;
using System.Text;

namespace CashlessGateway.Receipts;

/// <summary>Codes that nobody can guess: 24 signs of Crockford's base 32, 120 bits, in groups of four as people read them out.</summary>
public static class ReceiptCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 24;
    private const int Group = 4;

    public static string New() => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(Group).Select(static four => new string(four)));

    /// <summary>However it was typed: small or full-width letters, without hyphens, O for 0. Null when it cannot be one.</summary>
    public static string? Parse(string? typed)
    {
        // Longer than any code with its separators: not worth a look.
        if (typed is null || typed.Length > 80) return null;
        var letters = new string([.. typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(static letter => letter is not ('-' or ' ')).Select(static letter => letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter })]);
        return letters.Length == Length && letters.All(static letter => Alphabet.Contains(letter, StringComparison.Ordinal))
            ? string.Join('-', letters.Chunk(Group).Select(static four => new string(four)))
            : null;
    }

    public static byte[] Hash(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));
}
