using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>So many notes or coins of one kind.</summary>
public sealed record Denomination(long Yen, long Count)
{
    /// <summary>Every note and coin that the Bank of Japan and the Mint give out, largest first (the 2,000 yen note is still money).</summary>
    public static readonly IReadOnlyList<long> Kinds = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1];

    /// <summary>More pieces of one kind than any drawer holds.</summary>
    public const long Most = 99_999;

    public static Yen Total(IEnumerable<Denomination> pieces) => Money.Yen.Sum(pieces.Select(static piece => new Yen(piece.Yen) * piece.Count));
}

/// <summary>Cash as somebody counted it: a sum, and the notes and coins that it is made of where they were said.</summary>
public sealed record CountedCash(Yen Amount, IReadOnlyList<Denomination> Pieces)
{
    /// <summary>The notes and coins, or the sum, or both: then they must agree, since one of them is a slip of the finger.</summary>
    /// <param name="amount">The member that holds the sum.</param>
    public static CountedCash Read(BodyObject body, string amount)
    {
        var pieces = ReadPieces(body);
        var said = body.Integer(amount, 0, DrawerCash.Most);
        if (pieces.Count == 0)
        {
            if (said is null) body.Refuse(amount, "not-counted", new Words($"{amount} か denominations（金種）が要ります。", $"Give {amount} or denominations."));
            return new CountedCash(new Yen(said ?? 0), []);
        }

        return Of(body.Refuse, amount, said is { } sum ? new Yen(sum) : null, pieces);
    }

    internal static CountedCash Of(Action<string, string, Words> refuse, string amount, Yen? said, IReadOnlyList<Denomination> pieces)
    {
        var total = Denomination.Total(pieces);
        if (total.Value > DrawerCash.Most) refuse("denominations", "out-of-range", new Words($"合計が {new Yen(DrawerCash.Most)} を超えています。", $"It comes to more than {DrawerCash.Most} yen."));
        else if (said is { } sum && sum != total)
            refuse(amount, "differs-from-denominations", new Words($"金種の合計は {total} です。{sum} と合いません。", $"The denominations come to {total.Value} yen, not to {sum.Value}."));
        return new CountedCash(total, pieces);
    }

    private static List<Denomination> ReadPieces(BodyObject body)
    {
        var pieces = new List<Denomination>();
        foreach (var item in body.Items("denominations", Denomination.Kinds.Count))
        {
            var (yen, count) = (item.Integer("yen", 1, Denomination.Kinds[0], required: true), item.Integer("count", 0, Denomination.Most, required: true));
            if (yen is { } kind && !Denomination.Kinds.Contains(kind)) item.Refuse("yen", "not-allowed", new Words($"{kind}円の紙幣・硬貨はありません。", $"There is no note or coin of {kind} yen."));
            else if (yen is { } twice && pieces.Exists(piece => piece.Yen == twice)) item.Refuse("yen", "duplicate", new Words("同じ金種は1回だけ書いてください。", "Name each denomination once."));
            else if (yen is { } value && count is { } number) pieces.Add(new Denomination(value, number));
        }

        return pieces;
    }
}
