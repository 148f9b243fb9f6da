using System.Globalization;
using System.Text;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Web.Screens;

/// <summary>A form as it was sent: reads its fields, collects what is wrong with each, and still has every letter for the page that shows it again.</summary>
public sealed class Posted(IFormCollection form)
{
    private readonly List<Violation> _wrong = [];

    public static readonly Posted Nothing = new(FormCollection.Empty);

    public IReadOnlyList<Violation> Wrong => _wrong;

    /// <summary>What stood in the field, whatever it was.</summary>
    public string? Raw(string name) => form.TryGetValue(name, out var values) ? values.ToString() : null;

    public bool Has(string name, string value) => form.TryGetValue(name, out var values) && values.Contains(value);

    public bool IsSent => form.Count > 0;

    /// <summary>All of it, or all that is wrong with it.</summary>
    public Result<T> Of<T>(T value) => _wrong.Count == 0 ? value : new Problem(Errors.Invalid, _wrong[0].Detail, _wrong);

    public string? Text(string name, int most, bool required = false)
    {
        var text = Plain(Raw(name));
        if (text.Length == 0) return required ? Refuse(name, "missing", new Words("入力してください。", "Fill this in.")) : null;
        if (text.Length > most) return Refuse(name, "too-long", new Words($"{most}文字までです（{text.Length}文字）。", $"At most {most} characters; this has {text.Length}."));
        return text.Any(static letter => char.IsControl(letter) || char.IsSurrogate(letter)) && !IsText(text)
            ? Refuse(name, "invalid-text", new Words("使えない文字（制御文字など）があります。", "It holds characters that cannot be used."))
            : text;
    }

    /// <summary>ASCII letters, digits and . _ - whatever the keyboard was set to.</summary>
    public string? Code(string name)
    {
        if (Text(name, CodeText.Longest, required: true) is not { } text) return null;
        var code = text.Normalize(NormalizationForm.FormKC);
        return code.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')
            ? code
            : Refuse(name, "not-a-code", new Words("半角の英数字と . _ - だけにしてください。", "Only letters, digits, '.', '_' and '-'."));
    }

    public BusinessDate? Date(string name, bool required = false)
    {
        if (Text(name, 40, required) is not { } text) return null;
        if (BusinessDate.TryParse(text.Normalize(NormalizationForm.FormKC), out var day) && day.Day.Year is >= 2000 and <= 2999) return day;
        Refuse(name, "not-a-date", new Words("暦にある日を 2027-03-31 のように入れてください。", "A day of the calendar, written as 2027-03-31."));
        return null;
    }

    public int? Number(string name, int least, int most)
    {
        if (Text(name, 20, required: true) is not { } text) return null;
        if (int.TryParse(text.Normalize(NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(name, "out-of-range", new Words($"{least}から{most}までの整数を入れてください。", $"A whole number from {least} to {most}."));
        return null;
    }

    public T? Choice<T>(string name) where T : struct, Enum
    {
        if (Names.TryParse<T>(Raw(name), out var member)) return member;
        Refuse(name, "not-allowed", new Words("一覧から選んでください。", "Choose one of the list."));
        return null;
    }

    /// <summary>What was ticked, out of what there is.</summary>
    public IReadOnlyList<string> Ticked(string name, IEnumerable<string> there) => [.. there.Where(value => Has(name, value))];

    public string? Refuse(string name, string code, Words detail)
    {
        _wrong.Add(new Violation("?" + name, code, detail));
        return null;
    }

    /// <summary>Lines of a text area end in CR LF; a list of networks does not mind, a name has none.</summary>
    private static string Plain(string? text) => (text ?? "").Trim();

    /// <summary>Line ends are text; half a surrogate pair and every other control character is not.</summary>
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\r' or '\n')) return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}

/// <summary>One field of a form: label, whether it is needed, support text, the field, what is wrong with it.</summary>
public sealed record FieldView(Screen Screen, string Name, Words Label, string? Value)
{
    /// <summary>Where the same name stands several times on a page.</summary>
    public string Id { get; init; } = Name;

    public Words? Hint { get; init; }
    public string? Error { get; init; }
    public bool Optional { get; init; }
    public string Type { get; init; } = "text";
    public IReadOnlyList<(string Value, string Name)>? Options { get; init; }
    public bool Lines { get; init; }

    public string? DescribedBy => string.Join(' ', new[] { Hint is null ? null : Id + "-hint", Error is null ? null : Id + "-error" }.Where(static part => part is not null)) is { Length: > 0 } ids ? ids : null;
}
