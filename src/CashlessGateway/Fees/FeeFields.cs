using System.Globalization;
using System.Text;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Fees;

/// <summary>What an item may name: what is not here cannot be sold, booked or paid.</summary>
public sealed record CatalogueFacts(IReadOnlySet<string> Accounts, IReadOnlySet<string> Places, IReadOnlySet<string> Fees)
{
    public static async Task<CatalogueFacts> Load(Reader reader, string municipality) => new(
        (await FeeStore.AllAccounts(reader, municipality)).Select(static account => account.Code).ToHashSet(StringComparer.Ordinal),
        (await PlaceStore.List(reader, municipality)).Select(static place => place.Code).Concat([FeeItem.Everywhere, .. Names.All<PlaceKind>().Select(static kind => FeeItem.Everywhere + kind)]).ToHashSet(StringComparer.Ordinal),
        (await FeeStore.Timelines(reader, municipality)).Keys.ToHashSet(StringComparer.Ordinal));
}

/// <summary>Reads an item or a ground out of named fields: of a form, or of one line of a file. What is wrong stands in the form, field by field.</summary>
public static class FeeFields
{
    /// <summary>A fee of ten million yen is a slip of the finger.</summary>
    public const int MostYen = 9_999_999;

    /// <summary>As a receipt and a line take it.</summary>
    private const int LongestName = 100;

    private const int LongestArticle = 200;

    /// <summary>A proposal shows all of them to whoever decides.</summary>
    private const int LongestList = 1_500;

    private static readonly char[] Separators = [FeeItem.Separator, ',', '、', ' ', '\u3000', '\r', '\n'];

    public static FeeContent Content(Posted form, CatalogueFacts facts) => new(
        form.Text("name", LongestName, required: true) ?? "",
        Kana(form),
        new Yen(form.Number("unitAmount", 0, MostYen) ?? 0),
        Step(form),
        Account(form, facts),
        form.Choice<TaxClass>("taxClass") is { } tax ? Names.Of(tax) : "",
        List(form, "methods", static method => Names.TryParse<PaymentMethod>(method, out _), new("方法", "method")),
        form.Text("section", LongestName, required: true) ?? "",
        List(form, "places", facts.Places.Contains, new("収納場所", "place")));

    public static Ground Ground(Posted form, CatalogueFacts facts)
    {
        var kind = form.Choice<GroundKind>("kind");
        var fees = form.Raw("fees")?.Trim() == Fees.Ground.AllFees ? Fees.Ground.AllFees : List(form, "fees", facts.Fees.Contains, new("項目", "item"));
        var ground = new Ground
        {
            Code = form.Code("code") ?? "",
            Name = form.Text("name", LongestName, required: true) ?? "",
            Article = form.Text("article", LongestArticle, required: true) ?? "",
            Kind = kind is { } way ? Names.Of(way) : "",
            Rate = string.IsNullOrWhiteSpace(form.Raw("rate")) ? null : form.Number("rate", 1, 100),
            Fees = fees,
            DecisionRequired = form.Raw("decisionRequired")?.Trim() is "1" ? 1 : 0,
            Stamp = form.Text("stamp", LongestName),
            ValidFrom = form.Date("validFrom", required: true) ?? default,
            ValidTo = form.Date("validTo"),
        };
        if (kind == GroundKind.Exempt && ground.Rate is not null) form.Refuse("rate", "not-allowed", new("免除に割合は付けません。空にしてください。", "An exemption has no rate: leave it empty."));
        // Without a rate each decision says its own, and so there must be one.
        if (kind == GroundKind.Reduce && ground is { Rate: null, DecisionRequired: 0 }) form.Refuse("rate", "missing", new("割合を決めない減額には決定番号が要ります。割合を入れるか、決定番号を「要る」にしてください。", "A reduction without a rate needs decisions: give a rate, or ask for the number of the decision."));
        return ground;
    }

    /// <summary>Full-width katakana, however it was typed.</summary>
    private static string Kana(Posted form)
    {
        if (form.Text("kana", LongestName, required: true) is not { } text) return "";
        var kana = string.Concat(text.Normalize(NormalizationForm.FormKC).Select(static letter => letter is >= 'ぁ' and <= 'ゖ' ? (char)(letter + 0x60) : letter));
        if (kana.Any(static letter => char.IsBetween(letter, '\u3400', '\u9FFF'))) form.Refuse("kana", "not-allowed", new("読みに漢字は使えません。", "A reading has no kanji."));
        return kana;
    }

    private static int? Step(Posted form) => string.IsNullOrWhiteSpace(form.Raw("stepPeople")) ? null : form.Number("stepPeople", 1, PeopleSteps.MostPeople);

    private static string Account(Posted form, CatalogueFacts facts)
    {
        if (form.Text("revenueAccount", CodeText.Longest, required: true) is not { } text) return "";
        var account = text.Normalize(NormalizationForm.FormKC);
        if (!facts.Accounts.Contains(account)) form.Refuse("revenueAccount", "unknown-account", new($"歳入科目 {account} はありません。", $"There is no revenue account {account}."));
        return account;
    }

    private static string List(Posted form, string field, Func<string, bool> isThere, Words what)
    {
        if (form.Text(field, LongestList, required: true) is not { } text) return "";
        var codes = text.Normalize(NormalizationForm.FormKC).Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        foreach (var code in codes.Where(code => !isThere(code))) form.Refuse(field, "not-known", new($"{what.Ja} {code} はありません。", $"There is no {what.En} {code}."));
        return string.Join(FeeItem.Separator, codes);
    }
}
