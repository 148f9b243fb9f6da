using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>When a drawer is counted.</summary>
public enum CountOccasion
{
    /// <summary>開局: the float.</summary>
    Open,

    /// <summary>点検.</summary>
    Inspect,

    /// <summary>精算.</summary>
    Close,
}

/// <summary>金種 of each count, kept as they were said.</summary>
internal static class CashCounts
{
    private static readonly Sql Insert = new("""
        insert into session_cash (municipality, session, occasion, position, yen, pieces)
        values (@municipality, @session, @occasion, @position, @yen, @pieces)
        """);

    private static readonly Sql Select = new("""
        select occasion, position, yen, pieces
        from session_cash
        where municipality = @municipality and session = @session
        order by occasion, position, yen desc
        """);

    /// <param name="position">Which 点検 it was; 0 for 開局 and 精算.</param>
    public static async Task Write(Unit unit, string municipality, string session, CountOccasion occasion, long position, IReadOnlyList<Denomination> pieces)
    {
        foreach (var piece in pieces)
            await unit.Later(Insert, new { municipality, session, occasion = Names.Of(occasion), position, yen = piece.Yen, pieces = piece.Count });
    }

    public static async Task<ILookup<(CountOccasion Occasion, long Position), Denomination>> Of(Reader reader, string municipality, string session) =>
        (await reader.All<Row>(Select, new { municipality, session })).ToLookup(static row => (Names.Parse<CountOccasion>(row.Occasion), row.Position), static row => new Denomination(row.Yen, row.Pieces));

    private sealed class Row
    {
        public string Occasion { get; init; } = "";
        public long Position { get; init; }
        public long Yen { get; init; }
        public long Pieces { get; init; }
    }
}
