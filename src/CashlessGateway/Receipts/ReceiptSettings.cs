using System.Collections.Frozen;
using System.Globalization;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Receipts;

/// <summary>What the papers of one kind say, with places for what is only known with the payment.</summary>
/// <param name="Stamp">Lines of the stamp area; none: there is no stamp.</param>
public sealed record ReceiptWording(string Title, string Closing, IReadOnlyList<string> Stamp);

/// <summary>A supplier in the sense of consumption tax: a 会計 by its two digits, or a designated manager by name.</summary>
/// <param name="Name">How it is called on receipts; null for the city's or the manager's own name.</param>
/// <param name="Number">登録番号; null where it is not registered.</param>
public sealed record ReceiptIssuer(string? Name, string? Number);

/// <summary>A city's papers: <c>Receipts:…</c>, and for one of several cities <c>Receipts:Cities:&lt;code&gt;:…</c>, member by member.</summary>
public sealed record CityReceipts(IReadOnlyDictionary<ReceiptKind, ReceiptWording> Wordings, IReadOnlyDictionary<string, ReceiptIssuer> Issuers);

/// <summary>Read and checked once at start.</summary>
public sealed class ReceiptSettings
{
    private static readonly Dictionary<ReceiptKind, ReceiptWording> Usual = new()
    {
        [ReceiptKind.Cash] = new("領収書", "上記のとおり領収しました。", ["領収日付印", "{issuer}", "{section}", "{date}"]),
        [ReceiptKind.Trustee] = new("利用明細", "指定納付受託者 {trustee} に納付を委託されました。\u3000納付委託日 {date}", []),
        [ReceiptKind.Agent] = new("領収書", "指定公金事務取扱者 {trustee} が上記のとおり収納しました。", []),
        [ReceiptKind.Other] = new("利用明細", "上記のとおりお支払いを受け付けました。", []),
        [ReceiptKind.Free] = new("明細書", "お支払いはありません。", []),
        [ReceiptKind.Void] = new("取消票", "上記のお支払いを取り消しました。", []),
        [ReceiptKind.Refund] = new("返金票", "上記のとおり返金しました。", []),
        [ReceiptKind.Transfer] = new("還付明細", "上記のとおり口座振込で還付しました。", []),
    };

    private static readonly string[] Places = ["issuer", "city", "place", "section", "date", "trustee", "clerk"];
    private static readonly string[] Members = ["Title", "Closing", "Stamp"];

    /// <summary>By the names of settings: cash, trustee, agent, other, free, void, refund, transfer.</summary>
    private static readonly FrozenDictionary<string, ReceiptKind> Kinds = Enum.GetValues<ReceiptKind>().ToFrozenDictionary(static kind => Names.Of(kind), StringComparer.OrdinalIgnoreCase);

    private const int Longest = 200;

    private readonly CityReceipts _all;
    private readonly FrozenDictionary<string, CityReceipts> _cities;

    private ReceiptSettings(IConfiguration configuration)
    {
        var section = configuration.GetSection("Receipts");
        Check(section);
        KeepLinks = TimeSpan.FromDays(Settings.Number(configuration, "Receipts:LinkDays", 30, 1, 3_650));
        _all = Read(section, null);
        _cities = section.GetSection("Cities").GetChildren().ToFrozenDictionary(static city => city.Key, city => Read(section, city), StringComparer.Ordinal);
    }

    /// <summary>As long as an electronic receipt can be opened.</summary>
    public TimeSpan KeepLinks { get; }

    /// <summary>What a city has that sets nothing.</summary>
    public static ReceiptSettings Standard { get; } = From(new ConfigurationBuilder().Build());

    public static ReceiptSettings From(IConfiguration configuration) => new(configuration);

    public CityReceipts Of(string municipality) => _cities.GetValueOrDefault(municipality, _all);

    /// <summary>A template with its places filled in.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Places.Aggregate(template, (text, place) => text.Replace($"{{{place}}}", values.GetValueOrDefault(place, ""), StringComparison.Ordinal)).Trim();

    private static CityReceipts Read(IConfigurationSection section, IConfigurationSection? city)
    {
        string? Value(string name) => city?[name] ?? section[name];
        var wordings = Usual.ToDictionary(static pair => pair.Key, pair => Wording(section.Path, pair.Key.ToString(), pair.Value, Value));
        var issuers = new Dictionary<string, ReceiptIssuer>(StringComparer.Ordinal);
        foreach (var name in section.GetSection("Issuers").GetChildren().Concat(city?.GetSection("Issuers").GetChildren() ?? []).Select(static issuer => issuer.Key).Distinct(StringComparer.Ordinal))
            issuers.Add(name, Issuer($"{section.Path}:Issuers:{name}", Value($"Issuers:{name}:Name"), Value($"Issuers:{name}:Number")));
        return new CityReceipts(wordings, issuers);
    }

    private static ReceiptWording Wording(string path, string kind, ReceiptWording standard, Func<string, string?> value)
    {
        string Template(string member, string otherwise) => Checked($"{path}:{kind}:{member}", value($"{kind}:{member}") ?? otherwise);
        var title = Template("Title", standard.Title);
        if (title.Trim().Length == 0) throw new StartupException($"{path}:{kind}:Title is empty; a receipt needs a title.");
        // An empty setting is a choice here: no stamp.
        return new ReceiptWording(title, Template("Closing", standard.Closing), Template("Stamp", string.Join('|', standard.Stamp)).Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string Checked(string name, string template)
    {
        if (template.Length > Longest || template.Any(char.IsControl)) throw new StartupException($"{name} must be at most {Longest} printable characters.");
        var rest = Places.Aggregate(template, static (text, place) => text.Replace($"{{{place}}}", "", StringComparison.Ordinal));
        return rest.AsSpan().IndexOfAny('{', '}') < 0 ? template : throw new StartupException($"{name} is '{template}'; in braces only {string.Join(", ", Places)} may stand.");
    }

    private static ReceiptIssuer Issuer(string path, string? name, string? number)
    {
        if (number is { Length: > 0 } && !RegistrationNumber.IsValid(number))
            throw new StartupException($"{path}:Number is '{number}'; a registration number is T and 13 digits, and its check digit must be right.");
        if (name is { Length: > 100 } || name?.Any(char.IsControl) == true) throw new StartupException($"{path}:Name must be at most 100 printable characters.");
        return new ReceiptIssuer(name is { Length: > 0 } ? name : null, number is { Length: > 0 } ? number : null);
    }

    /// <summary>A misspelt setting would leave a city with another wording than it decided on.</summary>
    private static void Check(IConfigurationSection section)
    {
        foreach (var part in section.GetSection("Cities").GetChildren().Prepend(section))
            foreach (var child in part.GetChildren())
            {
                var known = child.Key switch
                {
                    "LinkDays" or "Cities" => part == section,
                    "Issuers" => child.GetChildren().All(static issuer => issuer.GetChildren().All(static member => member.Key is "Name" or "Number")),
                    _ => Kinds.TryGetValue(child.Key, out _) && child.GetChildren().All(static member => Members.Contains(member.Key, StringComparer.OrdinalIgnoreCase)),
                };
                if (!known) throw new StartupException(string.Create(CultureInfo.InvariantCulture, $"{child.Path} is no setting of receipts; see docs/receipts.md."));
            }
    }
}
