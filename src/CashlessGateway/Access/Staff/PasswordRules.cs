using System.Text;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Staff;

/// <summary>What a password must not be. Length counts, composition does not (NIST SP 800-63B-4): rules about signs and capitals make passwords that are guessed sooner.</summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 128;

    /// <summary>A name of the city or a login shorter than this is part of too many words to be refused.</summary>
    private const int ShortestWord = 3;

    /// <summary>Null when it will do.</summary>
    public static Words? Check(string password, string login, string city) => Letters(password) switch
    {
        < Shortest => new($"{Shortest}文字以上にしてください。", $"Use {Shortest} characters or more."),
        > Longest => new($"{Longest}文字以内にしてください。", $"Use at most {Longest} characters."),
        _ when CommonPasswords.Has(password) => new("よく使われ、すぐに破られるパスワードです。ほかのものにしてください。", "This is a common password and quickly guessed. Choose another."),
        _ when Has(password, login) => new("ログイン名を含めないでください。", "It must not contain your login name."),
        _ when Has(password, city) || (city.Length > ShortestWord && Has(password, city[..^1])) => new("団体の名前を含めないでください。", "It must not contain the city's name."),
        _ => null,
    };

    /// <summary>As a person counts them: an emoji is one.</summary>
    private static int Letters(string password) => password.Length > 4 * Longest ? int.MaxValue : password.EnumerateRunes().Count();

    private static bool Has(string password, string word) =>
        word.Length >= ShortestWord && LoginKey.Plain(password).Contains(LoginKey.Plain(word), StringComparison.Ordinal);
}

/// <summary>The 10,000 most common passwords, and what they become when digits or repetition are added to reach a length.</summary>
public static class CommonPasswords
{
    /// <summary>Fewer letters than this is no word that the digits were added to.</summary>
    private const int ShortestCore = 3;

    private static readonly Lazy<HashSet<string>> Words = new(Load);

    public static bool Has(string password)
    {
        var plain = LoginKey.Plain(password);
        return IsKnown(plain) || IsLittle(Once(plain)) || IsKnown(WithoutEnds(plain)) || IsLittle(Once(WithoutEnds(plain)));
    }

    /// <summary>What is left of a repetition: a common word, or hardly anything.</summary>
    private static bool IsLittle(string once) => once.Length <= ShortestCore || IsKnown(once);

    private static bool IsKnown(string text) => Words.Value.Contains(text) || IsRun(text);

    /// <summary>aaaa…, 123456…, zyxw…</summary>
    private static bool IsRun(string text)
    {
        if (text.Length < 2) return text.Length == 1;
        var step = text[1] - text[0];
        if (step is < -1 or > 1) return false;
        for (var i = 2; i < text.Length; i++)
        {
            var next = text[i] - text[i - 1];
            // 1234567890 goes on at 0.
            if (next != step && !(text[i - 1] == '9' && text[i] == '0') && !(text[i - 1] == '0' && text[i] is '9' or '1')) return false;
        }

        return true;
    }

    /// <summary>What is said again and again is said once: passwordpassword, 1212121212.</summary>
    private static string Once(string text)
    {
        for (var part = 1; part <= text.Length / 2; part++)
            if (text.Length % part == 0 && Repeats(text, part)) return text[..part];
        // A part of the last one may be cut off: dragondragondra.
        for (var part = ShortestCore; part <= text.Length / 2; part++)
            if (Repeats(text, part)) return text[..part];
        return text;
    }

    private static bool Repeats(string text, int part)
    {
        for (var i = part; i < text.Length; i++)
            if (text[i] != text[i - part]) return false;
        return true;
    }

    private static string WithoutEnds(string text)
    {
        var core = text.AsSpan().Trim("0123456789!?.-_*#@+$%& ").ToString();
        return core.Length >= ShortestCore ? core : text;
    }

    private static HashSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt") ?? throw new InvalidOperationException("The list of common passwords is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line) words.Add(LoginKey.Plain(line));
        return words;
    }
}
