using System.Text;

namespace CashlessGateway.Fees;

/// <summary>
/// Finds items as people type: the beginning of a code, a part of the name or of its reading; hiragana or katakana, full or half
/// width, capitals or not. Several words must all be found. Pure; the order is the list's own.
/// </summary>
public static class FeeSearch
{
    /// <summary>A name has at most a hundred characters; more words than this are a paste of something else.</summary>
    private const int MostWords = 8;

    public static IReadOnlyList<FeeItem> Find(IReadOnlyList<FeeItem> items, string? text) => Find(items, static item => item, text);

    /// <summary>For whatever has an item.</summary>
    public static IReadOnlyList<T> Find<T>(IReadOnlyList<T> things, Func<T, FeeItem> itemOf, string? text)
    {
        var words = Fold(text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? things : [.. things.Where(thing => Matches(itemOf(thing), words.Take(MostWords)))];
    }

    private static bool Matches(FeeItem item, IEnumerable<string> words)
    {
        var (code, name, kana) = (Fold(item.Code), Fold(item.Name), Fold(item.Kana));
        return words.All(word => code.StartsWith(word, StringComparison.Ordinal) || name.Contains(word, StringComparison.Ordinal) || kana.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>One form of what is one thing to whoever types it: NFKC, small letters, katakana, one kind of space.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant()) folded.Append(char.IsWhiteSpace(letter) ? ' ' : Katakana(letter));
        return folded.ToString();
    }

    /// <summary>Hiragana ぁ to ゖ, and ゝ ゞ, lie 0x60 before their katakana.</summary>
    private static char Katakana(char letter) => letter is >= 'ぁ' and <= 'ゖ' or 'ゝ' or 'ゞ' ? (char)(letter + 0x60) : letter;
}
