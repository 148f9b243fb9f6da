using CashlessGateway.Storage;

namespace CashlessGateway.Fees;

/// <summary>What a counter wants first.</summary>
internal static class FavouriteStore
{
    /// <summary>A screen and a half of tiles; more are no favourites.</summary>
    public const int Most = 60;

    private static readonly Sql DropOf = new("delete from fee_favourite where municipality = @municipality and place = @place");

    private static readonly Sql Insert = new("""
        insert into fee_favourite (municipality, place, fee, position)
        values (@municipality, @place, @fee, @position)
        """);

    private static readonly Sql Of = new("""
        select fee
        from fee_favourite
        where municipality = @municipality and place = @place
        order by position
        """);

    public static Task<List<string>> Codes(Reader reader, string municipality, string place) => reader.All<string>(Of, new { municipality, place });

    /// <summary>All of a place at once: the order is what is wanted, not the single item.</summary>
    public static async Task Set(Unit unit, string municipality, string place, IReadOnlyList<string> fees)
    {
        await unit.Execute(DropOf, new { municipality, place });
        foreach (var (position, fee) in fees.Index()) await unit.Execute(Insert, new { municipality, place, fee, position });
    }
}
