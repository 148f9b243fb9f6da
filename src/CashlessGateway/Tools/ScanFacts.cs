using System.Globalization;
using CashlessGateway.Web;

namespace CashlessGateway.Tools;

/// <summary>What ends a scan.</summary>
public enum ScanEnd
{
    /// <summary>The page could not see it: no script ran, and a text box swallows line ends.</summary>
    Unseen,
    Enter,
    Tab,
    None,
}

/// <summary>How the identifier in front arrived: "]C1" and what keyboards make of it.</summary>
public enum ScanPrefix
{
    None,

    /// <summary>As the scanner means it.</summary>
    Right,

    /// <summary>The scanner types for another keyboard than the computer has.</summary>
    OtherKeyboard,

    /// <summary>The input method turned it into a Japanese bracket or a wide one.</summary>
    InputMethod,

    /// <summary>Both at once.</summary>
    OtherKeyboardAndInputMethod,
}

/// <summary>What the page's script saw while the scan came in; all of it may be missing.</summary>
public sealed record ScanSeen(ScanEnd End, int? MillisecondsPerCharacter, bool InputMethod)
{
    /// <summary>Slower than this is not a pace but a pause.</summary>
    private const int SlowestPace = 10_000;

    /// <summary>Hidden fields anybody can fill: what is not understood counts as not seen.</summary>
    public static ScanSeen From(string? end, string? pace, string? inputMethod) => new(
        end switch
        {
            "enter" => ScanEnd.Enter,
            "tab" => ScanEnd.Tab,
            "none" => ScanEnd.None,
            _ => ScanEnd.Unseen,
        },
        int.TryParse(pace, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= SlowestPace ? milliseconds : null,
        inputMethod == "1");
}

/// <summary>What arrived, character by character, without a word of what it says. Pure.</summary>
public sealed record ScanFacts
{
    private const char GroupSeparator = '\u001D';

    /// <summary>"]", the letter of the symbology, its modifier.</summary>
    private const int IdentifierLength = 3;

    private ScanFacts() { }

    /// <summary>All characters, the identifier and the suffix included; the counts that follow are without the identifier.</summary>
    public required int Length { get; init; }

    public required int Digits { get; init; }
    public required int Letters { get; init; }
    public required int FullWidth { get; init; }
    public required int Separators { get; init; }
    public required int Others { get; init; }
    public required int GroupSeparators { get; init; }
    public required ScanPrefix Prefix { get; init; }

    /// <summary>Letter and digit of the identifier: "C1"; null without one.</summary>
    public required string? Identifier { get; init; }

    public required ScanEnd End { get; init; }
    public required int? MillisecondsPerCharacter { get; init; }
    public required bool InputMethod { get; init; }

    /// <summary>What the identifier says the symbol is; null for kinds that no bill carries.</summary>
    public Words? Symbol => Identifier?.ToUpperInvariant() switch
    {
        "C1" => new("GS1-128（納付書のバーコード）", "GS1-128, the bar code of a slip"),
        "C0" => new("Code 128（FNC1なし）", "Code 128 without FNC1"),
        "Q0" or "Q1" or "Q2" or "Q3" => new("QRコード", "QR code"),
        ['E', ..] => new("JANコード（商品のバーコード）", "JAN/EAN, the bar code of goods"),
        ['D', ..] => new("Data Matrix", "Data Matrix"),
        ['A', ..] => new("Code 39", "Code 39"),
        ['I', ..] => new("ITF", "Interleaved 2 of 5"),
        ['F', ..] => new("NW-7（コーダバー）", "Codabar"),
        _ => null,
    };

    public static ScanFacts Of(string arrived, ScanSeen seen)
    {
        var text = arrived.TrimStart().TrimStart(GroupSeparator);
        var (prefix, identifier) = PrefixOf(text);
        var behind = identifier is null ? arrived : text[IdentifierLength..];
        return new ScanFacts
        {
            Length = arrived.Length,
            Digits = behind.Count(char.IsAsciiDigit),
            Letters = behind.Count(char.IsAsciiLetter),
            FullWidth = behind.Count(IsFullWidth),
            Separators = behind.Count(IsSeparator),
            Others = behind.Count(static letter => !char.IsAsciiLetterOrDigit(letter) && !IsFullWidth(letter) && !IsSeparator(letter) && letter is not ('\r' or '\n' or '\t' or GroupSeparator)),
            GroupSeparators = arrived.Count(static letter => letter == GroupSeparator),
            Prefix = prefix,
            Identifier = identifier,
            End = EndOf(arrived) ?? seen.End,
            MillisecondsPerCharacter = seen.MillisecondsPerCharacter,
            InputMethod = seen.InputMethod || arrived.Any(IsFullWidth) || prefix is ScanPrefix.InputMethod or ScanPrefix.OtherKeyboardAndInputMethod,
        };
    }

    /// <summary>On a Japanese keyboard "]" lies where an American one has the key beside it: a scanner set to the other one types "[".</summary>
    private static (ScanPrefix Prefix, string? Identifier) PrefixOf(string text)
    {
        if (text.Length < IdentifierLength || !char.IsAsciiLetter(HalfWidth(text[1])) || !char.IsAsciiLetterOrDigit(HalfWidth(text[2]))) return (ScanPrefix.None, null);
        var prefix = text[0] switch
        {
            ']' => ScanPrefix.Right,
            '[' => ScanPrefix.OtherKeyboard,
            '」' or '｣' or '］' => ScanPrefix.InputMethod,
            '「' or '｢' or '［' => ScanPrefix.OtherKeyboardAndInputMethod,
            _ => ScanPrefix.None,
        };
        return prefix == ScanPrefix.None ? (prefix, null) : (prefix, $"{HalfWidth(text[1])}{HalfWidth(text[2])}");
    }

    private static ScanEnd? EndOf(string text) => text.Length == 0 ? null : text[^1] switch
    {
        '\r' or '\n' => ScanEnd.Enter,
        '\t' => ScanEnd.Tab,
        _ => null,
    };

    private static bool IsFullWidth(char letter) => letter is >= '！' and <= '～' or '　';

    private static bool IsSeparator(char letter) => letter is ' ' or '-' or '(' or ')';

    private static char HalfWidth(char letter) => letter is >= '！' and <= '～' ? (char)(letter - 0xFEE0) : letter;
}
