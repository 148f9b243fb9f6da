using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>What others ask about sessions.</summary>
public static class SessionStore
{
    private static readonly Sql OpenOne = new("""
        select s.date
        from session s
        join place_day d on d.municipality = s.municipality and d.place = s.place and d.date = s.date and d.state = 'open'
        where s.municipality = @municipality and s.id = @id and s.state = 'open'
        """);

    private static readonly Sql OpenAny = new("""
        select 1
        from session
        where municipality = @municipality and place = @place and state = 'open'
        """);

    /// <summary>The sheet's date of a session that is still open, else null.</summary>
    public static Task<BusinessDate?> FindOpen(Reader reader, string municipality, string id) => reader.One<BusinessDate?>(OpenOne, new { municipality, id });

    public static Task<bool> AnyOpen(Reader reader, string municipality, string place) => reader.Exists(OpenAny, new { municipality, place });
}
