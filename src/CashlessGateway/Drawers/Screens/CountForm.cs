using System.Globalization;
using System.Text;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;

namespace CashlessGateway.Drawers.Screens;

/// <summary>What somebody typed who counted a drawer: notes and coins, or a sum, and the terminals' slips.</summary>
internal static class CountForm
{
    public static string PieceField(long yen) => string.Create(CultureInfo.InvariantCulture, $"y{yen}");

    /// <summary>The same rules as the API's body.</summary>
    public static CountedCash Cash(Posted form, string amount)
    {
        var pieces = Denomination.Kinds.Select(yen => (Yen: yen, Count: Whole(form, PieceField(yen), Denomination.Most))).Where(static piece => piece.Count is not null)
            .Select(static piece => new Denomination(piece.Yen, piece.Count!.Value)).ToList();
        var said = Whole(form, amount, DrawerCash.Most);
        if (pieces.Count > 0) return CountedCash.Of((name, code, words) => form.Refuse(name == "denominations" ? PieceField(Denomination.Kinds[0]) : name, code, words), amount, said is { } sum ? new Yen(sum) : null, pieces);
        if (said is null && form.Wrong.Count == 0) form.Refuse(PieceField(Denomination.Kinds[0]), "missing", new Words("金種ごとの枚数か、合計額を入れてください。", "Fill in the notes and coins, or the sum."));
        return new CountedCash(new Yen(said ?? 0), []);
    }

    /// <summary>Lines of which both numbers were filled in.</summary>
    public static IReadOnlyList<TerminalTotal> Slips(Posted form)
    {
        var lines = new List<TerminalTotal>();
        for (var row = 0; row < TerminalTotal.MostLines && form.Raw(Slip(row, "method")) is { } method; row++)
        {
            var (count, amount) = (Whole(form, Slip(row, "count"), 99_999), Whole(form, Slip(row, "amount"), 9_999_999_999));
            if (count is null && amount is null) continue;
            if (!Names.TryParse<PaymentMethod>(method, out var known)) continue;
            if (count is null || amount is null) form.Refuse(Slip(row, count is null ? "count" : "amount"), "missing", new Words("件数と金額の両方を入れてください。", "Fill in both the number and the sum."));
            else lines.Add(new TerminalTotal(known, form.Text(Slip(row, "brand"), 40), form.Text(Slip(row, "provider"), 64), count.Value, new Yen(amount.Value)));
        }

        return lines;
    }

    public static string Slip(int row, string part) => string.Create(CultureInfo.InvariantCulture, $"t{row}{part}");

    /// <summary>Nothing typed is nothing said, and not zero.</summary>
    private static long? Whole(Posted form, string name, long most)
    {
        if (form.Raw(name)?.Trim() is not { Length: > 0 } text) return null;
        if (long.TryParse(text.Normalize(NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most) return number;
        form.Refuse(name, "out-of-range", new Words($"0から{most}までの整数を入れてください。", $"A whole number from 0 to {most}."));
        return null;
    }
}
